"""Normal numbers of a chosen size (slides D2, D3)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import Initializer
from simulator.message import N_


class Normal(Initializer, tag="normal", frozen=True):
    """W = scale * randn(fan_in, fan_out)."""

    label: ClassVar[str] = N_("normal")
    help: ClassVar[str] = N_("Normal random numbers times a scale, whatever the width of the layer.")
    source: ClassVar[str] = "D2, D3"
    rank: ClassVar[int] = 30
    formula: ClassVar[str] = N_("{numbers} × {scale}")
    size: ClassVar[str] = "scale"

    scale: Annotated[
        float,
        Field(N_("Scale"), low=0, high=100, scale="logarithmic", help=N_("Standard deviation of the weights.")),
    ] = 0.01

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return self.scale * rng.standard_normal(shape)

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.scale**2
