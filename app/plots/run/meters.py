"""Dead units, saturated and blocked values of every layer over time, as shares from 0 to 1."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QPainter

from app.look.numbers import count, percent
from app.look.ticks import Tick
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.colour_scale import ColourScale, even_stops
from app.plots.canvas.notes import AnyNote
from app.plots.canvas.time_axis import LINEAR
from app.plots.run.meter import Meter, Real
from app.system.i18n import _
from app.theme import Tokens
from simulator.training import RunFacts

_AIR: Final = 0.02
"""Part of the axis below 0 and above 1: a curve at a bound is seen whole."""


class ShareScale:
    """Shares of the units or values of a layer: from 0 to 1, always."""

    kind = LINEAR

    def __init__(self) -> None:
        self.widest = percent(0.999)

    def text(self, value: float) -> str:
        """Return a share in words."""
        return percent(value)

    def vertical(self, _placed: Real) -> tuple[float, float, tuple[Tick, ...]]:
        """Return both ends of the axis, and its ticks."""
        ticks = tuple(Tick(value, percent(value) if value else "0") for value in (0.0, 0.5, 1.0))
        return -_AIR, 1.0 + _AIR, ticks

    def colours(self, tokens: Tokens) -> ColourScale:
        """Return the colours of an image."""
        ticks = tuple(Tick(value, percent(value)) for value in (0.0, 0.5, 1.0))
        return ColourScale(0.0, 1.0, even_stops(tokens.ramp), ticks)

    def paint_behind(self, canvas: Canvas, painter: QPainter) -> None:
        """Paint nothing: no share is healthy in itself."""

    def words_between(self, _canvas: Canvas, _ends: Sequence[AnyNote]) -> list[AnyNote]:
        """Return no words among the curves."""
        return []

    def forget(self) -> None:
        """Give up nothing: the axis never moves."""


def dead() -> Meter:
    """Return the share of units that are silent on the whole probe batch."""

    def subtitle(facts: RunFacts | None, compact: bool) -> str:
        if facts is None:
            return ""
        if compact:
            return _("by step")
        return _("0 for all {examples} examples").format(examples=count(facts.probe_examples))

    return Meter(
        field="dead",
        title=_("Dead units"),
        short_title=_("Dead"),
        empty=_("The share of dead units of each layer will be drawn here."),
        nowhere=lambda _picture: _("No layer has an activation, so no unit can be dead."),
        subtitle=subtitle,
        scale=ShareScale,
    )


def saturated() -> Meter:
    """Return the share of values at a bound of their activation."""
    title = _("Saturated")
    nowhere = _("No layer here has bounds. Tanh and sigmoid have them; ReLU and its relatives cannot saturate above 0.")
    return Meter(
        field="saturated",
        title=title,
        short_title=title,
        empty=_("The share of values at a bound will be drawn here."),
        nowhere=lambda _picture: nowhere,
        subtitle=lambda _facts, compact: _("at a bound") if compact else _("values within 1 % of a bound"),
        scale=ShareScale,
    )


def blocked() -> Meter:
    """Return the share of values that let no gradient through."""
    title = _("Blocked")
    return Meter(
        field="blocked",
        title=title,
        short_title=title,
        empty=_("The share of values that let no gradient through will be drawn here."),
        nowhere=lambda _picture: _("No layer has an activation, so nothing blocks the gradient."),
        subtitle=lambda _facts, compact: _("slope under 0.001") if compact else _("values whose slope is under 0.001"),
        scale=ShareScale,
    )
