"""One mean a colour (slide C2; VGG)."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.base import Preprocessing, Transform, column_mean
from simulator.data.preprocessing.mean_image import require_images
from simulator.message import N_


class ColourMean(Preprocessing, tag="colour_mean", frozen=True):
    """x - mean of its colour: three numbers for colour pictures, one for grey ones."""

    label: ClassVar[str] = N_("colour means")
    help: ClassVar[str] = N_("Subtracts one number a colour, the mean over all pixels of the training examples.")
    source: ClassVar[str] = "C2; Simonyan and Zisserman 2014"
    rank: ClassVar[int] = 4
    for_pictures: ClassVar[bool] = True

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        shape = require_images(image_shape)
        colours = shape[2] if len(shape) == 3 else 1
        means = column_mean(features).reshape(-1, colours).mean(axis=0)
        return Transform(np.tile(means, features.shape[1] // colours), np.ones(features.shape[1]))
