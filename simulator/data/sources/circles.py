"""Rings round one centre."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.sources.plane import PlaneSource
from simulator.declaration import Field
from simulator.message import N_


class Circles(PlaneSource, tag="circles", frozen=True):
    """One ring a class; the outermost has radius 1."""

    label: ClassVar[str] = N_("Circles")
    help: ClassVar[str] = N_("Rings inside each other.")
    source: ClassVar[str] = "A4"
    rank: ClassVar[int] = 2

    classes: Annotated[int, Field(N_("Classes"), low=2, high=10, help=N_("How many rings."))] = 2

    def points(
        self, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        angle = 2 * np.pi * rng.uniform(size=labels.size)
        radius = (labels + 1) / self.classes
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), labels
