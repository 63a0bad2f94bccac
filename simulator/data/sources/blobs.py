"""Gaussian blobs."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.sources.plane import PlaneSource
from simulator.declaration import Field
from simulator.message import N_


class Blobs(PlaneSource, tag="blobs", frozen=True):
    """One Gaussian cloud a class, the centres on a circle of radius 1."""

    label: ClassVar[str] = N_("Gaussian blobs")
    help: ClassVar[str] = N_("One round cloud a class: straight lines are enough.")
    source: ClassVar[str] = "A4"
    rank: ClassVar[int] = 4

    noise: Annotated[float, Field(N_("Noise"), low=0, high=2, help=N_("Standard deviation of each cloud."))] = 0.25
    classes: Annotated[int, Field(N_("Classes"), low=2, high=10, help=N_("How many clouds."))] = 3

    def points(
        self, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        angle = 2 * np.pi * labels / self.classes
        return np.stack([np.sin(angle), np.cos(angle)], axis=1), labels
