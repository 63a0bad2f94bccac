"""Short curves with a mark at each point."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.look.seam import paint_mark
from app.plots.canvas.canvas import Canvas


@dataclass(frozen=True)
class MarkedCurve:
    """A curve in the data's coordinates; points that are not finite are left out.

    Attributes
    ----------
    look
        Which of the item's looks it has.
    """

    look: int
    x: NDArray[np.float64]
    y: NDArray[np.float64]


class MarkedCurvesItem(pg.GraphicsObject):
    """All curves in one item: each curve and each scatter of pyqtgraph's costs half a millisecond a frame."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._pens: list[QPen] = []
        self._marks: list[QPixmap] = []
        self._curves: tuple[MarkedCurve, ...] = ()
        self._lines: list[tuple[int, QPolygonF]] = []
        self.antialias = False

    @property
    def curves(self) -> tuple[MarkedCurve, ...]:
        """What is drawn."""
        return self._curves

    @property
    def pens(self) -> tuple[QPen, ...]:
        """The pen of each look."""
        return tuple(self._pens)

    def set_looks(self, pens: Sequence[QPen], shapes: Sequence[str], ground: str, size: int) -> None:
        """Choose pens and the shapes of marks; a seam in the colour `ground` parts a mark from its curve."""
        self._pens = list(pens)
        ratio = self._canvas.devicePixelRatioF()
        self._marks = [_drawn(shape, pen.color(), ground, size, ratio) for shape, pen in zip(shapes, pens, strict=True)]
        self.update()

    def set_curves(self, curves: Sequence[MarkedCurve]) -> None:
        """Draw these curves."""
        self._curves = tuple(curves)
        self._lines = []
        for curve in curves:
            good = np.isfinite(curve.x) & np.isfinite(curve.y)
            for run in np.split(np.arange(good.size), np.flatnonzero(~good)):
                points = [QPointF(curve.x[index], curve.y[index]) for index in run if good[index]]
                if points:
                    self._lines.append((curve.look, QPolygonF(points)))
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._canvas.view

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self.antialias)
        for look, line in self._lines:
            painter.setPen(self._pens[look])
            painter.drawPolyline(line)
        pixels = painter.worldTransform()
        painter.resetTransform()
        for look, line in self._lines:
            mark = self._marks[look]
            half = mark.width() / mark.devicePixelRatio() / 2
            for point in pixels.map(line).toList():
                painter.drawPixmap(QPointF(point.x() - half, point.y() - half), mark)


def _drawn(shape: str, colour: QColor, ground: str, size: int, ratio: float) -> QPixmap:
    """Return a mark as a picture with a seam round it."""
    side = size + 4
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, shape, QPointF(side / 2, side / 2), size, colour, QColor(ground), seam=2)
    painter.end()
    return picture
