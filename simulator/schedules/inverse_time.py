"""1/t decay."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.message import N_
from simulator.schedules.base import Schedule


class InverseTime(Schedule, tag="inverse_time", frozen=True):
    """rate / (1 + speed * epochs)."""

    label: ClassVar[str] = N_("1/t decay")
    help: ClassVar[str] = N_("Divides the learning rate by 1 + speed · epochs.")
    rank: ClassVar[int] = 3

    speed: Annotated[
        float, Field(N_("Speed"), low=0, high=100, scale="logarithmic", live=True, help=N_("How fast it falls."))
    ] = 0.1

    def factors(self, epochs: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(1.0 / (1.0 + self.speed * epochs))
