"""The bottom of the window: history above, transport below."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.actions.actions import Actions
from app.document.document import Document
from app.panels.time.speed import default_speed
from app.panels.time.timeline_bar import TimelineBar
from app.panels.time.transport_bar import TransportBar
from app.running.run_controller import RunController
from app.theme import Theme, set_role
from simulator.training import Loaded


class TimePanel(QFrame):
    """A card with two rows."""

    def __init__(
        self,
        theme: Theme,
        document: Document,
        controller: RunController,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.history = TimelineBar(theme, document, controller)
        self.transport = TransportBar(theme, controller, actions)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self.history)
        self._rows.addWidget(self.transport)
        self._document = document
        self._just_opened = True
        document.opened.connect(self._expect)
        controller.loaded.connect(self._suggest_speed)

    def set_compact(self, compact: bool, *, tight: bool) -> None:
        """Save room."""
        self._rows.setContentsMargins(14, 6 if compact else 8, 14, 8 if compact else 10)
        self._rows.setSpacing(4 if compact else 6)
        self.history.set_compact(compact)
        self.transport.set_compact(compact, tight=tight)

    def _expect(self) -> None:
        """Another experiment was opened: its run may suggest a speed. An edit of one never does."""
        self._just_opened = True

    def _suggest_speed(self, loaded: Loaded) -> None:
        if self._just_opened and loaded.run_id == self._document.state.run_id:
            self._just_opened = False
            self.transport.speed.suggest(default_speed(loaded))

    def ask_where(self) -> None:
        """Ask where to go on from a past step."""
        self.history.ask_where(self.transport.buttons["play"])
