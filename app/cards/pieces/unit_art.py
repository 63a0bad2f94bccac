"""What a unit looks for, drawn small: pixels as a picture, a plane as a half-plane, all else as bars."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from app.system.i18n import _
from app.theme import Tokens
from simulator.training import LEVELS, LayerUnits, RunFacts

PIXELS: Final = "pixels"
PLANE: Final = "plane"
BARS: Final = "bars"
Place = Callable[[float, float], QPointF]
"""From a place of the data to a pixel."""
_DOTS: Final = 90
"""Examples drawn of a plane: enough to see its shape."""
_DOT: Final = 1.1
_EDGE: Final = 0.08
"""Of the data's range, kept free on every side."""
_SHADE: Final = 0.3
_ARROW: Final = 0.28
"""Of the picture's side."""


@dataclass(frozen=True)
class ArtScale:
    """Colours alike on both sides of 0.

    Attributes
    ----------
    limit
        What the strongest colours stand for, with either sign.
    colours
        Of -limit, 0 and limit.
    words
        A sentence with {unit}, {low} and {high}.
    """

    limit: float
    colours: tuple[str, str, str]
    words: str


class Art(Protocol):
    """Draws the units of one layer."""

    def paint(self, painter: QPainter, room: QRectF, layer: LayerUnits, unit: int, tokens: Tokens, /) -> None:
        """Paint one unit into `room`."""

    def scale(self, layer: LayerUnits, unit: int, tokens: Tokens, /) -> ArtScale | None:
        """Return what the colours of a unit mean; None where there are none."""


