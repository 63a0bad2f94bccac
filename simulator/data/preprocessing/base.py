"""What every preprocessing declares."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Kind


@dataclass(frozen=True, eq=False)
class Transform:
    """What is done to every example: (x - shift) * scale, both float64 of shape (features,)."""

    shift: NDArray[np.float64]
    scale: NDArray[np.float64]


class Preprocessing(Kind, frozen=True):
    """What is done to the features before the first layer."""

    def fit(self, features: NDArray[np.generic]) -> Transform:
        """Return the transform measured on the training examples (n, d) alone (slide C2)."""
        raise NotImplementedError(type(self).__name__)


def column_mean(features: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return the mean of every column in float64, without a float64 copy of the whole."""
    return np.asarray(features.mean(axis=0, dtype=np.float64))
