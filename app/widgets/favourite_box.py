"""One of many choices: the few that are wanted most side by side, the others behind "more"."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.system.i18n import _
from app.widgets.choice_box import ChoiceBox
from app.widgets.fitted_box import FittedBox
from app.widgets.segmented import Choice

MORE: Final = "…"


class FavouriteBox(FittedBox):
    """Segments and a menu; where the segments have no room, a list with all choices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        every = ChoiceBox(most_segments=0)
        super().__init__(every, parent)
        self.list = every
        self._choices: tuple[Choice, ...] = ()
        self._first = 0
        self._value = ""
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
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
        self.menu.setAccessibleName(name)

    def _fits(self) -> bool:
        self._name_last()
        return super()._fits()

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
