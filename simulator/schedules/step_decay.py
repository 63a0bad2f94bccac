"""Decay in steps."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.message import N_
from simulator.schedules.base import Schedule


class StepDecay(Schedule, tag="step_decay", frozen=True):
    """rate * factor^(whole periods made)."""

    label: ClassVar[str] = N_("step decay")
    help: ClassVar[str] = N_("Multiplies the learning rate by a factor every so many epochs.")
    rank: ClassVar[int] = 2

    factor: Annotated[
        float, Field(N_("Factor"), low=0.01, high=1, live=True, help=N_("What is left after one period."))
    ] = 0.5
    period: Annotated[
        int,
        Field(
            N_("Period"),
            low=1,
            high=10_000,
            unit=N_("epochs"),
            scale="logarithmic",
            live=True,
            help=N_("Epochs between two drops."),
        ),
    ] = 10

    def factors(self, epochs: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(self.factor ** np.floor(epochs / self.period))
