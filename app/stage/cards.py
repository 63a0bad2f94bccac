"""The cards of the stage: made when they are first wanted, and told what the window says."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.cards.view_card import ViewCard
from app.look.lane_look import LaneLook
from app.running.context import Context
from app.stage.turns import Turns
from app.views.catalogue import views
from simulator.training import Part, Picture, RunFacts

LATEST: Final = 500
"""Milliseconds after which views that were left out draw the newest picture, if none follows it."""


class Cards(QObject):
    """One card a view. A card out of view lies on a shelf, and costs nothing.

    Signals
    -------
    parts_wanted(frozenset)
        Which optional parts of frames the views in sight need.
    layer_clicked(int)
        A layer was clicked in a view: its index in `Frame.layers`.
    pointed_at(str)
        A view speaks of another one, or goes on in it: its id.
    promoted(str)
        The title of this view was pressed.
    """

    parts_wanted = Signal(object)
    layer_clicked = Signal(int)
    pointed_at = Signal(str)
    promoted = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._shelf = QWidget(parent)
        self._shelf.hide()
        self._made: dict[str, ViewCard] = {}
        self._picture: Picture | None = None
        self._facts: RunFacts | None = None
        self._looks: tuple[LaneLook, ...] = ()
        self._selected: int | None = None
        self._parts: frozenset[Part] = frozenset()
        self._turns = Turns()
        self._catch_up = QTimer(self)
        self._catch_up.setSingleShot(True)
        self._catch_up.setInterval(LATEST)
        self._catch_up.timeout.connect(self._show_all)

    def card(self, view: str) -> ViewCard:
        """Return the card of a view, made if need be."""
        if view not in self._made:
            card = views()[view].make(self._context)
            card.setParent(self._shelf)
            self._made[view] = card
            card.layer_clicked.connect(self.layer_clicked)
            card.parts_changed.connect(self.ask_for_parts)
            card.view_wanted.connect(self.pointed_at)
            card.proof_asked.connect(self.pointed_at)
            card.promoted.connect(lambda: self.promoted.emit(view))
            card.step_pointed.connect(lambda step: self._mark_step(view, step))
            card.set_lanes(self._looks)
            if self._facts is not None:
                card.set_facts(self._facts)
            if self._picture is not None:
                card.show_picture(self._picture)
            card.set_selected_layer(self._selected)
        return self._made[view]

    def put_away(self, view: str) -> None:
        """Put a card on the shelf."""
        card = self.card(view)
        card.set_stage_actions(())
        card.hide()
        card.setParent(self._shelf)

    def show_picture(self, picture: Picture, large: str = "") -> None:
        """Draw a moment of the run; while it trains, view by view as there is time, the `large` one most often."""
        self._picture = picture
        self._catch_up.stop()
        if picture.steps_per_second is None:
            self._turns.calm()
            self._show_all()
            return
        in_sight = [view for view, card in self._made.items() if card.isVisible()]
        for view in self._made.keys() - set(in_sight):
            self._made[view].show_picture(picture)
        if self._turns.draw(in_sight, large, lambda view: self._made[view].show_picture(picture)):
            self._catch_up.start()

    def _show_all(self) -> None:
        if self._picture is not None:
            for card in self._made.values():
                card.show_picture(self._picture)

    def set_facts(self, facts: RunFacts) -> None:
        """Learn what does not change while a run trains."""
        self._facts = facts
        for card in self._made.values():
            card.set_facts(facts)
        self.ask_for_parts()

    def clear(self) -> None:
        """Show no run."""
        self._picture = None
        for card in self._made.values():
            card.clear()

    def set_selected_layer(self, layer: int | None) -> None:
        """Make a layer stand out in every view: its index in `Frame.layers`, or None."""
        self._selected = layer
        for card in self._made.values():
            card.set_selected_layer(layer)

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        """Show several runs beside each other in every view."""
        self._looks = looks
        for card in self._made.values():
            card.set_lanes(looks)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        for card in self._made.values():
            card.apply_theme(self._context.theme)

    def close_down(self) -> None:
        """End what the views have started."""
        for card in self._made.values():
            card.close_down()

    def ask_for_parts(self) -> None:
        """Say which parts are wanted, if they are others."""
        parts = frozenset[Part]().union(*(card.wanted_parts for card in self._made.values()))
        if parts != self._parts:
            self._parts = parts
            self.parts_wanted.emit(parts)

    def _mark_step(self, pointing: str, step: int | None) -> None:
        """Mark in all other views the step that is read in one."""
        for view, card in self._made.items():
            if view != pointing:
                card.mark_step(step)
