"""How the curves of up to six layers are told apart: by colour, by dash, and by the name at the end."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from app.theme import Tokens

MOST_CURVES: Final = 6
"""Curves that can still be told apart; more layers are an image."""
_CLASSES: Final = (0, 1, 2, 3, 5, 6)
_DASHES: Final = (
    (),
    (3.0, 1.6),
    (0.9, 1.1),
    (3.2, 1.1, 0.9, 1.1),
    (6.0, 1.6),
    (3.2, 1.1, 0.9, 1.1, 0.9, 1.1),
)
"""Solid, long dashes, dots, dash and dot, very long dashes, dash and two dots: in widths of the pen."""
_INKS: Final = ("accent", "warn", "good")
"""Of words: marks may be paler than words."""


@dataclass(frozen=True)
class LayerLook:
    """The look of the curve at place `index` of those that are drawn."""

    index: int

    @property
    def is_dashed(self) -> bool:
        """Whether its curve must be one polyline: segments would lose the dashes."""
        return bool(_DASHES[self.index])

    def colour(self, tokens: Tokens) -> str:
        """Return the colour of the curve and of the mark at its end."""
        return tokens.classes[_CLASSES[self.index]]

    @property
    def ink(self) -> str:
        """The token of its words."""
        return _INKS[self.index] if self.index < len(_INKS) else "text"

    def pen(self, colour: QColor, width: float) -> QPen:
        """Return a pen of another colour with the dashes of this look; its width is in pixels whatever the zoom."""
        pen = QPen(colour, width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if self.is_dashed else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self.is_dashed:
            pen.setDashPattern(list(_DASHES[self.index]))
        return pen


LAYER_LOOKS: Final = tuple(LayerLook(index) for index in range(MOST_CURVES))
