"""How the curves of up to six layers are told apart: by colour, by dash, and by the name at the end."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QPen

from app.look.dashes import DASHES, INKS, curve_pen
from app.theme import Tokens

MOST_CURVES: Final = 6
"""Curves that can still be told apart; more layers are an image."""
_CLASSES: Final = (0, 1, 2, 3, 5, 6)


@dataclass(frozen=True)
class LayerLook:
    """The look of the curve at place `index` of those that are drawn."""

    index: int

    @property
    def is_dashed(self) -> bool:
        """Whether its curve must be one polyline: segments would lose the dashes."""
        return bool(DASHES[self.index])

    def colour(self, tokens: Tokens) -> str:
        """Return the colour of the curve and of the mark at its end."""
        return tokens.classes[_CLASSES[self.index]]

    @property
    def ink(self) -> str:
        """The token of its words."""
        return INKS[self.index] if self.index < len(INKS) else "text"

    def pen(self, colour: QColor, width: float) -> QPen:
        """Return a pen of another colour with the dashes of this look; its width is in pixels whatever the zoom."""
        return curve_pen(colour, width, self.index)


LAYER_LOOKS: Final = tuple(LayerLook(index) for index in range(MOST_CURVES))
