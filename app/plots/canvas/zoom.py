"""Which part of a plot a hand has chosen to see; what it has not chosen follows the plot."""

from dataclasses import dataclass, replace
from typing import Final

from app.look.ticks import Tick
from app.plots.canvas.axes import Axes

Ends = tuple[float, float]

STEP: Final = 1.25
"""How much nearer one notch of the wheel goes."""
DEEPEST: Final = 1e-6
"""Of the whole range, what is in view at least: beyond, numbers on the axis could not be told apart."""
_MOST_TICKS: Final = 5


@dataclass(frozen=True)
class Zoom:
    """The ends of both axes as they were chosen; None where an axis follows the plot."""

    x: Ends | None = None
    y: Ends | None = None

    def __bool__(self) -> bool:
        return self.x is not None or self.y is not None

    def shown(self, x: Ends, y: Ends) -> tuple[Ends, Ends]:
        """Return the ends to show where the plot wants `x` and `y`."""
        return self.x or x, self.y or y

    def nearer(self, notches: float, at: tuple[float, float], shown: tuple[Ends, Ends], along: str) -> "Zoom":
        """Go nearer to the place `at` by so many notches, away from it where they are negative.

        Parameters
        ----------
        shown
            The ends in view.
        along
            The axes that change: "x", "y" or "xy".
        """
        factor = STEP**-notches
        ends = [
            (place + factor * (low - place), place + factor * (high - place)) if axis in along else chosen
            for axis, place, (low, high), chosen in zip("xy", at, shown, (self.x, self.y), strict=True)
        ]
        return Zoom(*ends)

    def moved(self, by: tuple[float, float], shown: tuple[Ends, Ends]) -> "Zoom":
        """Move what is in view, so that what was at a place is further on by `by`."""
        ends = [(low - shift, high - shift) for shift, (low, high) in zip(by, shown, strict=True)]
        return Zoom(*ends)

    def without(self, axis: str) -> "Zoom":
        """Let the axis "x" or "y" follow the plot again."""
        return replace(self, **{axis: None})

    def is_possible(self, whole: tuple[Ends, Ends]) -> bool:
        """Tell whether numbers can still be told apart, and the whole is not smaller than a hundredth of the view."""
        return all(
            chosen is None or DEEPEST * (high - low) <= chosen[1] - chosen[0] <= 100 * (high - low)
            for chosen, (low, high) in zip((self.x, self.y), whole, strict=True)
        )

    def axes(self, axes: Axes) -> Axes:
        """Return axes with ticks for what is in view: others where the plot can make them, else those that are left."""
        left, bottom, rules = axes.left, axes.bottom, axes.rules
        if self.y is not None:
            left = axes.up(*self.y, _MOST_TICKS) if axes.up is not None else _within(left, self.y)
            rules = tuple(tick.at for tick in left if rules)
        if self.x is not None:
            bottom = axes.across(*self.x, _MOST_TICKS) if axes.across is not None else _within(bottom, self.x)
        return replace(axes, left=left, bottom=bottom, rules=rules)


def _within(ticks: tuple[Tick, ...], ends: Ends) -> tuple[Tick, ...]:
    return tuple(tick for tick in ticks if ends[0] <= tick.at <= ends[1])
