"""A few choices side by side, one of them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from app.theme import set_role

# Narrower than the application's, where a column of 200 pixels must hold three words.
_SHEET = """
QPushButton { padding: 3px 1px; }
QPushButton:focus { padding: 2px 0; }
"""
ROOM: Final = 6
"""Pixels at each side of a word, into which it may grow when it becomes semi-bold."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its id, its word, and a sentence about it."""

    id: str
    text: str
    tip: str = ""


class Segment(QPushButton):
    """One choice. Its width is that of the plain word, whether it is on or not, so that nothing moves."""

    def __init__(self, text: str, room: int, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._room = room

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(2 * self._room, 0)


class Segmented(QFrame):
    """A segmented control.

    Parameters
    ----------
    room
        Pixels at each side of a word; none where the words are letters and the column is narrow.

    Signals
    -------
    chosen(str)
        The user chose the choice of that id; never sent by `set_value`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, room: int = ROOM) -> None:
        super().__init__(parent)
        self._room = room
        set_role(self, "segmented")
        self.setStyleSheet(_SHEET)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._choices: tuple[Choice, ...] = ()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons, in the order of the choices."""
        return tuple(button for button in self._group.buttons() if isinstance(button, QPushButton))

    @property
    def value(self) -> str:
        """The id of the choice that is on; empty if none is."""
        checked = self._group.checkedId()
        return self._choices[checked].id if checked >= 0 else ""

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; none of them is on."""
        for old in self.buttons:
            self._group.removeButton(old)
            self._layout.removeWidget(old)
            old.hide()  # it goes when the event loop comes round; until then nobody may see it
            old.deleteLater()
        self._choices = tuple(choices)
        for index, choice in enumerate(self._choices):
            # "&" in a word would be taken for a shortcut
            button = Segment(choice.text.replace("&", "&&"), self._room, self)
            button.setCheckable(True)
            button.setToolTip(choice.tip)
            self._group.addButton(button, index)
            self._layout.addWidget(button, 1)
        self.setAccessibleName(self.accessibleName())

    def set_value(self, value: str) -> None:
        """Turn the choice of that id on; an unknown id turns all off."""
        with QSignalBlocker(self._group):
            self._group.setExclusive(False)
            for choice, button in zip(self._choices, self.buttons, strict=True):
                button.setChecked(choice.id == value)
            self._group.setExclusive(True)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for choice, button in zip(self._choices, self.buttons, strict=True):
            button.setAccessibleName(f"{name}: {choice.text}" if name else choice.text)

    def _clicked(self, button: QPushButton) -> None:
        self.chosen.emit(self._choices[self._group.id(button)].id)
