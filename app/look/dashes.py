"""One table of dashes, word colours and pens: what tells curves apart in every plot and legend, without colour too."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

DASHES: Final = (
    (),
    (3.0, 1.6),
    (0.9, 1.1),
    (3.2, 1.1, 0.9, 1.1),
    (6.0, 1.6),
    (3.2, 1.1, 0.9, 1.1, 0.9, 1.1),
)
"""Solid, long dashes, dots, dash and dot, very long dashes, dash and two dots: in widths of the pen."""
DASHED: Final = 1
"""The index of long dashes: a second curve of the same thing."""
RULE_DASHES: Final = (1.5, 2.5)
"""Of thin rules that mark a place."""
SAMPLES: Final = {"line": (), "dashes": (1.6, 1.0), "dots": (0.8, 0.8), "dots and dashes": (1.7, 0.7, 0.7, 0.7)}
"""Of the short sample beside a legend's words, by its shape."""
INKS: Final = ("accent", "warn", "good")
"""Tokens of words for the first three: marks may be paler than words."""


def curve_pen(colour: str | QColor, width: float, dash: int = 0) -> QPen:
    """Return the pen of a curve with dashes of the table; its width is in pixels whatever the zoom."""
    dashes = DASHES[dash]
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen
