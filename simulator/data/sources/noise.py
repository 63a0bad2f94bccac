"""Unit Gaussian noise of any width, for the initialisation experiments (slides D2 to D6)."""

from typing import Annotated, ClassVar

import numpy as np

from simulator.data.dataset import Dataset
from simulator.data.sources.base import Source
from simulator.declaration import Field
from simulator.message import N_


class Noise(Source, tag="noise", frozen=True):
    """Features from N(0, 1), labels uniform at random: there is nothing to learn."""

    label: ClassVar[str] = N_("Gaussian noise")
    help: ClassVar[str] = N_("Random numbers with random labels: for looking at weights before any training.")
    source: ClassVar[str] = "D2-D6"
    rank: ClassVar[int] = 20
    drawn: ClassVar[bool] = True

    examples: Annotated[int, Field(N_("Examples"), low=10, high=100_000, scale="logarithmic")] = 1000
    width: Annotated[
        int, Field(N_("Features"), low=1, high=4096, scale="logarithmic", help=N_("Numbers in one example."))
    ] = 500
    classes: Annotated[int, Field(N_("Classes"), low=2, high=1000, scale="logarithmic")] = 10

    def load(self, seed: int) -> Dataset:
        rng = np.random.default_rng([seed, 0])
        features = rng.standard_normal((self.examples, self.width)).astype(np.float32)
        labels = rng.integers(0, self.classes, self.examples)
        return Dataset(features, labels, tuple(str(c) for c in range(self.classes)))
