"""Marks with a seam round them, which parts them from the curve that they lie on."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.marks import mark_path


def paint_mark(
    painter: QPainter, shape: str, at: QPointF, size: float, colour: QColor, ground: QColor, seam: float = 3
) -> None:
    """Paint a mark `size` pixels large at a place; the seam has the ground's colour and is `seam` pixels wide."""
    pen = QPen(ground, seam)
    pen.setCosmetic(True)
    path = mark_path(shape)
    painter.save()
    painter.translate(at)
    painter.scale(size, size)
    painter.strokePath(path, pen)
    painter.fillPath(path, colour)
    painter.restore()
