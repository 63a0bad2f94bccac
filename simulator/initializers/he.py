"""He's scheme for rectifiers (slide D6)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import DISTRIBUTION_WORDS, Distribution, Gain, Initializer, unit_numbers
from simulator.message import N_


class He(Initializer, tag="he", frozen=True):
    """W = randn(fan_in, fan_out) / sqrt(fan_in / 2); He et al. 2015, eq. 10."""

    label: ClassVar[str] = N_("He")
    help: ClassVar[str] = N_("Normal numbers divided by √(fan_in / 2): makes up for the half that ReLU sets to 0.")
    source: ClassVar[str] = "D6; He et al. 2015"
    rank: ClassVar[int] = 10
    size: ClassVar[str] = "gain"

    distribution: Annotated[
        Distribution,
        Field(N_("Numbers"), help=N_("Normal or uniform numbers of the same spread."), words=DISTRIBUTION_WORDS),
    ] = "normal"
    gain: Gain = 1.0

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.asarray(self.gain * (unit_numbers(rng, shape, self.distribution) * np.sqrt(2.0 / fan_in)))

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.gain**2 * 2.0 / fan_in
