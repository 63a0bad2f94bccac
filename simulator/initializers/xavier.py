"""Xavier's scheme as the lecture writes it (slide D4)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import DISTRIBUTION_WORDS, Distribution, Gain, Initializer, unit_numbers
from simulator.message import N_


class Xavier(Initializer, tag="xavier", frozen=True):
    """W = randn(fan_in, fan_out) / sqrt(fan_in); Glorot and Bengio 2010 in the lecture's one-sided form."""

    label: ClassVar[str] = N_("Xavier")
    help: ClassVar[str] = N_("Normal numbers divided by √fan_in: keeps the spread of a signal through tanh layers.")
    source: ClassVar[str] = "D4; Glorot and Bengio 2010"
    rank: ClassVar[int] = 20
    size: ClassVar[str] = "gain"

    distribution: Annotated[
        Distribution,
        Field(N_("Numbers"), help=N_("Normal or uniform numbers of the same spread."), words=DISTRIBUTION_WORDS),
    ] = "normal"
    gain: Gain = 1.0

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.asarray(self.gain * (unit_numbers(rng, shape, self.distribution) * np.sqrt(1.0 / fan_in)))

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.gain**2 * 1.0 / fan_in
