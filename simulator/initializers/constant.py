"""All weights one value (slide D1)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import Initializer
from simulator.message import N_


class Constant(Initializer, tag="constant", frozen=True):
    """W = value: units of a layer move, but stay identical."""

    label: ClassVar[str] = N_("constant")
    help: ClassVar[str] = N_("Every weight is the same number: units learn, but stay identical.")
    source: ClassVar[str] = "D1"
    rank: ClassVar[int] = 41
    formula: ClassVar[str] = N_("{value}")
    size: ClassVar[str] = "value"

    value: Annotated[float, Field(N_("Value"), low=-100, high=100, help=N_("The value of every weight."))] = 0.1

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.full(shape, self.value)
