"""What every preprocessing declares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Kind
from simulator.message import Message

PIECE = 4096  # examples that stand in float64 at a time


@dataclass(frozen=True, eq=False)
class Transform:
    """What is done to every example: ((x - shift) * scale) @ matrix, in float64.

    Attributes
    ----------
    shift, scale
        (features,)
    matrix
        (features, kept), or None: then shift and scale are applied on the fly and nothing is kept in memory.
    note
        What a user should know of it, such as how many components are kept.
    """

    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    matrix: NDArray[np.float64] | None = None
    note: Message | None = None

    def apply(self, features: NDArray[Any]) -> NDArray[np.float32]:
        """Return the transformed examples as float32, made in pieces."""
        width = features.shape[1] if self.matrix is None else self.matrix.shape[1]
        result = np.empty((len(features), width), np.float32)
        for begin in range(0, len(features), PIECE):
            piece = (features[begin : begin + PIECE] - self.shift) * self.scale
            result[begin : begin + PIECE] = piece if self.matrix is None else piece @ self.matrix
        return result

    def invert(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Return the examples that give `values`, for display: exact but for the components that were dropped."""
        inner = values if self.matrix is None else values @ np.linalg.pinv(self.matrix)
        return np.asarray(inner / self.scale + self.shift)


class Preprocessing(Kind, frozen=True):
    """What is done to the features before the first layer."""

    for_pictures: ClassVar[bool] = False  # other data are refused

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        """Return the transform measured on the training examples (n, d) alone (slide C2).

        Raise `ExperimentError` where the data are not of the kind it is for.
        """
        raise NotImplementedError(type(self).__name__)

    def cost(self, examples: int, width: int) -> Message | None:
        """Return what it will take for a data set of that size, where that is much; None where it takes nothing."""
        return None


def column_mean(features: NDArray[Any]) -> NDArray[np.float64]:
    """Return the mean of every column: exactly its value where it is constant, however far from 0 it lies."""
    first = features[0].astype(np.float64)
    return np.asarray(first + _sum(piece - first for piece in _pieces(features)) / len(features))


def column_std(features: NDArray[Any], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard deviation of every column round its mean: exactly 0 where it is constant."""
    return np.asarray(np.sqrt(_sum(np.square(piece - mean) for piece in _pieces(features)) / len(features)))


def _pieces(features: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    """Yield the examples in float64, without a float64 copy of the whole."""
    return (features[begin : begin + PIECE].astype(np.float64) for begin in range(0, len(features), PIECE))


def _sum(pieces: Iterator[NDArray[np.float64]]) -> NDArray[np.float64]:
    total: NDArray[np.float64] = next(pieces).sum(axis=0)
    for piece in pieces:
        total += piece.sum(axis=0)
    return total
