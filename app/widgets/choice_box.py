"""One of several choices: side by side where they are few and fit, else in a list that drops down."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from app.widgets.fitted_box import FittedBox
from app.widgets.segmented import Choice, Segmented
from app.widgets.wheel import guard_wheel

MOST_SEGMENTS: Final = 3
_SHEET = """
QComboBox { padding-top: 4px; padding-bottom: 4px; font-weight: 600; }
QComboBox:focus, QComboBox:on { padding-top: 3px; padding-bottom: 3px; }
"""


class ElidingCombo(QComboBox):
    """Ends a word that is longer than its field in "…"; a style sheet alone would cut it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class ChoiceBox(FittedBox):
    """Shows choices as a segmented control or as a combo box, by their number and the width there is."""

    def __init__(self, parent: QWidget | None = None, *, most_segments: int = MOST_SEGMENTS) -> None:
        combo = ElidingCombo()
        super().__init__(combo, parent)
        self.combo = combo
        self._most_segments = most_segments
        self._choices: tuple[Choice, ...] = ()
        self.combo.setStyleSheet(_SHEET)
        # The longest word may be longer than the column: it is elided, not made room for.
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(4)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        guard_wheel(self.combo)
        self.segments.chosen.connect(self.chosen)
        self.combo.activated.connect(lambda index: self.chosen.emit(self._choices[index].id))

    @property
    def control(self) -> Segmented | QComboBox:
        """The control that is shown."""
        return self.combo if self.segments.isHidden() else self.segments

    @property
    def value(self) -> str:
        """The id of the choice that is on; empty if none is."""
        return self.segments.value

    @property
    def segments_width(self) -> int:
        """Pixels that the choices take side by side."""
        return self.segments.sizeHint().width()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices."""
        self._choices = tuple(choices)
        self.segments.set_choices(self._choices)
        for button in self.segments.buttons:
            # Qt would show it later only, and until then count it as no height
            button.show()
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for index, choice in enumerate(self._choices):
                self.combo.addItem(choice.text, choice.id)
                self.combo.setItemData(index, choice.tip, Qt.ItemDataRole.ToolTipRole)
        self.updateGeometry()
        self._arrange()

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Say the choices of the list otherwise; `texts` by their ids."""
        for index, choice in enumerate(self._choices):
            self.combo.setItemText(index, texts.get(choice.id, choice.text))

    def set_value(self, value: str) -> None:
        """Show the choice of that id."""
        self.segments.set_value(value)
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findData(value))

    def _fits(self) -> bool:
        return len(self._choices) <= self._most_segments and super()._fits()
