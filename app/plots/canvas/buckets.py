"""Recorded frames summed up for drawing: they come at any distance, and often more of them than pixels."""

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]


def summed_up(step: NDArray[np.int64], values: Real, most: int) -> tuple[Real, Real, Real, Real]:
    """Return (step, mean, low, high) of at most `most` stretches of equal length.

    Parameters
    ----------
    step, values
        Shapes (k,), growing, and (k, n); NaN is left out of means and bounds, and is what a stretch without a number
        has.

    Returns
    -------
    tuple
        Last steps (m,), and three arrays (m, n); with `most` frames or fewer, the frames themselves.
    """
    if step.size <= most:
        return step.astype(float), values, values, values
    stretch = (step - step[0]) * most // (step[-1] - step[0] + 1)
    starts = np.flatnonzero(np.diff(stretch, prepend=-1))
    finite = np.isfinite(values)
    count = np.add.reduceat(finite, starts, axis=0, dtype=np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.add.reduceat(np.where(finite, values, 0.0), starts, axis=0) / count
    low = np.minimum.reduceat(np.where(finite, values, np.inf), starts, axis=0)
    high = np.maximum.reduceat(np.where(finite, values, -np.inf), starts, axis=0)
    low[count == 0] = high[count == 0] = np.nan
    last = step[np.append(starts[1:], step.size) - 1].astype(float)
    return last, mean, low, high


def columns(step: NDArray[np.int64], values: Real, most: int, first: int = 0) -> Real:
    """Return (m, n): the means of `most` columns that part the steps from `first` on; fewer where steps are fewer.

    A column without a frame shows what the column before it shows: a frame stands until the next one.
    """
    last = max(int(step[-1]), first)
    number = max(1, min(most, last - first))
    # the newest frame before the first column still stands there
    place = np.clip((step - first) * number // max(last - first, 1), -1, number - 1)
    starts = np.flatnonzero(np.diff(place, prepend=-2))
    finite = np.isfinite(values)
    count = np.add.reduceat(finite, starts, axis=0, dtype=np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.add.reduceat(np.where(finite, values, 0.0), starts, axis=0) / count
    if place[0] == -1:
        mean[0] = values[np.flatnonzero(place == -1)[-1]]
    filled = np.searchsorted(place[starts], np.arange(number), side="right") - 1
    shown: Real = np.where(filled[:, None] >= 0, mean[np.maximum(filled, 0)], np.nan)
    return shown
