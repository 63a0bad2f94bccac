"""One run's losses as the loss plot draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.look.lane_look import LaneLook
from app.look.marks import CIRCLE
from app.plots.canvas.curve import last_finite, nearest_index
from app.theme import Tokens
from simulator.training import LossCurve, Picture


@dataclass(frozen=True, eq=False)
class Trace:
    """The losses of a run, and where they are on the time axis.

    Attributes
    ----------
    look
        None where one run is drawn alone.
    at, smooth_at
        The times of `losses.step` and `losses.smooth_step`.
    """

    look: LaneLook | None
    picture: Picture
    losses: LossCurve
    at: NDArray[np.float64]
    smooth_at: NDArray[np.float64]

    @property
    def lane(self) -> int:
        """Which of the plot's items draw it."""
        return 0 if self.look is None else self.look.index

    @property
    def mark(self) -> str:
        """The shape of its marks."""
        return CIRCLE if self.look is None else self.look.mark

    def colour(self, tokens: Tokens) -> str:
        """Return the colour of its curve: a token's name, or ``#RRGGBB``."""
        return "accent" if self.look is None else self.look.colour(tokens)

    def ink(self, tokens: Tokens) -> str:
        """Return the colour of its words."""
        return "accent" if self.look is None else self.look.ink(tokens)

    @property
    def half_bucket(self) -> float:
        """Half of what one point stands for on the time axis."""
        return float(self.at[1] - self.at[0]) / 2 if self.at.size > 1 else 0.5

    @property
    def is_unsmoothed(self) -> bool:
        """Whether the smoothed curve is that of each step: so few steps are not smoothed."""
        return np.array_equal(self.losses.low, self.losses.smooth, equal_nan=True)

    def end(self) -> tuple[float, float] | None:
        """Return time and value of the last finite smoothed loss."""
        at = last_finite(self.losses.smooth)
        return None if at is None else (float(self.smooth_at[at]), float(self.losses.smooth[at]))

    def at_time(self, time: float) -> float:
        """Return the smoothed loss at a time between two points of the curve."""
        good = np.isfinite(self.losses.smooth)
        return float(np.interp(time, self.smooth_at[good], self.losses.smooth[good]))

    def nearest(self, time: float) -> tuple[float, float] | None:
        """Return time and value of the finite smoothed loss that is nearest in time; of the mean where none is."""
        times, values = self.smooth_at, self.losses.smooth
        if not values.size:
            times, values = self.at, self.losses.mean
        good = np.isfinite(values)
        times, values = times[good], values[good]
        at = nearest_index(times, time)
        return None if at is None else (float(times[at]), float(values[at]))

    def envelope(self, pixels: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return times, least and greatest losses, for curves that are `pixels` wide.

        Points that would fall into one column of pixels are joined; no extreme is lost.
        """
        losses = self.losses
        stride = max(1, int(self.at.size / max(1.0, pixels)))
        if stride == 1:
            return self.at, losses.low, losses.high
        starts = np.arange(0, self.at.size, stride)
        ends = np.minimum(starts + stride, self.at.size) - 1
        return self.at[ends], np.fmin.reduceat(losses.low, starts), np.fmax.reduceat(losses.high, starts)

    def without_place(self) -> NDArray[np.float64]:
        """Return the times of losses that are 0 or less, which a logarithmic axis cannot show."""
        return self.at[self.losses.low <= 0]


def values_from(traces: Sequence[Trace], name: str, start: float) -> NDArray[np.float64]:
    """Return the finite values of one array of the losses of all `traces`, from time `start` on."""
    found = [np.zeros(0)]
    for trace in traces:
        values = getattr(trace.losses, name)
        times = trace.smooth_at if name == "smooth" else trace.at
        found.append(values[(times >= start) & np.isfinite(values)])
    return np.concatenate(found)
