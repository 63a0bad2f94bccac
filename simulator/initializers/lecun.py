"""LeCun's scheme."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import DISTRIBUTION_WORDS, Distribution, Gain, Initializer, unit_numbers
from simulator.message import N_


class LeCun(Initializer, tag="lecun", frozen=True):
    """Variance 1 / fan_in; LeCun et al. 1998, eq. 16. The lecture's Xavier, with uniform numbers by default."""

    label: ClassVar[str] = N_("LeCun")
    help: ClassVar[str] = N_("Variance 1 / fan_in, as Efficient BackProp advises for tanh.")
    source: ClassVar[str] = "LeCun et al. 1998, eq. 16"
    rank: ClassVar[int] = 22
    size: ClassVar[str] = "gain"

    distribution: Annotated[
        Distribution,
        Field(N_("Numbers"), help=N_("Normal or uniform numbers of the same spread."), words=DISTRIBUTION_WORDS),
    ] = "uniform"
    gain: Gain = 1.0

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.asarray(self.gain * (unit_numbers(rng, shape, self.distribution) * np.sqrt(1.0 / fan_in)))

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.gain**2 * 1.0 / fan_in
