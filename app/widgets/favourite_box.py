"""One of many choices: the few that are wanted most side by side, the others behind "more"."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.system.i18n import _
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice, Segmented

MORE: Final = "…"


class FavouriteBox(QWidget):
    """Segments and a menu; where the segments have no room, a list with all choices.

    Signals
    -------
    chosen(str)
        The user chose the choice of that id; never sent by `set_value`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._first = 0
        self._value = ""
        self.segments = Segmented(self)
        self.list = ChoiceBox(self, most_segments=0)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.segments.chosen.connect(self._on_segment)
        self.list.chosen.connect(self._choose)

    @property
    def value(self) -> str:
        """The id of the choice in force."""
        return self._value

    def set_choices(self, choices: Sequence[Choice], first: int) -> None:
        """Offer other choices, the `first` ones as segments."""
        self._choices, self._first = tuple(choices), first
        self.segments.set_choices([*choices[:first], Choice(MORE, _("more"))])
        self.list.set_choices(choices)
        self.menu.clear()
        for choice in choices[first:]:
            action = self.menu.addAction(choice.text.replace("&", "&&"))
            action.setToolTip(choice.tip)
            action.setCheckable(True)
            action.setData(choice.id)
            action.triggered.connect(lambda _on=False, value=choice.id: self._choose(value))
        self.set_value(self._value)

    def set_value(self, value: str) -> None:
        """Show the choice of that id."""
        self._value = value
        favourites = {choice.id for choice in self._choices[: self._first]}
        self.segments.set_value(value if value in favourites else MORE)
        self._name_last()
        self.list.set_value(value)
        for action in self.menu.actions():
            action.setChecked(action.data() == value)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.segments.setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.menu.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        height = max(self.segments.sizeHint().height(), self.list.sizeHint().height())
        return QSize(self.list.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.list.minimumSizeHint().width(), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # the segments learn how wide they are when they are first shown, and when the text size changes
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._name_last()
        fits = self.segments.sizeHint().width() <= self.width()
        self.segments.setVisible(fits)
        self.list.setVisible(not fits)
        for part in (self.segments, self.list):
            height = part.sizeHint().height()
            part.setGeometry(0, (self.height() - height) // 2, self.width(), height)

    def _name_last(self) -> None:
        """Write what is chosen on the last segment, where it has room."""
        others = {choice.id: choice.text for choice in self._choices[self._first :]}
        button = self.segments.buttons[-1]
        words = others.get(self._value, _("more"))
        button.setToolTip(words)
        for text in (words, _("more")):
            if button.text() != text.replace("&", "&&"):
                button.setText(text.replace("&", "&&"))
            if self.segments.sizeHint().width() <= self.width():
                break

    def _on_segment(self, value: str) -> None:
        if value != MORE:
            self._choose(value)
            return
        self.set_value(self._value)
        self.menu.popup(self.segments.mapToGlobal(QPoint(0, self.segments.height() + 2)))

    def _choose(self, value: str) -> None:
        # what is in force already stays checked
        self.set_value(value)
        self.chosen.emit(value)
