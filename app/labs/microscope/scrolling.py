"""A drawing that scrolls where it needs more room than there is."""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QScrollArea, QWidget

from app.theme import Theme

AROUND = 170
"""Pixels to either side of a place that are brought into view with it."""


def scrolled(drawing: QWidget, name: str) -> QScrollArea:
    """Return a frameless area that scrolls `drawing`."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    # Qt paints the corner between two scroll bars by itself
    area.setStyleSheet("QAbstractScrollArea::corner { background: transparent; border: none; }")
    area.setAccessibleName(name)
    area.setWidget(drawing)
    return area


def show_around(area: QScrollArea, place: QPointF, theme: Theme) -> None:
    """Scroll to a place of the drawing."""
    point = place.toPoint()
    area.ensureVisible(point.x(), point.y(), theme.px(AROUND), theme.px(AROUND) // 2)
