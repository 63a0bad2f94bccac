"""What makes a loss curve odd, as one number each: how long it waits, how often it jumps, where it stays (slide H2)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.curves.curve_shapes import levels
from simulator.analysis.measured import Form, Measured
from simulator.message import N_, Message

START: Final = 10
"""Steps whose mean is the height at which a curve begins."""
WAITS: Final = 0.95
"""Of the first height: above it, a curve has not begun to fall."""
NEIGHBOURS: Final = 51
"""Steps round one that say how high it ought to be."""
SPIKE: Final = 3.0
"""Times the median of its neighbours: a spike, if it also stands out from the whole curve."""
STANDS_OUT: Final = 0.05
"""Of the first height."""
SETTLES: Final = 3
"""Epochs before and after a drop of the rate that are compared: momentum hides the first of them."""
STEP_DOWN: Final = 0.8
"""Times the mean before a place: a mean after it that is lower is a step down."""


DECAY: Final = 0.5
"""Times the rate of the step before, or less: the rate is lowered at once."""


@dataclass(frozen=True, eq=False)
class Course:
    """A whole training, as the measures see it.

    Attributes
    ----------
    losses
        Loss of each step, penalty included, shape (steps,).
    penalties
        The penalty in it, shape (steps,).
    validation
        Data losses on the validation set at step 0 and at each epoch end; NaN where nothing validates.
    steps_per_epoch
        Updates a pass.
    decays
        Steps made when the schedule lowered the rate to `DECAY` of itself or less, shape (drops,).
    untrained
        Loss of a network that knows nothing.
    """

    losses: NDArray[np.float64]
    penalties: NDArray[np.float64]
    validation: NDArray[np.float64]
    steps_per_epoch: int
    decays: NDArray[np.int64]
    untrained: float

    @property
    def start(self) -> float:
        """Mean loss of the first steps."""
        return float(self.losses[:START].mean())


@dataclass(frozen=True)
class Measure:
    """One number of a curve and the sentence that says it.

    Attributes
    ----------
    of
        Measures a course.
    text
        Marked sentence with a place for ``{value}``.
    form
        How the value is written.
    """

    of: Callable[[Course], float]
    text: str
    form: Form = "number"

    def sentence(self, value: float) -> Message:
        """Return what was measured, in words."""
        return Message(self.text, {"value": Measured(value, self.form, strong=True)})


def plateau(course: Course) -> float:
    """Return the share of the steps before the mean of `START` steps first falls below `WAITS` of the start."""
    means = np.convolve(course.losses, np.full(START, 1 / START), "valid")
    fallen = np.flatnonzero(means < WAITS * course.start)
    return float(fallen[0] if fallen.size else course.losses.size) / course.losses.size


def change(course: Course) -> float:
    """Return by which share of the start the mean of the last tenth differs from it."""
    return abs(float(levels(course.losses, 10)[-1]) / course.start - 1)


def noise(course: Course) -> float:
    """Return the standard deviation of the losses in the second half over their mean."""
    half = course.losses[course.losses.size // 2 :]
    return float(half.std() / half.mean())


def spikes(course: Course) -> float:
    """Return how many steps after the first stand `SPIKE` times above the median of their neighbours."""
    reach = NEIGHBOURS // 2
    padded = np.pad(course.losses, reach, mode="reflect")
    usual = np.median(np.lib.stride_tricks.sliding_window_view(padded, NEIGHBOURS), axis=1)
    high = (course.losses > SPIKE * usual) & (course.losses - usual > STANDS_OUT * course.start)
    high[:reach] = False  # a curve that falls at once is high where it begins
    return float(np.count_nonzero(np.diff(np.r_[False, high].astype(np.int64)) == 1))


def decays(course: Course) -> float:
    """Return at how many of the places where the schedule lowers the rate at once the loss falls."""
    return float(_falls_at(course.losses, course.decays, SETTLES * course.steps_per_epoch))


def stairs(course: Course) -> float:
    """Return at how many epoch ends the loss falls at once: half an epoch before against half an epoch after."""
    ends = np.arange(course.steps_per_epoch, course.losses.size, course.steps_per_epoch)
    return float(_falls_at(course.losses, ends, course.steps_per_epoch // 2))


def _falls_at(losses: NDArray[np.float64], places: NDArray[np.int64], reach: int) -> int:
    before = np.array([losses[max(place - reach, 0) : place].mean() for place in places])
    after = np.array([losses[place : place + reach].mean() for place in places])
    return int(np.count_nonzero(after < STEP_DOWN * before))


def still_falling(course: Course) -> float:
    """Return which share of the whole fall the last quarter of the steps makes."""
    heights = levels(course.losses, 20)
    return float((heights[14] - heights[-1]) / (heights[0] - heights[-1]))


def turned_up(course: Course) -> float:
    """Return how many times its least value the last validation loss is."""
    return float(course.validation[-1] / np.nanmin(course.validation))


def risen(course: Course) -> float:
    """Return how many times the start the mean of the last tenth is."""
    return float(levels(course.losses, 10)[-1] / course.start)


def broken_off(course: Course) -> float:
    """Return the first step whose loss is no finite number, counted from 1; infinite where there is none."""
    bad = np.flatnonzero(~np.isfinite(course.losses))
    return float(bad[0] + 1) if bad.size else np.inf


def calmed(course: Course) -> float:
    """Return how many times less the losses jump from step to step in the last tenth than in the second."""
    parts = np.array_split(course.losses, 10)
    return float(np.diff(parts[1]).std() / np.diff(parts[-1]).std())


def floor(course: Course) -> float:
    """Return which share of the start the mean of the last half still is."""
    return float(levels(course.losses, 2)[-1] / course.start)


def fallen_back(course: Course) -> float:
    """Return how many times its lowest stretch the last stretch is; twentieths of the steps."""
    heights = levels(course.losses)
    return float(heights[-1] / heights.min())


def first_height(course: Course) -> float:
    """Return how many times the loss of a network that knows nothing the first loss is."""
    return float(course.losses[0] / course.untrained)


def penalty_share(course: Course) -> float:
    """Return which share of the last tenth of the losses is penalty."""
    return float(levels(course.penalties, 10)[-1] / levels(course.losses, 10)[-1])


MEASURES: Final = {
    "plateau": Measure(plateau, N_("It waits {value} of the steps before it begins to fall."), "share"),
    "change": Measure(change, N_("From the first steps to the last tenth it changes by {value}."), "share"),
    "noise": Measure(noise, N_("In the second half it strays by {value} of its mean from step to step."), "share"),
    "spikes": Measure(spikes, N_("Times that it jumps to three times its neighbours or more: {value}."), "count"),
    "decays": Measure(decays, N_("Drops of the rate at which it falls by a fifth or more: {value}."), "count"),
    "stairs": Measure(stairs, N_("Epoch ends at which it falls at once by a fifth or more: {value}."), "count"),
    "still_falling": Measure(still_falling, N_("The last quarter of the steps makes {value} of the fall."), "share"),
    "turned_up": Measure(turned_up, N_("The validation loss ends {value} times as high as it was at its best.")),
    "risen": Measure(risen, N_("It ends {value} times as high as it began.")),
    "broken_off": Measure(broken_off, N_("The loss of step {value} is NaN: the numbers grew too large."), "count"),
    "calmed": Measure(calmed, N_("At the end it jumps {value} times less from step to step than in the beginning.")),
    "floor": Measure(floor, N_("The second half still has {value} of the first loss."), "share"),
    "fallen_back": Measure(fallen_back, N_("It ends {value} times as high as it was at its lowest.")),
    "first_height": Measure(first_height, N_("It begins at {value} times the loss of guessing.")),
    "penalty_share": Measure(penalty_share, N_("{value} of the loss at the end is penalty."), "share"),
}
"""By the names that built-in experiments use to say what their curves must show."""
