"""The area between two curves."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class GapItem(pg.GraphicsObject):
    """The area between two curves, as one polygon (two filled curves were twenty times dearer)."""

    def __init__(self) -> None:
        super().__init__()
        self._polygon = QPolygonF()
        self._colour = QColor()

    @property
    def polygon(self) -> QPolygonF:
        """There along the upper curve and back along the other."""
        return self._polygon

    def set_colour(self, colour: QColor) -> None:
        """Fill with this colour."""
        self._colour = colour
        self.update()

    def set_data(self, x: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]) -> None:
        """Span the area between the curves `one` and `other`; points that are not finite are left out."""
        fine = np.isfinite(one) & np.isfinite(other)
        across = np.concatenate([x[fine], x[fine][::-1]])
        up = np.concatenate([one[fine], other[fine][::-1]])
        self.prepareGeometryChange()
        self._polygon = pg.functions.create_qpolygonf(across.size)
        if across.size:
            pg.functions.ndarray_from_qpolygonf(self._polygon)[:] = np.stack([across, up], axis=1)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._polygon.boundingRect()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawPolygon(self._polygon)


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return the colour that `colour` has over `ground` with opacity `share`."""
    return QColor(
        round(share * colour.red() + (1 - share) * ground.red()),
        round(share * colour.green() + (1 - share) * ground.green()),
        round(share * colour.blue() + (1 - share) * ground.blue()),
    )
