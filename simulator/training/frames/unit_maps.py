"""What the units of a network put out over the plane of two-dimensional data. All arrays are read-only."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_UNITS: Final = 64
"""Units of a layer that have a map."""


@dataclass(frozen=True, eq=False)
class LayerMaps:
    """Maps of one card or of the output layer, in evaluation mode; row 0 is the lowest y.

    Attributes
    ----------
    outputs
        int8, shape (units, rows, columns): output in parts of `size` / `LEVELS`; at most `MOST_UNITS` units.
    size
        float32, shape (units,): the largest output's size on the map.
    given
        int8, the same shape: what the activation is given, in parts of its own largest size; its zero is the unit's
        border. None for a layer without an activation.
    """

    outputs: NDArray[np.int8]
    size: NDArray[np.float32]
    given: NDArray[np.int8] | None


@dataclass(frozen=True, eq=False)
class UnitMaps:
    """Maps of every layer, as `Frame.layers` counts them: None where no unit was asked for, as of the input.

    `extent` is (left, bottom, side) of the square that they cover, in the units of the raw data.
    """

    layers: tuple[LayerMaps | None, ...]
    extent: tuple[float, float, float]
