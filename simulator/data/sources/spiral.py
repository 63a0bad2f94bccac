"""Interleaved spiral arms (CS231n's toy set)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.sources.plane import PlaneSource
from simulator.declaration import Field
from simulator.message import N_


class Spiral(PlaneSource, tag="spiral", frozen=True):
    """One arm a class, radius 0 to 1."""

    label: ClassVar[str] = N_("Spiral")
    help: ClassVar[str] = N_("Arms wound round each other: no straight line can separate them.")
    source: ClassVar[str] = "A4"
    rank: ClassVar[int] = 0

    noise: Annotated[
        float,
        Field(N_("Noise"), low=0, high=2, help=N_("How far points stray from the shape (standard deviation).")),
    ] = 0.03
    classes: Annotated[int, Field(N_("Classes"), low=2, high=10, help=N_("How many arms."))] = 2
    turns: Annotated[float, Field(N_("Turns"), low=0.1, high=3, help=N_("How far each arm winds."))] = 1.0

    def points(
        self, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        radius = np.sqrt(rng.uniform(0.01, 1.0, labels.size))
        angle = 2 * np.pi * (self.turns * radius + labels / self.classes)
        return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1), labels
