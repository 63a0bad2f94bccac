"""Half a cosine."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.message import N_
from simulator.schedules.base import Schedule


class Cosine(Schedule, tag="cosine", frozen=True):
    """rate * (floor + (1 - floor) * (1 + cos(pi * epochs / length)) / 2); Loshchilov and Hutter 2017."""

    label: ClassVar[str] = N_("cosine")
    help: ClassVar[str] = N_("Falls along half a cosine to a floor, and stays there.")
    rank: ClassVar[int] = 4

    length: Annotated[
        int,
        Field(
            N_("Length"),
            low=1,
            high=100_000,
            unit=N_("epochs"),
            scale="logarithmic",
            live=True,
            help=N_("Epochs until the floor is reached."),
        ),
    ] = 50
    floor: Annotated[
        float, Field(N_("Floor"), low=0, high=1, live=True, help=N_("Share of the learning rate that is left."))
    ] = 0.0

    def factors(self, epochs: NDArray[np.float64]) -> NDArray[np.float64]:
        way = np.clip(epochs / self.length, 0.0, 1.0)
        return np.asarray(self.floor + (1 - self.floor) * 0.5 * (1 + np.cos(np.pi * way)))
