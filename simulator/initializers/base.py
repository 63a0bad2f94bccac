"""What every initialiser declares."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field, Kind
from simulator.message import N_

Distribution = Literal["normal", "uniform"]
DISTRIBUTION_WORDS = {"normal": N_("normal"), "uniform": N_("uniform")}
Gain = Annotated[
    float, Field(N_("Gain"), low=0, high=100, scale="logarithmic", help=N_("Every weight is multiplied by it."))
]


Numbers = Annotated[
    Distribution,
    Field(N_("Numbers"), help=N_("Normal or uniform numbers of the same spread."), words=DISTRIBUTION_WORDS),
]


class Initializer(Kind, frozen=True):
    """A rule that draws the weights at the start."""

    formula: ClassVar[str] = ""  # marked; names fan_in, fan_out, the numbers drawn, and fields of the scheme
    size: ClassVar[str] = ""  # the field that multiplies every weight; "" where a scheme has none
    rounds: ClassVar[int] = 0  # how often `fitted` may look at the data; 0 for schemes that do not
    fits: ClassVar[Literal["", "layer", "unit"]] = ""  # what has variance 1 before the activation then

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        """Return weights of `shape`.

        `rng` is seeded by (weight seed, key of the layer), so two schemes that draw normal numbers draw the same ones:
        He is exactly sqrt 2 times Xavier.
        """
        raise NotImplementedError(type(self).__name__)

    def variance(self, fan_in: int, fan_out: int) -> float | None:
        """Return the variance of one weight, before any fitting; None where weights are not random with mean 0."""
        return None

    def fitted(
        self, weights: NDArray[np.float64], bias: NDArray[np.float64], output: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """Return weights (fan_in, units) and biases (units,) fitted to the data, or None when they fit already.

        `output` (examples, units) is x @ weights + bias on a batch of training examples. Called layer by layer, up to
        `rounds` times each.
        """
        return None


class VarianceScaling(Initializer, frozen=True):
    """A scheme that divides numbers of variance 1 by what its layer takes in, or gives out: only `share` differs."""

    size: ClassVar[str] = "gain"

    distribution: Numbers = "normal"
    gain: Gain = 1.0

    def share(self, fan_in: int, fan_out: int) -> float:
        """Return the variance of one weight at gain 1."""
        raise NotImplementedError(type(self).__name__)

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        numbers = unit_numbers(rng, shape, self.distribution)
        return np.asarray(self.gain * (numbers * np.sqrt(self.share(fan_in, fan_out))))

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.gain**2 * self.share(fan_in, fan_out)


def unit_numbers(rng: np.random.Generator, shape: tuple[int, ...], distribution: Distribution) -> NDArray[np.float64]:
    """Return numbers of mean 0 and variance 1: normal, or uniform over (-sqrt 3, sqrt 3)."""
    if distribution == "uniform":
        return rng.uniform(-np.sqrt(3.0), np.sqrt(3.0), shape)
    return rng.standard_normal(shape)
