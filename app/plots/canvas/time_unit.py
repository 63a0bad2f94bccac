"""What time is counted in on the axis of a plot: steps, epochs, or examples seen. Places stay where they are."""

from collections.abc import Callable
from typing import Final

import numpy as np

from app.look.numbers import count
from app.look.options import Answer, Option
from app.look.ticks import Tick, linear_ticks
from app.plots.canvas.epochs import epochs_at
from app.system.i18n import _
from simulator.training import Picture

AXIS: Final = "axis"
STEP: Final = "step"
EPOCH: Final = "epoch"
EXAMPLES: Final = "examples"


def unit_option(unit: str, native: str) -> Option:
    """Return the question what time is counted in; `native` goes without saying."""
    answers = (
        Answer(STEP, _("step"), _("One for each update of the weights")),
        Answer(EPOCH, _("epoch"), _("One for each pass over the training set")),
        Answer(EXAMPLES, _("examples seen"), _("One for each example of each mini-batch")),
    )
    return Option(AXIS, _("Horizontal axis"), answers, unit, usual=native)


def unit_ticks(picture: Picture, native: str, unit: str, low: float, high: float, most: int) -> tuple[Tick, ...]:
    """Return ticks at round numbers of `unit` on an axis whose places count `native`, from `low` to `high`."""
    there, back = _ways(picture, native, unit)
    ticks = linear_ticks(float(there(max(low, 0.0))), float(there(high)), most)
    if unit != EPOCH:
        ticks = tuple(Tick(tick.at, count(round(tick.at))) for tick in ticks if round(tick.at, 6).is_integer())
    return tuple(Tick(float(back(tick.at)), tick.text) for tick in ticks)


Way = Callable[[float], float]


def _ways(picture: Picture, native: str, unit: str) -> tuple[Way, Way]:
    """Return the ways from a place to the unit, and back."""
    to_epochs, from_epochs = _of(picture, native)
    to_unit_epochs, from_unit_epochs = _of(picture, unit)
    return lambda place: from_unit_epochs(to_epochs(place)), lambda value: from_epochs(to_unit_epochs(value))


def _of(picture: Picture, unit: str) -> tuple[Way, Way]:
    """Return the ways from a unit to epochs, and back."""
    if unit == EPOCH:
        return float, float
    if unit == EXAMPLES:
        size = max(1, picture.samples.all_training)
        return lambda value: value / size, lambda epoch: epoch * size
    return (
        lambda step: float(epochs_at(picture, np.array([step], np.float64))[0]),
        lambda epoch: _steps_at(picture, epoch),
    )


def _steps_at(picture: Picture, epoch: float) -> float:
    readings = picture.readings
    within = float(np.interp(epoch, readings.epoch, readings.step))
    return within + max(epoch - float(readings.epoch[-1]), 0.0) * picture.steps_per_epoch
