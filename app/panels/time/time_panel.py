"""The bottom of the window: time, in one row."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.actions.actions import Actions
from app.document.document import Document
from app.panels.time.place_label import PlaceLabel
from app.panels.time.speed import default_speed
from app.panels.time.timeline_bar import TimelineBar
from app.panels.time.transport_bar import TransportBar
from app.running.run_controller import RunController
from app.theme import Theme, set_role
from simulator.training import Loaded

HEIGHT: Final = {False: 64, True: 56}
"""Of the row with one run, by whether space is saved; more runs have a track each."""


class TimePanel(QFrame):
    """A card with what trains, the speed, the history, and where the run is."""

    def __init__(
        self,
        theme: Theme,
        document: Document,
        controller: RunController,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._least = HEIGHT[False]
        set_role(self, "card")
        self.history = TimelineBar(theme, document, controller)
        self.transport = TransportBar(theme, controller, actions, self.history.ways)
        self.place = PlaceLabel(document, controller)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.transport)
        self._row.addWidget(self.history, 1)
        self._row.addWidget(self.place)
        # as high as its tracks; what is above gives way
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._document = document
        self._just_opened = True
        self.history.looking_back.connect(self.transport.set_looking_back)
        document.opened.connect(self._expect)
        controller.loaded.connect(self._suggest_speed)

    def set_compact(self, compact: bool, *, tight: bool) -> None:
        """Save room."""
        self._row.setContentsMargins(*((8, 4, 12, 4) if compact else (16, 4, 16, 4)))
        self._row.setSpacing(12 if tight else 16 if compact else 24)
        self._least = self._theme.px(HEIGHT[compact])
        self.updateGeometry()
        self.history.set_compact(compact, tight=tight)
        self.transport.set_compact(compact, tight=tight)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._least))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._least))

    def _expect(self) -> None:
        """Another experiment was opened: its run may suggest a speed. An edit of one never does."""
        self._just_opened = True

    def _suggest_speed(self, loaded: Loaded) -> None:
        if loaded.run_id == self._document.state.run_id:
            self.transport.speed.suit(default_speed(loaded), take=self._just_opened)
            self._just_opened = False

    def ask_where(self) -> None:
        """Ask where to go on from a past step."""
        self.history.ask_where(self.transport.buttons["play"])
