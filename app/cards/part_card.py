"""A card round one optional part of frames: asked for while the card is in view, drawn at a pace the eye can follow."""

import time
from typing import Any, ClassVar, Final

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.cards.view_card import ViewCard
from app.look.cost import Cost, CostMeter
from app.theme import Theme
from simulator.training import Part, Picture, RunFacts

PACE: Final = 0.1
"""Seconds between two drawings while training goes on: dozens of small pictures are dear, and the eye reads no more."""


class PartCard(ViewCard):
    """Keeps the newest picture; a subclass draws it in `draw`, which is called only while the card is in view."""

    part: ClassVar[str]
    """The name of its file in `simulator/training/parts`."""
    parts_beside: ClassVar[frozenset[str]] = frozenset()
    """Other parts that it needs."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent)
        self.facts: RunFacts | None = None
        self.picture: Picture | None = None
        self._meter = CostMeter()
        self._drawn_at = 0.0

    @property
    def wanted_parts(self) -> frozenset[Part]:
        return frozenset[Part]({*self.parts_beside, self.asked}) if self.isVisible() else frozenset()

    @property
    def asked(self) -> Part:
        """How the part is asked for: by its name, or by a value."""
        return self.part

    @property
    def held(self) -> Any:
        """The part in the newest picture; None where there is none, or not yet."""
        return None if self.picture is None else self.picture.frame.parts.get(self.asked)

    def draw(self) -> None:
        """Show the newest picture, or words where there is nothing to show."""
        raise NotImplementedError

    def begin_run(self) -> None:
        """Forget what belongs to another run."""

    def refresh(self) -> None:
        """Draw, if in view."""
        if self.isVisible():
            self.draw()

    def set_facts(self, facts: RunFacts) -> None:
        self.facts = facts
        self.begin_run()

    def show_picture(self, picture: Picture) -> None:
        if self.picture is None or picture.run_id != self.picture.run_id:
            self.begin_run()
            self._meter.forget()
        self.picture = picture
        now = time.monotonic()
        # the picture of a pause or an end comes without a speed, and is always drawn
        if picture.steps_per_second is None or now - self._drawn_at >= PACE:
            self._drawn_at = now
            with self._meter.drawing():
                self.refresh()
            self._tell_cost()

    def clear(self) -> None:
        self.picture = None
        self.begin_run()
        self.refresh()

    has_menu = True

    def fill_menu(self, menu: QMenu) -> None:
        menu.addAction(self._cost_action)

    def set_cost_shown(self, shown: bool) -> None:
        super().set_cost_shown(shown)
        self._tell_cost()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.parts_changed.emit()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.parts_changed.emit()

    def _tell_cost(self) -> None:
        picture = self.picture
        if self.cost_label.isHidden() or picture is None:
            return
        with self._meter.painting():
            # its parts would be painted one by one, later
            self.repaint()
        drawing = self._meter.milliseconds
        if drawing is None:
            return
        names = self.parts_beside | {self.part}
        known = [picture.part_seconds[name] for name in names if name in picture.part_seconds]
        self.show_cost(Cost(drawing, 1000 * sum(known) if known else None))
