"""Random walk initialisation (slide D8; Sussillo and Abbott 2014)."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import Gain, Initializer
from simulator.message import N_


class RandomWalk(Initializer, tag="random_walk", frozen=True):
    """W = g * randn / sqrt(fan_in), g chosen so that the log of the gradient's norm walks without drift.

    g = exp(1 / (2 N)) for linear units and sqrt 2 * exp(1.2 / (max(N, 6) - 2.4)) for ReLU, N = fan_in
    (Sussillo and Abbott 2014, section 2).
    """

    label: ClassVar[str] = N_("random walk")
    help: ClassVar[str] = N_("He or Xavier with a small correction for narrow layers, so that gradients do not drift.")
    source: ClassVar[str] = "D8; Sussillo and Abbott 2014"
    rank: ClassVar[int] = 51
    size: ClassVar[str] = "gain"

    units: Annotated[
        Literal["relu", "linear"],
        Field(
            N_("For units"),
            help=N_("Which activation the correction is for; linear also serves tanh near 0."),
            words={"relu": N_("ReLU"), "linear": N_("linear")},
        ),
    ] = "relu"
    gain: Gain = 1.0

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.asarray(self.gain * (self.growth(fan_in) / np.sqrt(fan_in) * rng.standard_normal(shape)))

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.gain**2 * self.growth(fan_in) ** 2 / fan_in

    def growth(self, width: int) -> float:
        """Return g for a layer of that fan_in."""
        if self.units == "linear":
            return float(np.exp(1.0 / (2.0 * width)))
        return float(np.sqrt(2.0) * np.exp(1.2 / (max(width, 6) - 2.4)))
