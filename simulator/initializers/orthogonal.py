"""Orthogonal weights (slide D8; Saxe et al. 2013)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.initializers.base import Initializer
from simulator.message import N_


def orthogonal(rng: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return a matrix of `shape` (fan_in, fan_out) with orthonormal columns, or rows where it is wider than high.

    The signs of R make the draw uniform over all such matrices (Mezzadri 2007).
    """
    normal = rng.standard_normal(shape)
    high = normal if shape[0] >= shape[1] else normal.T
    q, r = np.linalg.qr(high)
    q = q * np.where(np.diag(r) < 0, -1.0, 1.0)
    return q if shape[0] >= shape[1] else q.T


class Orthogonal(Initializer, tag="orthogonal", frozen=True):
    """W = gain * Q with orthonormal columns or rows: it turns a signal without stretching it."""

    label: ClassVar[str] = N_("orthogonal")
    help: ClassVar[str] = N_("Turns the signal without stretching any part of it, then multiplies by a gain.")
    source: ClassVar[str] = "D8; Saxe et al. 2013"
    rank: ClassVar[int] = 50
    size: ClassVar[str] = "gain"

    gain: Annotated[
        float, Field(N_("Gain"), low=0, high=100, scale="logarithmic", help=N_("√2 makes up for ReLU, 1 suits tanh."))
    ] = 1.0

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        return self.gain * orthogonal(rng, shape)

    def variance(self, fan_in: int, fan_out: int) -> float:
        return self.gain**2 / max(fan_in, fan_out)
