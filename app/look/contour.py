"""Lines of one value through a table of numbers."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_TRIANGLES: Final = (((0, 0), (0, 1), (1, 0)), ((1, 1), (1, 0), (0, 1)))
"""The two triangles of a cell, as (row, column) of their corners: in a triangle a line cannot be ambiguous."""


def level_segments(values: NDArray[np.floating], level: float) -> NDArray[np.float64]:
    """Return the straight pieces of the line where `values`, linear in every triangle, are `level`.

    Parameters
    ----------
    values
        Shape (rows, columns), both at least 2. Where a corner is not finite there is no line.

    Returns
    -------
    numpy.ndarray
        Shape (n, 2, 2): two ends (column, row) each, in places between the numbers.
    """
    heights = np.asarray(values, np.float64) - level
    rows, columns = heights.shape
    row, column = np.mgrid[: rows - 1, : columns - 1]
    pieces = []
    for corners in _TRIANGLES:
        at = np.stack([heights[row + down, column + across].ravel() for down, across in corners])
        places = np.stack([np.stack([(column + a).ravel(), (row + d).ravel()], axis=1) for d, a in corners])
        above = at > 0
        crossed = np.isfinite(at).all(axis=0) & (above.any(axis=0) & ~above.all(axis=0))
        at, places, above = at[:, crossed], places[:, crossed].astype(np.float64), above[:, crossed]
        # the corner that is alone on its side has the line on both of its edges
        lone = np.where(above.sum(axis=0) == 1, above.argmax(axis=0), (~above).argmax(axis=0))
        each = np.arange(lone.size)
        start, high = places[lone, each], at[lone, each]
        ends = []
        for step in (1, 2):
            other = (lone + step) % 3
            share = high / (high - at[other, each])
            ends.append(start + share[:, None] * (places[other, each] - start))
        pieces.append(np.stack(ends, axis=1))
    return np.concatenate(pieces)
