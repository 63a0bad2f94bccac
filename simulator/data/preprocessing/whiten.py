"""Whitened data (slide C1)."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.base import Preprocessing, Transform, column_mean
from simulator.data.preprocessing.decorrelate import kept_note, principal_components, whole_cost
from simulator.message import N_, Message


class Whiten(Preprocessing, tag="whiten", frozen=True):
    """(x - mean) @ U / sqrt(variances): the covariance of the training examples becomes the identity."""

    label: ClassVar[str] = N_("whiten")
    help: ClassVar[str] = N_("Decorrelates and gives every axis variance 1; keeps the new data whole in memory.")
    source: ClassVar[str] = "C1"
    rank: ClassVar[int] = 6

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        width = features.shape[1]
        mean = column_mean(features)
        variances, directions = principal_components(features, mean)
        return Transform(mean, np.ones(width), directions / np.sqrt(variances), kept_note(variances.size, width))

    def cost(self, examples: int, width: int) -> Message | None:
        return whole_cost(examples, width)
