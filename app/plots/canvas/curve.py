"""A curve that does not measure itself."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from app.plots.canvas.canvas import Canvas


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
