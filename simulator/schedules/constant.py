"""No schedule at all."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.message import N_
from simulator.schedules.base import Schedule


class ConstantRate(Schedule, tag="constant", frozen=True):
    """rate."""

    label: ClassVar[str] = N_("constant")
    help: ClassVar[str] = N_("The learning rate stays.")
    rank: ClassVar[int] = 0

    def factors(self, epochs: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ones_like(epochs)
