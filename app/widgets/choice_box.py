"""One of several choices: side by side where they are few and fit, else in a list that drops down."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.widgets.segmented import Choice, Segmented
from app.widgets.wheel import guard_wheel

MOST_SEGMENTS: Final = 3
_SHEET = """
QComboBox { padding-top: 4px; padding-bottom: 4px; font-weight: 600; }
QComboBox:focus, QComboBox:on { padding-top: 3px; padding-bottom: 3px; }
"""


class ChoiceBox(QWidget):
    """Shows choices as a segmented control or as a combo box, by their number and the width there is.

    Signals
    -------
    chosen(str)
        The user chose the choice of that id; never sent by `set_value`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, most_segments: int = MOST_SEGMENTS) -> None:
        super().__init__(parent)
        self._most_segments = most_segments
        self._choices: tuple[Choice, ...] = ()
        self._segmented = Segmented(self)
        self._combo = QComboBox(self)
        self._combo.setStyleSheet(_SHEET)
        # The longest word may be longer than the column: it is elided, not made room for.
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(4)
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        guard_wheel(self._combo)
        self._combo.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._segmented.chosen.connect(self.chosen)
        self._combo.activated.connect(lambda index: self.chosen.emit(self._choices[index].id))

    @property
    def control(self) -> Segmented | QComboBox:
        """The control that is shown."""
        return self._combo if self._segmented.isHidden() else self._segmented

    @property
    def combo(self) -> QComboBox:
        """The list that drops down."""
        return self._combo

    @property
    def value(self) -> str:
        """The id of the choice that is on; empty if none is."""
        return self._segmented.value

    @property
    def segments_width(self) -> int:
        """Pixels that the choices take side by side."""
        return self._segmented.sizeHint().width()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices."""
        self._choices = tuple(choices)
        self._segmented.set_choices(self._choices)
        for button in self._segmented.buttons:
            # Qt would show it later only, and until then count it as no height
            button.show()
        with QSignalBlocker(self._combo):
            self._combo.clear()
            for index, choice in enumerate(self._choices):
                self._combo.addItem(choice.text, choice.id)
                self._combo.setItemData(index, choice.tip, Qt.ItemDataRole.ToolTipRole)
        self.updateGeometry()
        self._arrange()

    def set_value(self, value: str) -> None:
        """Show the choice of that id."""
        self._segmented.set_value(value)
        with QSignalBlocker(self._combo):
            self._combo.setCurrentIndex(self._combo.findData(value))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._segmented.setAccessibleName(name)
        self._combo.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        # of one height, whichever is shown: a form must not grow because it became narrow
        height = max(self._segmented.sizeHint().height(), self._combo.sizeHint().height())
        return QSize(self._combo.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        # the segments do not keep a column from becoming narrow
        return QSize(self._combo.minimumSizeHint().width(), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # choices that change while in view get their size later
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def _arrange(self) -> None:
        fits = self._segmented.sizeHint().width() <= self.width()
        segmented = len(self._choices) <= self._most_segments and fits
        self._segmented.setVisible(segmented)
        self._combo.setVisible(not segmented)
        control = self._segmented if segmented else self._combo
        height = control.sizeHint().height()
        control.setGeometry(0, (self.height() - height) // 2, self.width(), height)
