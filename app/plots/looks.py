"""Colour, mark and dashes that tell many curves of one plot apart, without colour too."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from app.plots.curve_plot import curve_pen
from app.plots.marks import CLASS_SHAPES
from app.theme import Tokens

_DASHES: Final = ((), (4.0, 1.6), (1.2, 1.4), (5.0, 1.4, 1.2, 1.4))
"""Solid, dashed, dotted, dash-dot, in widths of the pen."""


@dataclass(frozen=True)
class Look:
    """How the curve of one thing looks, wherever it is drawn; `index` counts the things."""

    index: int

    @property
    def shape(self) -> str:
        """The mark along the curve."""
        return CLASS_SHAPES[self.index % len(CLASS_SHAPES)]

    def colour(self, tokens: Tokens) -> str:
        """Return the colour in a theme."""
        return tokens.classes[self.index % len(tokens.classes)]

    def pen(self, tokens: Tokens, width: float) -> QPen:
        """Return the pen of the curve; its width is in pixels."""
        pen = curve_pen(self.colour(tokens), width)
        dashes = _DASHES[self.index % len(_DASHES)]
        if dashes:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(list(dashes))
        return pen
