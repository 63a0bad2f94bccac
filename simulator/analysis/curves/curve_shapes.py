"""What a learning rate does to the loss curve: low, good, high, very high, told from the measured curves (slide H1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.message import N_
from simulator.training.frames.curves import LossCurve

RateName = Literal["low", "good", "high", "very high"]
RATE_NAMES: Final[dict[RateName, str]] = {
    "low": N_("low"),
    "good": N_("good"),
    "high": N_("high"),
    "very high": N_("very high"),
}
"""Marked words."""

STRETCHES: Final = 20
"""A curve is judged by its mean losses over so many equal stretches of its steps."""
RISEN: Final = 1.5
"""Times the first loss: a stretch whose mean is higher has gone up."""
MOVED: Final = 0.1
"""Of the first loss: a curve that ends nearer to it has hardly moved."""
NO_BETTER: Final = 0.95
"""Times the loss of a network that knows nothing, or more: it has learned nothing."""
STILL_FALLING: Final = 0.1
"""Of the whole fall, or more, is made in the second half: the rate is low."""
CALM: Final = 0.1
"""A low rate never climbs back by more than this share of its fall, all climbs together."""
NEAR_THE_BEST: Final = 0.05
"""Of the best curve's fall may be missing at the end of a good one."""


@dataclass(frozen=True, eq=False)
class RateCurve:
    """What training at one learning rate came to.

    Attributes
    ----------
    rate
        The learning rate.
    curve
        Its data losses.
    first
        Data loss of all training examples before the first step.
    name
        What the curve says of the rate; None while no curve is complete.
    """

    rate: float
    curve: LossCurve
    first: float
    name: RateName | None = None

    @property
    def last(self) -> float:
        """Mean loss of the last twentieth of the steps; NaN where it has no number or the losses broke off."""
        if self.curve.first_bad_step is not None or not self.curve.mean.size:
            return float("nan")
        return float(levels(self.curve.mean)[-1])

    @property
    def peak(self) -> float:
        """The highest finite loss of a step."""
        return float(np.nanmax(self.curve.high)) if self.curve.high.size else float("nan")


@dataclass(frozen=True, eq=False)
class RateCurves:
    """The same network trained at several learning rates, as far as it went.

    Attributes
    ----------
    runs
        In the order of the rates that were asked for.
    steps
        Planned for each.
    untrained
        Loss of a network that knows nothing.
    complete
        Whether all were trained to their end; only then do they have names.
    """

    runs: tuple[RateCurve, ...]
    steps: int
    untrained: float
    complete: bool


def levels(losses: NDArray[np.float64], stretches: int = STRETCHES) -> NDArray[np.float64]:
    """Return the mean losses of equal stretches, at most as many as there are losses."""
    parts = np.array_split(np.asarray(losses, np.float64), min(stretches, max(losses.size, 1)))
    with np.errstate(invalid="ignore", over="ignore"):
        return np.array([part.mean() if part.size else np.nan for part in parts])


def name_rates(
    rates: Sequence[float], curves: Sequence[NDArray[np.float64]], first: float, untrained: float
) -> tuple[RateName, ...]:
    """Return what each of equally long curves says of its learning rate.

    In this order: *very high* where the losses end in no finite number; *low* where the curve has hardly moved, or is
    calm and still falling, and no smaller rate has learned more; *good* where it ends about as low as the best of them;
    *low* where its rate is smaller than the best one's; *very high* where it ends no better than knowing nothing;
    *high* otherwise, for it has stopped falling too early or is thrown back and forth.

    Parameters
    ----------
    rates
        The learning rates, one a curve: a shape alone does not tell a slow descent from one that is stuck.
    curves
        Data losses step by step, at the least one each; a run that broke off ends in a loss that is no finite number.
    first
        Data loss of all training examples before the first step: one mini-batch may be a lucky one.
    untrained
        Loss of a network that knows nothing, such as the entropy of the labels.
    """
    heights = [levels(curve) for curve in curves]
    ends = [float(h[-1]) if np.isfinite(c).all() else np.inf for h, c in zip(heights, curves, strict=True)]
    best = min(ends)
    best_rate = rates[ends.index(best)] if best < NO_BETTER * untrained else np.inf
    names: list[RateName] = []
    for rate, height, end in zip(rates, heights, ends, strict=True):
        if end == np.inf:
            names.append("very high")
        elif rate <= best_rate and _is_slow(height, first):
            names.append("low")
        elif end < NO_BETTER * untrained and end - best <= NEAR_THE_BEST * (first - best):
            names.append("good")
        elif rate < best_rate < np.inf:
            names.append("low")
        else:
            names.append("very high" if end >= NO_BETTER * untrained else "high")
    return tuple(names)


def climbs(height: NDArray[np.float64], first: float) -> float:
    """Return how far stretches climb over the ones before them, all together, as a share of the fall to the lowest."""
    fall = first - float(height.min())
    risen = float(np.maximum(np.diff(height), 0).sum())
    return risen / fall if fall > 0 else np.inf


def _is_slow(height: NDArray[np.float64], first: float) -> bool:
    fall = first - float(height[-1])
    if abs(fall) < MOVED * first and height.max() <= RISEN * first:
        return True
    left = float(height[height.size // 2] - height[-1])
    return fall > 0 and left >= STILL_FALLING * fall and climbs(height, first) <= CALM
