"""He's scheme for rectifiers (slide D6)."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.initializers.base import Initializer
from simulator.message import N_


class He(Initializer, tag="he", frozen=True):
    """W = randn(fan_in, fan_out) / sqrt(fan_in / 2); He et al. 2015."""

    label: ClassVar[str] = N_("He")
    help: ClassVar[str] = N_("Normal numbers divided by √(fan_in / 2): makes up for the half that ReLU sets to 0.")
    source: ClassVar[str] = "D6; He et al. 2015"
    rank: ClassVar[int] = 10

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.asarray(rng.standard_normal(shape) * np.sqrt(2.0 / fan_in))
