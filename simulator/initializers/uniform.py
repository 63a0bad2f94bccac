"""Uniform numbers of a chosen width."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import Initializer
from simulator.message import N_


class Uniform(Initializer, tag="uniform", frozen=True):
    """W from U(-width, width)."""

    label: ClassVar[str] = N_("uniform")
    help: ClassVar[str] = N_("Uniform random numbers between minus and plus a width, whatever the size of the layer.")
    source: ClassVar[str] = "D2"
    rank: ClassVar[int] = 31
    formula: ClassVar[str] = N_("±{width}")
    size: ClassVar[str] = "width"

    width: Annotated[
        float, Field(N_("Width"), low=0, high=100, scale="logarithmic", help=N_("The largest size of a weight."))
    ] = 0.01

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return self.width * rng.uniform(-1.0, 1.0, shape)

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.width**2 / 3.0
