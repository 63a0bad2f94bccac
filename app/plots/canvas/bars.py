"""Many bars in one item."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF


class Bars(pg.BarGraphItem):
    """Bars without outlines, empty at first; their data come by `setOpts`.

    Without a pen the bounds are those of the data: pyqtgraph would measure a pixel several times a frame to add half of
    one.
    """

    def __init__(self) -> None:
        super().__init__(x0=[], width=1.0, height=[], pen=None, brush="w")

    def boundingRect(self) -> QRectF:
        (left, right), (low, high) = self._dataBounds
        return QRectF() if left is None or low is None else QRectF(left, low, right - left, high - low)
