"""Two half moons."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.sources.plane import PlaneSource
from simulator.message import N_


class Moons(PlaneSource, tag="moons", frozen=True):
    """Two half circles, one turned and shifted into the other."""

    label: ClassVar[str] = N_("Moons")
    help: ClassVar[str] = N_("Two half moons that reach into each other.")
    source: ClassVar[str] = "A4"
    rank: ClassVar[int] = 1

    def points(
        self, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        angle = np.pi * rng.uniform(size=labels.size)
        upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
        lower = np.stack([0.5 - np.cos(angle), 0.25 - np.sin(angle)], axis=1)
        return np.where(labels[:, None] == 0, upper, lower), labels
