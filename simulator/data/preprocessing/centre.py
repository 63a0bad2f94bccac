"""Zero-centred data (slides C1, C2)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.base import Preprocessing, Transform, column_mean
from simulator.declaration import Field
from simulator.message import N_


class Centre(Preprocessing, tag="centre", frozen=True):
    """(x - mean) / divisor, feature by feature; on images this subtracts the mean image."""

    label: ClassVar[str] = N_("centre")
    help: ClassVar[str] = N_("Subtracts the mean of every feature, measured on the training examples.")
    source: ClassVar[str] = "C1, C2"
    rank: ClassVar[int] = 1

    divisor: Annotated[
        float,
        Field(N_("Divide by"), low=1e-6, high=1e6, scale="logarithmic", help=N_("255 brings pixels near 1.")),
    ] = 1.0

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        return Transform(column_mean(features), np.full(features.shape[1], 1.0 / self.divisor))
