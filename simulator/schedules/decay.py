"""Decay at every epoch (slide G1)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.message import N_
from simulator.schedules.base import Schedule


class Decay(Schedule, tag="decay", frozen=True):
    """rate * factor^(whole epochs made)."""

    label: ClassVar[str] = N_("decay per epoch")
    help: ClassVar[str] = N_("Multiplies the learning rate by a factor after every epoch.")
    rank: ClassVar[int] = 1

    factor: Annotated[
        float, Field(N_("Factor"), low=0.01, high=1, live=True, help=N_("What is left after one epoch."), source="G1")
    ] = 0.95

    def factors(self, epochs: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(self.factor ** np.floor(epochs))