@dataclass(frozen=True, eq=False)
class UnitArt:
    """How the units of one layer are drawn.

    Attributes
    ----------
    kind
        `PIXELS`, `PLANE` or `BARS`.
    shape
        Of a picture: (height, width) or (height, width, colours).
    points
        Of a plane: some examples, (n, 2), in the units of the data.
    extent
        Of a plane: (left, bottom, side) of the square that is drawn.
    """

    kind: str
    shape: tuple[int, ...] = ()
    points: NDArray[np.float64] | None = None
    extent: tuple[float, float, float] = (0.0, 0.0, 1.0)

    @classmethod
    def of(cls, layer: LayerUnits, facts: RunFacts) -> "UnitArt":
        """Return how the units of `layer` are drawn for the data of `facts`."""
        dataset = facts.dataset
        if layer.half_planes is not None and dataset.plane:
            features = np.asarray(dataset.features, np.float64)
            low, high = features.min(axis=0), features.max(axis=0)
            side = float(max(*(high - low), 1e-6)) * (1 + 2 * _EDGE)
            corner = (low + high - side) / 2
            extent = (float(corner[0]), float(corner[1]), side)
            return cls(PLANE, points=some_points(facts), extent=extent)
        if layer.straight and dataset.image_shape is not None and layer.low is not None:
            return cls(PIXELS, shape=dataset.image_shape)
        return cls(BARS)

    def scale(self, layer: LayerUnits, unit: int, tokens: Tokens) -> "ArtScale | None":
        """Return what the colours of a unit mean; None where there are none."""
        if self.kind == PLANE or layer.size is None or not layer.size[unit]:
            return None
        coloured = self.kind == PIXELS and len(self.shape) == 3
        words = _("Weights of unit {unit}, from {low} to {high}")
        return ArtScale(float(layer.size[unit]), scale_colours(tokens, coloured), words)

    def paint(self, painter: QPainter, room: QRectF, layer: LayerUnits, unit: int, tokens: Tokens) -> None:
        """Paint one unit into `room`."""
        painter.save()
        if self.kind == PLANE:
            self._paint_plane(painter, room, layer, unit, tokens)
        elif layer.low is None or layer.high is None:
            painter.fillRect(room, QColor(tokens.grid))
        elif self.kind == PIXELS:
            self._paint_pixels(painter, room, layer.low[unit], tokens)
        else:
            _paint_bars(painter, room, layer.low[unit], layer.high[unit], tokens)
        painter.restore()

    def _paint_pixels(self, painter: QPainter, room: QRectF, weights: NDArray[np.int8], tokens: Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        pieces = weights.shape[0]
        wide = room.width() / pieces
        for piece in range(pieces):
            pixels = np.ascontiguousarray(_colours(weights[piece].reshape(self.shape), tokens))
            height, width = pixels.shape[:2]
            image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            side = min(wide - (1 if pieces > 1 else 0), room.height())
            painter.drawImage(QRectF(room.left() + piece * wide, room.top(), side, side), image)

    def _paint_plane(self, painter: QPainter, room: QRectF, layer: LayerUnits, unit: int, tokens: Tokens) -> None:
        painter.setClipRect(room)
        painter.fillRect(room, QColor(tokens.card))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        assert layer.half_planes is not None
        west, south, reach = self.extent
        scale = room.width() / reach

        def place(x: float, y: float) -> QPointF:
            return QPointF(room.left() + (x - west) * scale, room.bottom() - (y - south) * scale)

        accent = QColor(tokens.accent)
        for a, b, c in layer.half_planes[unit].astype(float):
            steep = math.hypot(a, b)
            if not (math.isfinite(steep) and math.isfinite(c) and steep > 0):
                continue
            side = clipped(self.extent, a, b, c)
            shade = QColor(accent)
            shade.setAlphaF(_SHADE / len(layer.half_planes[unit]) ** 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawPolygon(QPolygonF([place(corner.x(), corner.y()) for corner in side]))
        assert self.points is not None
        paint_dots(painter, self.points, place, tokens)
        for a, b, c in layer.half_planes[unit].astype(float):
            steep = math.hypot(a, b)
            if math.isfinite(steep) and math.isfinite(c) and steep > 0:
                self._paint_line(painter, room, place, (a / steep, b / steep, c / steep), accent)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_line(
        self, painter: QPainter, room: QRectF, place: Place, line: tuple[float, float, float], colour: QColor
    ) -> None:
        """Paint a x + b y + c = 0, and an arrow to the side where the unit is given more than 0."""
        a, b, c = line
        west, south, reach = self.extent
        x, y = west + reach / 2, south + reach / 2
        away = a * x + b * y + c
        foot = QPointF(x - away * a, y - away * b)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(
            place(foot.x() - b * reach, foot.y() + a * reach), place(foot.x() + b * reach, foot.y() - a * reach)
        )
        start = place(foot.x(), foot.y())
        if room.contains(start):
            length = _ARROW * room.width()
            tip = QPointF(start.x() + a * length, start.y() - b * length)
            painter.drawLine(start, tip)
            for turn in (2.6, -2.6):
                cos, sin = math.cos(turn), math.sin(turn)
                wing = QPointF(a * cos + b * sin, -(b * cos - a * sin))
                painter.drawLine(tip, tip + wing * (0.45 * length))


def clipped(extent: tuple[float, float, float], a: float, b: float, c: float) -> list[QPointF]:
    """Return the corners of the part of the square (left, bottom, side) where a x + b y + c > 0."""
    west, south, side = extent
    corners = [
        QPointF(west, south),
        QPointF(west + side, south),
        QPointF(west + side, south + side),
        QPointF(west, south + side),
    ]
    found = []
    for index, corner in enumerate(corners):
        other = corners[(index + 1) % 4]
        here, there = (a * point.x() + b * point.y() + c for point in (corner, other))
        if here > 0:
            found.append(corner)
        if (here > 0) != (there > 0):
            found.append(corner + (other - corner) * (here / (here - there)))
    return found


def _colours(weights: NDArray[np.int8], tokens: Tokens) -> NDArray[np.uint8]:
    """Return (height, width, 3): colours of a picture as colours round grey, else raising against lowering."""
    share = weights.astype(np.float32) / LEVELS
    if share.ndim == 3:
        return np.rint(127.5 + 127.5 * share).astype(np.uint8)
    return shaded(share, tokens)


def shaded(shares: NDArray[np.floating], tokens: Tokens) -> NDArray[np.uint8]:
    """Return the colours (..., 3) of shares from -1 to 1 of what the scale's ends stand for."""
    lowering, card, raising = (_rgb(colour) for colour in scale_colours(tokens, coloured=False))
    strength = np.abs(shares)[..., None]
    colour = np.where(shares[..., None] > 0, raising, lowering)
    mixed: NDArray[np.uint8] = np.rint(card + strength * (colour - card)).astype(np.uint8)
    return mixed


def some_points(facts: RunFacts) -> NDArray[np.float64]:
    """Return a few examples of the plane."""
    features = facts.dataset.features
    # not every n-th one: examples may stand in the file class by class
    some = np.random.default_rng(0).permutation(features.shape[0])[:_DOTS]
    return np.asarray(features[some], np.float64)


def paint_dots(painter: QPainter, points: NDArray[np.float64], place: Place, tokens: Tokens) -> None:
    """Paint examples; one call for all: an ellipse each is dearer."""
    painter.setPen(QPen(QColor(tokens.muted), 2 * _DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(QPolygonF([place(float(x), float(y)) for x, y in points]))


def scale_colours(tokens: Tokens, coloured: bool) -> tuple[str, str, str]:
    """Return the colours of the largest lowering weight, of 0, and of the largest raising one."""
    if coloured:
        # each of red, green and blue by itself: together they are grey
        return "#000000", "#808080", "#FFFFFF"
    return tokens.lanes[1], tokens.card, tokens.accent


def _paint_bars(painter: QPainter, room: QRectF, low: NDArray[np.int8], high: NDArray[np.int8], tokens: Tokens) -> None:
    """Paint a bar a weight, up for what raises the unit and down for what lowers it."""
    lowest, highest = low.ravel().astype(float) / LEVELS, high.ravel().astype(float) / LEVELS
    middle, half = room.center().y(), room.height() / 2
    wide = room.width() / max(1, lowest.size)
    gap = 1.0 if wide >= 4 else 0.0
    raising, lowering = QColor(tokens.accent), QColor(tokens.lanes[1])
    for index in range(lowest.size):
        left = room.left() + index * wide
        up, down = max(highest[index], 0.0), min(lowest[index], 0.0)
        painter.fillRect(QRectF(left, middle - up * half, wide - gap, up * half), raising)
        painter.fillRect(QRectF(left, middle, wide - gap, -down * half), lowering)
    painter.setPen(QPen(QColor(tokens.edge), 1))
    painter.drawLine(QPointF(room.left(), middle), QPointF(room.right(), middle))


def _rgb(colour: str) -> NDArray[np.float32]:
    made = QColor(colour)
    return np.array([made.red(), made.green(), made.blue()], np.float32)
