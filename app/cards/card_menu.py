"""The button with the dots at the right end of a card's header, and the menu under it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.system.i18n import _
from app.theme import Theme

_SIDE: Final = 16
_SHEET: Final = """
QToolButton { padding: 1px; border-radius: 6px; }
QToolButton:focus { padding: 0px; }
"""


class CardMenuButton(QToolButton):
    """Keeps its place always and is reached by Tab, but is seen only under the mouse or with the focus.

    Parameters
    ----------
    fill
        Puts the entries into the menu, each time it opens.
    watched
        The mouse over one of these shows the button.
    """

    def __init__(self, theme: Theme, fill: Callable[[QMenu], None], watched: Sequence[QWidget]) -> None:
        super().__init__()
        self._watched = tuple(watched)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(lambda: self._open(fill))
        self._menu.aboutToHide.connect(self.update)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet(_SHEET)
        for widget in self._watched:
            widget.installEventFilter(self)
        self.apply_theme(theme)

    @property
    def is_lit(self) -> bool:
        """Whether it is seen now."""
        return self.hasFocus() or self._menu.isVisible() or any(widget.underMouse() for widget in self._watched)

    def name_after(self, title: str) -> None:
        """Say which card it belongs to."""
        self.setAccessibleName(_("Menu of {card}").format(card=title))
        self.setToolTip(_("More about this card"))

    def apply_theme(self, theme: Theme) -> None:
        """Wear the theme's present colours and size."""
        self.setIcon(theme.icon("more", "muted"))
        side = theme.px(_SIDE)
        self.setIconSize(QSize(side, side))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_lit:
            super().paintEvent(event)

    def _open(self, fill: Callable[[QMenu], None]) -> None:
        self._menu.clear()
        fill(self._menu)
