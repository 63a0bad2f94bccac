"""Glorot's own scheme: the mean of both fans."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import DISTRIBUTION_WORDS, Distribution, Gain, Initializer, unit_numbers
from simulator.message import N_


class Glorot(Initializer, tag="glorot", frozen=True):
    """Variance 2 / (fan_in + fan_out); Glorot and Bengio 2010, eq. 12 (uniform: eq. 16)."""

    label: ClassVar[str] = N_("Glorot (both fans)")
    help: ClassVar[str] = N_("Looks at the way back too: divides by the mean of fan_in and fan_out.")
    source: ClassVar[str] = "Glorot and Bengio 2010, eq. 12 and 16"
    rank: ClassVar[int] = 21
    size: ClassVar[str] = "gain"

    distribution: Annotated[
        Distribution,
        Field(N_("Numbers"), help=N_("Normal or uniform numbers of the same spread."), words=DISTRIBUTION_WORDS),
    ] = "uniform"
    gain: Gain = 1.0

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.asarray(self.gain * (unit_numbers(rng, shape, self.distribution) * np.sqrt(2.0 / (fan_in + fan_out))))

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.gain**2 * 2.0 / (fan_in + fan_out)
