"""The exclusive or."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.sources.plane import PlaneSource
from simulator.message import N_


class Xor(PlaneSource, tag="xor", frozen=True):
    """Four squares; the class is whether x and y have different signs."""

    label: ClassVar[str] = N_("XOR")
    help: ClassVar[str] = N_("Opposite corners belong together.")
    source: ClassVar[str] = "A4"
    rank: ClassVar[int] = 3

    def points(
        self, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        size = rng.uniform(0.1, 1.0, (labels.size, 2))
        right = rng.integers(0, 2, labels.size) * 2 - 1
        signs = np.stack([right, np.where(labels == 1, -right, right)], axis=1)
        return size * signs, labels
