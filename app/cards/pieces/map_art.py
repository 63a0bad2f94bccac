"""What a unit puts out over the plane, drawn small, with the border where its activation bends."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.cards.pieces.unit_art import ArtScale, paint_dots, scale_colours, shaded
from app.look.contour import level_segments
from app.system.i18n import _
from app.theme import Tokens
from simulator.training import LEVELS, LayerMaps, LayerUnits

_BORDER = 1.6
"""Pixels of the line."""


@dataclass(frozen=True, eq=False)
class MapArt:
    """The units of one layer by their maps.

    Attributes
    ----------
    points
        Some examples, (n, 2), in the units of the data.
    extent
        (left, bottom, side) of the square.
    """

    maps: LayerMaps
    points: NDArray[np.float64]
    extent: tuple[float, float, float]

    def paint(self, painter: QPainter, room: QRectF, _layer: LayerUnits, unit: int, tokens: Tokens) -> None:
        """Paint one unit into `room`; without a map it is an empty square."""
        painter.save()
        painter.setClipRect(room)
        if unit >= len(self.maps.outputs):
            painter.fillRect(room, QColor(tokens.grid))
        else:
            self._paint_map(painter, room, unit, tokens)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.restore()

    def scale(self, _layer: LayerUnits, unit: int, tokens: Tokens) -> ArtScale | None:
        """Return what the colours of a unit mean."""
        if unit >= len(self.maps.size) or not self.maps.size[unit]:
            return None
        words = _("Output of unit {unit} over the plane, from {low} to {high}")
        return ArtScale(float(self.maps.size[unit]), scale_colours(tokens, coloured=False), words)

    def _paint_map(self, painter: QPainter, room: QRectF, unit: int, tokens: Tokens) -> None:
        values = self.maps.outputs[unit, ::-1]
        pixels = np.ascontiguousarray(shaded(values.astype(np.float32) / LEVELS, tokens))
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(room, image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        left, bottom, side = self.extent

        def place(x: float, y: float) -> QPointF:
            return QPointF(
                room.left() + (x - left) / side * room.width(), room.bottom() - (y - bottom) / side * room.height()
            )

        paint_dots(painter, self.points, place, tokens)
        if self.maps.given is not None:
            self._paint_border(painter, room, self.maps.given[unit], tokens)

    def _paint_border(self, painter: QPainter, room: QRectF, given: NDArray[np.int8], tokens: Tokens) -> None:
        across, down = room.width() / given.shape[1], room.height() / given.shape[0]
        painter.setPen(QPen(QColor(tokens.text), _BORDER))
        painter.drawLines(
            [
                QLineF(
                    room.left() + (start[0] + 0.5) * across,
                    room.bottom() - (start[1] + 0.5) * down,
                    room.left() + (end[0] + 0.5) * across,
                    room.bottom() - (end[1] + 0.5) * down,
                )
                for start, end in level_segments(given.astype(np.float64), 0.0).tolist()
            ]
        )
