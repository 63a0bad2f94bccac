"""The head of an arrow."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF


def paint_arrow(painter: QPainter, start: QPointF, tip: QPointF, colour: QColor, size: float) -> None:
    """Paint a head of this length at `tip`, coming from `start`; the painter's pen and brush are others afterwards."""
    away = tip - start
    length = max(1e-9, (away.x() ** 2 + away.y() ** 2) ** 0.5)
    along = away * (size / length)
    across = QPointF(-along.y(), along.x()) * 0.5
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, tip - along + across, tip - along - across]))
