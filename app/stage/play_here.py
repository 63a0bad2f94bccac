"""One Play in the middle of the large view, while there is nothing to see yet."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.system.i18n import _
from app.theme import Theme, set_role

HEIGHT: Final = 40
_AT_ONCE: Final = (RunState.PREPARING, RunState.READY)


class PlayHere(QPushButton):
    """Asks for what the Play of the transport asks for; Tab goes there, and does not stop here as well."""

    def __init__(self, theme: Theme, controller: RunController, parent: QWidget) -> None:
        super().__init__(_("Play"), parent)
        self._theme = theme
        self._controller = controller
        set_role(self, "outline")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._ask)
        controller.state_changed.connect(self.follow)
        self.apply_theme()
        self.follow()

    def follow(self, _state: RunState | None = None) -> None:
        """Show it while no step was made and none is on its way."""
        self.setVisible(self._controller.state in _AT_ONCE and not self._controller.play_is_waiting)
        self.raise_()

    def _ask(self) -> None:
        self._controller.toggle()

    def stand_in(self, place: QRect) -> None:
        """Stand in the middle of a place."""
        width, height = max(self.sizeHint().width(), self._theme.px(104)), self._theme.px(HEIGHT)
        middle = place.center()
        self.setGeometry(middle.x() - width // 2, middle.y() - height // 2, width, height)
        self.raise_()

    def apply_theme(self) -> None:
        """Wear the theme's present colours."""
        self.setIcon(self._theme.icon("play", "accent"))
