"""What may be chosen about a plot, in one small button that says what is in force."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.cards.plot_menu import add_options
from app.look.options import Option
from app.system.i18n import _
from app.theme import set_role

# The application's buttons are too tall for a card's header.
_SHEET: Final = """
QPushButton { padding: 1px 17px 1px 4px; min-height: 0; }
QPushButton:focus { padding: 0px 16px 0px 3px; }
QPushButton::menu-indicator { right: 2px; }
"""


class OptionButton(QPushButton):
    """Opens a menu with the answers of all options; its word is the first answer in force and all unusual ones.

    Signals
    -------
    chosen(str, str)
        The user chose an answer: the key of the option and the id of the answer.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "quiet")
        self.setStyleSheet(_SHEET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._options: tuple[Option, ...] = ()
        self._has_room = True
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.hide()

    def set_options(self, options: Sequence[Option], about: str) -> None:
        """Offer these options of what is called `about`; without any the button hides."""
        self._options = tuple(options)
        self.fit(self._has_room)
        told = [option.words for place, option in enumerate(options) if place == 0 or option.value != _usual(option)]
        # "&" in a word would be taken for a shortcut
        self.setText(" · ".join(told).replace("&", "&&"))
        whole = ", ".join(option.words for option in options)
        self.setAccessibleName(_("View of {plot}: {options}").format(plot=about, options=whole))
        self.setToolTip(_("Choose what the axes show"))

    def fit(self, has_room: bool) -> None:
        """Show it, or leave its answers to the menu of the card."""
        self._has_room = has_room
        self.setVisible(has_room and bool(self._options))

    def _fill(self) -> None:
        """Make the menu anew: it is opened rarely, and options change with the plot."""
        self._menu.clear()
        add_options(self._menu, self._options, self.chosen.emit)


def _usual(option: Option) -> str:
    return option.usual or option.answers[0].id
