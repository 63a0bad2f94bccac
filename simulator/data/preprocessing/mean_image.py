"""The mean image (slide C2; AlexNet)."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.base import Preprocessing, Transform, column_mean
from simulator.errors import ExperimentError
from simulator.message import N_, Message


class MeanImage(Preprocessing, tag="mean_image", frozen=True):
    """x - mean image, pixel by pixel: `centre`, for pictures only."""

    label: ClassVar[str] = N_("mean image")
    help: ClassVar[str] = N_("Subtracts the mean picture of the training examples, pixel by pixel.")
    source: ClassVar[str] = "C2; Krizhevsky et al. 2012"
    rank: ClassVar[int] = 3
    for_pictures: ClassVar[bool] = True

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        require_images(image_shape)
        return Transform(column_mean(features), np.ones(features.shape[1]))


def require_images(image_shape: tuple[int, ...] | None) -> tuple[int, ...]:
    """Return the shape, or raise where the data are no pictures."""
    if image_shape is None:
        raise ExperimentError(Message(N_("preprocessing: these data are no pictures; choose centre instead")))
    return image_shape
