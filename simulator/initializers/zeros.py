"""All weights zero (slide D1)."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.initializers.base import Initializer
from simulator.message import N_


class Zeros(Initializer, tag="zeros", frozen=True):
    """W = 0: units of a layer can never become different."""

    label: ClassVar[str] = N_("zeros")
    help: ClassVar[str] = N_("Every weight is 0: all units of a layer stay the same.")
    source: ClassVar[str] = "D1"
    rank: ClassVar[int] = 40
    formula: ClassVar[str] = N_("0")

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.zeros(shape)

    def variance(self, fan_in: int, fan_out: int) -> float:
        return 0.0
