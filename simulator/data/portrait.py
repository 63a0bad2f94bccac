"""What can be seen of a table's columns before any training: their sizes, and those that do not vary."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.preprocessing.base import Transform

NEARLY: Final = 1e-5
"""A column that varies by less than this part of its size holds rounding more than numbers (32 bits have 6e-8)."""


@dataclass(frozen=True, eq=False)
class Portrait:
    """The columns of a table; pictures have none that mean something by themselves.

    Attributes
    ----------
    examples
        How many training examples `mean`, `spread`, `size` and `scatter` were measured on.
    mean, spread
        Of every raw column, float64, shape (features,).
    size, scatter
        Root of the mean square, and spread, of what goes into the network, float64, shape (inputs,).
    mixed
        Whether preprocessing mixes the columns: then inputs are no columns any more.
    constant
        Columns that hold one number, or next to one, in all training examples.
    """

    examples: int
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    size: NDArray[np.float64]
    scatter: NDArray[np.float64]
    mixed: bool
    constant: tuple[int, ...]


def portrait(
    dataset: Dataset, training: NDArray[np.int64], sample: NDArray[np.int64], transform: Transform
) -> Portrait | None:
    """Return the portrait of a table; None for pictures.

    Parameters
    ----------
    training, sample
        Indices of the training examples, and of those to measure.
    """
    features = dataset.features
    if dataset.image_shape is not None or features.dtype == np.uint8:
        return None
    raw = features[sample].astype(np.float64)
    mean, spread = raw.mean(axis=0), raw.std(axis=0)
    still = [int(at) for at in np.flatnonzero(spread <= NEARLY * np.abs(mean))]
    seen = transform.apply(features[sample]).astype(np.float64)
    return Portrait(
        examples=int(sample.size),
        mean=mean,
        spread=spread,
        size=np.sqrt(np.square(seen).mean(axis=0)),
        scatter=seen.std(axis=0),
        mixed=transform.matrix is not None,
        constant=tuple(at for at in still if _is_still(features[training, at])),
    )


def _is_still(column: NDArray[Any]) -> bool:
    values = column.astype(np.float64)
    return bool(values.std() <= NEARLY * abs(values.mean()))
