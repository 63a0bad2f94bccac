"""Decorrelated data: principal components (slide C1)."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.base import Preprocessing, Transform, column_mean
from simulator.errors import ExperimentError
from simulator.message import N_, Message, counted

FLAT = N_(
    "preprocessing: all training examples are alike, so they have no axes; choose another preprocessing or other data"
)
LEAST = 1e-5  # of the largest variance: components below are noise of the arithmetic


def principal_components(
    features: NDArray[np.generic], mean: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (variances, directions (features, kept)), the largest first, down to `LEAST` of the largest.

    Works on the smaller of the (d, d) covariance and the (n, n) Gram matrix: equal non-zero variances.
    Raise `ExperimentError` where no feature varies.
    """
    examples, width = features.shape
    centred = np.asarray(features, np.float64) - mean
    if examples < width:
        variances, vectors = np.linalg.eigh(centred @ centred.T / examples)
    else:
        variances, vectors = np.linalg.eigh(centred.T @ centred / examples)
    kept = np.flatnonzero(variances > LEAST * max(float(variances[-1]), 0.0))[::-1]
    if not kept.size:
        raise ExperimentError(Message(FLAT))
    variances, vectors = variances[kept], vectors[:, kept]
    if examples < width:
        vectors = centred.T @ vectors / np.sqrt(variances * examples)
    return variances, vectors


def kept_note(kept: int, width: int) -> Message:
    """Say how many components are kept."""
    return Message(N_("components that carry variance and are kept: {kept} of {width}"), {"kept": kept, "width": width})


def whole_cost(examples: int, width: int) -> Message | None:
    """Say what keeping the changed data whole takes, from 10 MB on."""
    megabytes = 4 * examples * width / 1e6
    if megabytes < 10:
        return None
    return counted(
        "the changed data are kept whole: {megabytes:.0f} MB, and the axis of {count} feature is computed first",
        "the changed data are kept whole: {megabytes:.0f} MB, and the axes of {count} features are computed first",
        width,
        {"megabytes": megabytes},
    )


class Decorrelate(Preprocessing, tag="decorrelate", frozen=True):
    """(x - mean) @ U: the covariance of the training examples becomes diagonal."""

    label: ClassVar[str] = N_("decorrelate")
    help: ClassVar[str] = N_("Turns the data onto their principal axes; keeps the turned data whole in memory.")
    source: ClassVar[str] = "C1"
    rank: ClassVar[int] = 5

    def fit(self, features: NDArray[np.generic], image_shape: tuple[int, ...] | None = None) -> Transform:
        width = features.shape[1]
        mean = column_mean(features)
        _, directions = principal_components(features, mean)
        return Transform(mean, np.ones(width), directions, kept_note(directions.shape[1], width))

    def cost(self, examples: int, width: int) -> Message | None:
        return whole_cost(examples, width)
