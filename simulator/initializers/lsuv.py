"""Layer-sequential unit variance (slide D8; Mishkin and Matas 2015)."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.initializers.base import Initializer
from simulator.initializers.orthogonal import orthogonal
from simulator.message import N_

TOLERANCE = 0.01


class LSUV(Initializer, tag="lsuv", frozen=True):
    """Orthogonal weights, then W = W / sqrt(Var(x @ W + b)) until the variance is 1, layer by layer (alg. 1).

    The variance is that of the layer's linear output, before the activation, over all units and training examples of
    the probe batch.
    """

    label: ClassVar[str] = N_("LSUV")
    help: ClassVar[str] = N_("Orthogonal weights, scaled layer by layer until the training data give variance 1.")
    source: ClassVar[str] = "D8; Mishkin and Matas 2015"
    rank: ClassVar[int] = 52
    rounds: ClassVar[int] = 10
    fits: ClassVar[Literal["", "layer", "unit"]] = "layer"

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return orthogonal(rng, shape)

    def variance(self, fan_in: int, fan_out: int) -> float:
        return 1.0 / max(fan_in, fan_out)

    def fitted(
        self, weights: NDArray[np.float64], bias: NDArray[np.float64], output: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        variance = float(output.var())
        if abs(variance - 1) < TOLERANCE or variance <= 0:
            return None
        return weights / np.sqrt(variance), bias
