"""Small buttons over a layer: fewer and more units, and away with it."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from app.look.numbers import count
from app.system.i18n import _
from app.theme import Theme, set_role

SIDE: Final = 26
"""Pixels of a button, at text scale 1."""
_ICON: Final = 14
_SHEET: Final = "QToolButton { padding: 0; } QToolButton:focus { padding: 0; }"


def small_button(theme: Theme, drawing: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """Return a button with an icon and no words."""
    button = QToolButton(parent)
    dress(button, theme, drawing)
    button.setStyleSheet(_SHEET)
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button


def dress(button: QToolButton, theme: Theme, drawing: str) -> None:
    """Give a button its icon in the theme's present colours and size."""
    button.setIcon(theme.icon(drawing, "accent" if drawing == "plus" else "text"))
    button.setIconSize(QSize(theme.px(_ICON), theme.px(_ICON)))
    button.setFixedSize(theme.px(SIDE), theme.px(SIDE))


class Stepper(QFrame):
    """A layer's number of units between − and +.

    Signals
    -------
    stepped(int)
        The user wants more units (1) or fewer (-1).
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "segmented")
        self.fewer = small_button(theme, "minus", _("Fewer units"))
        self.more = small_button(theme, "plus", _("More units"))
        self.number = QLabel()
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.number, "value")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.fewer, self.number, self.more):
            row.addWidget(widget)
        for button, direction in ((self.fewer, -1), (self.more, 1)):
            button.clicked.connect(lambda _checked=False, direction=direction: self.stepped.emit(direction))

    def show_units(self, layer: str, units: int, *, may_shrink: bool, may_grow: bool) -> None:
        """Say how many units a layer has, and whether it may have fewer or more."""
        self.number.setText(count(units))
        self.fewer.setEnabled(may_shrink)
        self.more.setEnabled(may_grow)
        self.fewer.setAccessibleName(_("{layer}: fewer units").format(layer=layer))
        self.more.setAccessibleName(_("{layer}: more units").format(layer=layer))

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        dress(self.fewer, self._theme, "minus")
        dress(self.more, self._theme, "plus")


class QuietButton(QToolButton):
    """Seen only under the mouse and with the focus; its place is always there."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, theme, "minus")
        self.setStyleSheet(_SHEET)
        self.setToolTip(name)
        self.setAccessibleName(name)

    @property
    def is_seen(self) -> bool:
        """Whether it is painted now."""
        return self.underMouse() or self.hasFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_seen:
            super().paintEvent(event)
        else:
            QPainter(self).end()
