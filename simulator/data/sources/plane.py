"""What the two-dimensional sets share: a cloud of points, a count, a noise."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.sources.base import Source
from simulator.declaration import Field
from simulator.message import N_


class PlaneSource(Source, frozen=True):
    """Points in the plane."""

    drawn: ClassVar[bool] = True

    examples: Annotated[
        int,
        Field(N_("Points"), low=10, high=100_000, scale="logarithmic", help=N_("How many points, all classes.")),
    ] = 400
    noise: Annotated[
        float,
        Field(N_("Noise"), low=0, high=2, help=N_("How far points stray from the shape (standard deviation).")),
    ] = 0.1

    def points(
        self, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return positions (n, 2) without noise, and their labels (n,)."""
        raise NotImplementedError(type(self).__name__)

    @property
    def class_count(self) -> int:
        """Number of classes."""
        return int(getattr(self, "classes", 2))

    def load(self, seed: int) -> Dataset:
        rng = np.random.default_rng([seed, 0])
        classes = self.class_count
        positions, labels = self.points(np.arange(self.examples) % classes, rng)
        positions = positions + self.noise * rng.standard_normal(positions.shape)
        names = tuple("ABCDEFGHIJ"[:classes])
        return Dataset(positions.astype(np.float32), labels, names, ("x", "y"))
