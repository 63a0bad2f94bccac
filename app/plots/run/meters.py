"""Dead units, saturated and blocked values of every layer over time, as shares from 0 to 1."""

from typing import ClassVar, Final

from app.look.numbers import count, percent
from app.look.ticks import Tick
from app.plots.canvas.colour_scale import ColourScale, even_stops
from app.plots.run.layer_time import LayerTimePlot, Real
from app.system.i18n import _
from app.theme import Theme
from simulator.training import Picture

_AIR: Final = 0.02
"""Part of the axis below 0 and above 1: a curve at a bound is seen whole."""


class MeterPlot(LayerTimePlot):
    """A share of the units or values of every layer."""

    def _text(self, value: float) -> str:
        return percent(value)

    def _vertical(self, _placed: Real) -> tuple[float, float, tuple[Tick, ...]]:
        ticks = tuple(Tick(value, percent(value) if value else "0") for value in (0.0, 0.5, 1.0))
        return -_AIR, 1.0 + _AIR, ticks

    def _scale_of_colours(self) -> ColourScale:
        ticks = tuple(Tick(value, percent(value)) for value in (0.0, 0.5, 1.0))
        return ColourScale(0.0, 1.0, even_stops(self._theme.tokens.ramp), ticks)


class DeadPlot(MeterPlot):
    """The share of units that are silent on the whole probe batch."""

    meter: ClassVar[str] = "dead"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Dead units"), _("The share of dead units of each layer will be drawn here."))
        self.short_title = _("Dead")

    def _nowhere(self, _picture: Picture) -> str:
        return _("No layer has an activation, so no unit can be dead.")

    def _sub(self) -> str:
        if self._facts is None:
            return ""
        if self._compact:
            return _("by step")
        return _("0 for all {examples} examples").format(examples=count(self._facts.probe_examples))


class SaturatedPlot(MeterPlot):
    """The share of values at a bound of their activation."""

    meter: ClassVar[str] = "saturated"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Saturated"), _("The share of values at a bound will be drawn here."))

    def _nowhere(self, _picture: Picture) -> str:
        return _(
            "No layer here has bounds. Tanh and sigmoid have them; ReLU and its relatives cannot saturate above 0."
        )

    def _sub(self) -> str:
        return _("at a bound") if self._compact else _("values within 1 % of a bound")


class BlockedPlot(MeterPlot):
    """The share of values that let no gradient through."""

    meter: ClassVar[str] = "blocked"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Blocked"), _("The share of values that let no gradient through will be drawn here."))

    def _nowhere(self, _picture: Picture) -> str:
        return _("No layer has an activation, so nothing blocks the gradient.")

    def _sub(self) -> str:
        return _("slope under 0.001") if self._compact else _("values whose slope is under 0.001")
