"""Data-dependent initialisation (slide D8; Krähenbühl et al. 2015)."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.initializers.base import Initializer
from simulator.message import N_


class DataDependent(Initializer, tag="data_dependent", frozen=True):
    """Every unit is scaled and shifted to mean 0 and variance 1 on the training data (alg. 1, within a layer).

    W_k = W_k / sd_k and b_k = (b_k - mean_k) / sd_k, starting from normal weights. The paper's second algorithm, which
    evens out the rates between layers, is not done: each unit's variance is exactly 1 only with the first.
    """

    label: ClassVar[str] = N_("data-dependent")
    help: ClassVar[str] = N_("Scales and shifts every unit until the training data give it mean 0 and variance 1.")
    source: ClassVar[str] = "D8; Krähenbühl et al. 2015"
    rank: ClassVar[int] = 53
    rounds: ClassVar[int] = 1
    fits: ClassVar[Literal["", "layer", "unit"]] = "unit"

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return np.asarray(rng.standard_normal(shape) / np.sqrt(fan_in))

    def variance(self, fan_in: int, fan_out: int) -> float:
        return 1.0 / fan_in

    def fitted(
        self, weights: NDArray[np.float64], bias: NDArray[np.float64], output: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        mean, spread = output.mean(axis=0), output.std(axis=0)
        spread = np.where(spread > 0, spread, 1.0)
        return weights / spread, (bias - mean) / spread
