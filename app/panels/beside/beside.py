"""The right column: the story of the run, what came of twins, or a view that a preset asks for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.cards.view_card import ViewCard
from app.panels.beside.compare_panel import ComparePanel
from app.panels.beside.story_panel import StoryPanel
from app.running.context import Context
from app.views.catalogue import views
from simulator.training import Picture, RunFacts

Panel = StoryPanel | ComparePanel


class Beside(QStackedWidget):
    """Shows one of the panels it is given, or a view, which is made when it is first wanted.

    Signals
    -------
    proof_asked(str)
        The stage should point at the view of that id.
    """

    proof_asked = Signal(str)

    def __init__(
        self, context: Context, panels: list[StoryPanel | ComparePanel], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._cards: dict[str, ViewCard] = {}
        self._facts: RunFacts | None = None
        self._picture: Picture | None = None
        self._compact = False
        self._panels = tuple(panels)
        for panel in panels:
            self.addWidget(panel)
        context.theme.theme_changed.connect(self._dress)

    def show_view(self, view: str) -> ViewCard:
        """Show the view of that id and return its card."""
        if view not in self._cards:
            card = views()[view].make(self._context)
            card.proof_asked.connect(self.proof_asked)
            card.set_compact(self._compact)
            self._cards[view] = card
            self.addWidget(card)
            if self._facts is not None:
                card.set_facts(self._facts)
            if self._picture is not None:
                card.show_picture(self._picture)
        self.setCurrentWidget(self._cards[view])
        return self._cards[view]

    def show_picture(self, picture: Picture) -> None:
        """Draw a moment of the run."""
        self._picture = picture
        for card in self._cards.values():
            card.show_picture(picture)

    def set_facts(self, facts: RunFacts) -> None:
        """Learn what does not change while a run trains."""
        self._facts = facts
        for card in self._cards.values():
            card.set_facts(facts)

    def clear(self) -> None:
        """Show no run."""
        self._picture = None
        for card in self._cards.values():
            card.clear()

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self._compact = compact
        for part in (*self._panels, *self._cards.values()):
            part.set_compact(compact)

    def close_down(self) -> None:
        """End what the views have started."""
        for card in self._cards.values():
            card.close_down()

    def _dress(self) -> None:
        for card in self._cards.values():
            card.apply_theme(self._context.theme)
