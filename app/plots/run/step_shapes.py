"""Histograms of many layers in one item: filled, with or without an outline."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class StepShapes(pg.GraphicsObject):
    """Polygons in the data's coordinates; bars would be fifty items a layer, with seams between them."""

    def __init__(self) -> None:
        super().__init__()
        self._shapes: list[QPolygonF] = []
        self._corners: list[NDArray[np.float64]] = []
        self._brush = QBrush()
        self._pen: QPen | None = None
        self._bounds = QRectF()

    @property
    def corners(self) -> list[NDArray[np.float64]]:
        """The corners of each histogram, shape (n, 2)."""
        return self._corners

    def set_look(self, brush: QBrush, pen: QPen | None) -> None:
        """Fill with this brush, and draw the outline with this pen."""
        self._brush, self._pen = brush, pen
        self.update()

    def set_corners(self, corners: Sequence[NDArray[np.float64]]) -> None:
        """Draw these histograms."""
        self.prepareGeometryChange()
        self._corners = list(corners)
        self._shapes = []
        self._bounds = QRectF()
        for each in corners:
            shape = pg.functions.create_qpolygonf(len(each))
            pg.functions.ndarray_from_qpolygonf(shape)[:] = each
            self._shapes.append(shape)
            self._bounds = self._bounds.united(shape.boundingRect())
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setBrush(self._brush)
        painter.setPen(Qt.PenStyle.NoPen)
        for shape in self._shapes:
            painter.drawPolygon(shape)
        if self._pen is not None:
            painter.setPen(self._pen)
            for shape in self._shapes:
                painter.drawPolyline(shape)
