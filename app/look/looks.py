"""Colour, mark and dashes that tell many things of one lab apart in all its plots, without colour too."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPen

from app.look.layer_looks import LAYER_LOOKS
from app.look.marks import CLASS_SHAPES
from app.theme import Tokens


@dataclass(frozen=True)
class Look:
    """How one thing looks; `index` counts the things."""

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
        return LAYER_LOOKS[self.index % len(LAYER_LOOKS)].pen(QColor(self.colour(tokens)), width)
