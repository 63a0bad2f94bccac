"""Centred and scaled data (slide C1)."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.base import Preprocessing, Transform, column_mean, column_std
from simulator.message import N_


class Standardise(Preprocessing, tag="standardise", frozen=True):
    """(x - mean) / std, feature by feature; a constant feature is divided by 1."""

    label: ClassVar[str] = N_("standardise")
    help: ClassVar[str] = N_("Subtracts the mean of every feature and divides by its standard deviation.")
    source: ClassVar[str] = "C1"
    rank: ClassVar[int] = 2

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        mean = column_mean(features)
        std = column_std(features, mean)
        return Transform(mean, 1.0 / np.where(std > 0, std, 1.0))
