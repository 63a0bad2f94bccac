"""Data as they are."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.base import Preprocessing, Transform
from simulator.message import N_


class NoPreprocessing(Preprocessing, tag="none", frozen=True):
    """x stays x."""

    label: ClassVar[str] = N_("none")
    help: ClassVar[str] = N_("The data as they are.")
    source: ClassVar[str] = "C1"
    rank: ClassVar[int] = 0

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        width = features.shape[1]
        return Transform(np.zeros(width), np.ones(width))
