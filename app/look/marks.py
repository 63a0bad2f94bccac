"""The shapes of marks, shared by plots and legends, so that colour is never the only cue."""

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

SWATCH: Final = "swatch"
LINE: Final = "line"
DASHES: Final = "dashes"
DOTS: Final = "dots"
DOTS_AND_DASHES: Final = "dots and dashes"
CIRCLE: Final = "circle"
TRIANGLE: Final = "triangle"
SQUARE: Final = "square"
DIAMOND: Final = "diamond"

CLASS_SHAPES: Final = (
    CIRCLE,
    TRIANGLE,
    SQUARE,
    DIAMOND,
    "triangle down",
    "pentagon",
    "star",
    "cross",
    "plus",
    "hexagon",
)
"""One a class, in the order of the classes."""

_CORNERS: Final = {
    TRIANGLE: (3, 0.0, 0.60),
    "triangle down": (3, 180.0, 0.60),
    DIAMOND: (4, 0.0, 0.56),
    "pentagon": (5, 0.0, 0.52),
    "hexagon": (6, 0.0, 0.50),
}
"""Corners, turn in degrees, radius: sizes that look alike."""


@dataclass(frozen=True)
class LegendEntry:
    """A line of a legend.

    Attributes
    ----------
    key
        What the plot calls the thing.
    text
        What the reader calls it.
    shape
        `SWATCH`, `LINE`, `DASHES`, `DOTS`, `DOTS_AND_DASHES` or a mark.
    colour
        The name of a token, or ``#RRGGBB``.
    hollow
        The mark is an outline.
    tip
        What a click does, where it is not enough to say that it hides.
    """

    key: str
    text: str
    shape: str
    colour: str
    hollow: bool = False
    tip: str = ""


def mark_path(shape: str) -> QPainterPath:
    """Return the outline of a mark about the origin, in a square of side 1; y grows downwards."""
    path = QPainterPath()
    if shape == CIRCLE:
        path.addEllipse(QRectF(-0.45, -0.45, 0.9, 0.9))
    elif shape == SQUARE:
        path.addRect(QRectF(-0.42, -0.42, 0.84, 0.84))
    elif shape in _CORNERS:
        corners, turn, radius = _CORNERS[shape]
        # a triangle about its centre of gravity would stand too high
        shift = {TRIANGLE: 0.12, "triangle down": -0.12}.get(shape, 0.0)
        path.addPolygon(_polygon([radius] * corners, turn, shift))
    elif shape == "star":
        path.addPolygon(_polygon([0.55, 0.23] * 5, 0.0, 0.03))
    elif shape in ("cross", "plus"):
        path.addPolygon(_plus(45.0 if shape == "cross" else 0.0))
    else:
        raise ValueError(f"There is no mark of shape {shape!r}.")
    path.closeSubpath()
    return path


def _polygon(radii: list[float], turn: float, shift: float) -> QPolygonF:
    """Return corners at equal angles, the first one on top."""
    points = []
    for index, radius in enumerate(radii):
        angle = math.radians(turn + 360.0 * index / len(radii))
        points.append(QPointF(radius * math.sin(angle), shift - radius * math.cos(angle)))
    return QPolygonF(points)


def _plus(turn: float) -> QPolygonF:
    arm, half = 0.52, 0.17
    outline = [
        (-half, -arm),
        (half, -arm),
        (half, -half),
        (arm, -half),
        (arm, half),
        (half, half),
        (half, arm),
        (-half, arm),
        (-half, half),
        (-arm, half),
        (-arm, -half),
        (-half, -half),
    ]
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    return QPolygonF([QPointF(x * cosine - y * sine, x * sine + y * cosine) for x, y in outline])
