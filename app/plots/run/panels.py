"""Where the small plots of layers stand on one sheet, and how far the axis of each reaches. No Qt."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.look.ticks import CoarseTop
from simulator.training import BINS, Histogram

ASPECT: Final = 2.2
"""Width against height of a panel that looks best."""
BEYOND: Final = 0.0025
"""Of the values may lie beyond an end of the axis: they are in the last bin."""

LEAST_BINS: Final = 6
"""An axis has so many bins at least on each side of 0 where there are values."""

Real = NDArray[np.float64]


class Panel(NamedTuple):
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float


def panels(count: int, width: float, height: float, gap: float, rows: int = 0, least: float = 0.0) -> list[Panel]:
    """Return the places of `count` panels, in `rows` or in as many as look best and are not lower than `least`."""
    count = max(1, count)
    if not rows:
        most = max(1, min(count, int((height + gap) // (least + gap)))) if least else count
        filled = [tried for tried in range(1, most + 1) if math.ceil(count / math.ceil(count / tried)) == tried]
        rows = min(filled, key=lambda tried: _ugliness(count, width, height, gap, tried))
    columns = math.ceil(count / rows)
    gap = min(gap, 0.2 * width / columns)
    wide = (width - gap * (columns - 1)) / columns
    high = (height - gap * (rows - 1)) / rows
    places = [divmod(index, columns) for index in range(count)]
    return [Panel(column * (wide + gap), row * (high + gap), wide, high) for row, column in places]


def _ugliness(count: int, width: float, height: float, gap: float, rows: int) -> float:
    columns = math.ceil(count / rows)
    wide, high = (width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows
    return abs(math.log(wide / high / ASPECT)) if wide > 0 and high > 0 else math.inf


class Reach:
    """The ends of one layer's axis: round numbers that move in coarse jumps, 0 where no value lies on that side."""

    def __init__(self) -> None:
        self._low, self._high = CoarseTop(), CoarseTop()

    def fit(self, histograms: Sequence[Histogram]) -> tuple[float, float]:
        """Return the ends for all histograms that are drawn over each other."""
        found = [ends_of(histogram) for histogram in histograms]
        low, high = min(low for low, _high in found), max(high for _low, high in found)
        if low == high == 0:
            return 0.0, 1.0
        # all values in one or two bins are a peak, not a plateau
        least = LEAST_BINS * 2 * histograms[0].limit / BINS
        low, high = min(low, -least if low < 0 else 0.0), max(high, least if high > 0 else 0.0)
        return (-self._low.fit(-low) if low < 0 else 0.0), (self._high.fit(high) if high > 0 else 0.0)


def ends_of(histogram: Histogram) -> tuple[float, float]:
    """Return edges of bins between which nearly all values lie; 0 is always between them."""
    counts = histogram.counts.astype(np.float64)
    counted = counts.sum() + histogram.below + histogram.above
    if not counted:
        return 0.0, 0.0
    edges = edges_of(histogram)
    from_left = (np.cumsum(counts) + histogram.below) / counted
    from_right = (np.cumsum(counts[::-1])[::-1] + histogram.above) / counted
    first = int(np.argmax(from_left > BEYOND))
    last = BINS - 1 - int(np.argmax(from_right[::-1] > BEYOND))
    return min(0.0, float(edges[first])), max(0.0, float(edges[last + 1]))


def edges_of(histogram: Histogram) -> Real:
    """Return the edges of the bins, shape (BINS + 1,)."""
    return np.linspace(-histogram.limit, histogram.limit, BINS + 1)


def steps(histogram: Histogram, low: float, high: float) -> tuple[Real, Real]:
    """Return edges (k + 1,) and heights (k,) up to 1 between two ends; what lies beyond is in the last bins."""
    edges, counts = edges_of(histogram), histogram.counts.astype(np.float64)
    within = (edges[1:] > low) & (edges[:-1] < high)
    if not within.any():
        return np.array([low, high]), np.zeros(1)
    first, last = np.flatnonzero(within)[[0, -1]]
    heights = counts[first : last + 1].copy()
    heights[0] += counts[:first].sum() + histogram.below
    heights[-1] += counts[last + 1 :].sum() + histogram.above
    shown, heights = np.clip(edges[first : last + 2], low, high), heights / max(heights.max(), 1.0)
    if shown[0] > low:
        shown, heights = np.append(low, shown), np.append(0.0, heights)
    if shown[-1] < high:
        shown, heights = np.append(shown, high), np.append(heights, 0.0)
    return shown, heights


def outline(panel: Panel, edges: Real, heights: Real, low: float, high: float) -> Real:
    """Return the corners of a histogram as drawn in a panel, shape (2 k + 2, 2), with y upwards from its foot."""
    across = panel.x + (np.repeat(edges, 2) - low) / (high - low) * panel.width
    up = np.concatenate([[0.0], np.repeat(heights, 2), [0.0]]) * panel.height
    return np.stack([across, up], axis=1)
