"""A curve that does not measure itself, and which of its points are drawn and read."""

from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from app.plots.canvas.canvas import Canvas

THICK: Final = 3
"""Pixels of a curve."""
MOST_POINTS: Final = 150
"""A dashed curve must be one polyline, which is dear: half a millisecond here, twice that at 300 points."""


class Curve(pg.PlotCurveItem):
    """A curve on a canvas of fixed ranges; what leaves the view is cut off by the view box.

    Its bounds are those of the view. pyqtgraph would look through all points for them, and measure a pixel several
    times a frame to add half of one.
    """

    def __init__(self, canvas: Canvas, connect: str = "finite") -> None:
        super().__init__(antialias=False, connect=connect)
        self._canvas = canvas

    def boundingRect(self) -> QRectF:
        # the constructor of the item asks before there is a canvas
        return self._canvas.view if hasattr(self, "_canvas") else QRectF()


def add_curve(canvas: Canvas, depth: float, segmented: bool = True) -> Curve:
    """Return a new curve on the canvas; a dashed one must not be `segmented`."""
    curve = Curve(canvas)
    curve.setSegmentedLineMode("on" if segmented else "off")
    canvas.add(curve, depth)
    return curve


def thinned(count: int) -> NDArray[np.int64]:
    """Return the indices of at most `MOST_POINTS` of `count` points, evenly, with the first and the last."""
    if count <= MOST_POINTS:
        return np.arange(count)
    return np.linspace(0, count - 1, MOST_POINTS).round().astype(np.int64)


def nearest_index(x: NDArray[np.float64], wanted: float) -> int | None:
    """Return the index of the value of `x`, which grows, that is nearest to `wanted`."""
    if x.size == 0:
        return None
    after = int(np.searchsorted(x, wanted))
    if after == 0 or (after < x.size and x[after] - wanted < wanted - x[after - 1]):
        return after
    return after - 1


def last_finite(values: NDArray[np.float64]) -> int | None:
    """Return the index of the last finite value."""
    finite = np.flatnonzero(np.isfinite(values))
    return int(finite[-1]) if finite.size else None
