"""Steps and epochs of a run: neither follows from the other alone, for the batch size may change on the way."""

import numpy as np
from numpy.typing import NDArray

from simulator.training import Picture


def epochs_at(picture: Picture, steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the epochs passed after so many steps, with fraction."""
    readings = picture.readings
    within = np.interp(steps, readings.step, readings.epoch)
    return np.asarray(within + np.maximum(steps - readings.step[-1], 0.0) / picture.steps_per_epoch)


def step_at(picture: Picture, epoch: float) -> int:
    """Return the step after which so many epochs have passed."""
    readings = picture.readings
    within = float(np.interp(epoch, readings.epoch, readings.step))
    return round(within + max(epoch - float(readings.epoch[-1]), 0.0) * picture.steps_per_epoch)
