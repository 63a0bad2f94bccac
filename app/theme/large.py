"""The theme as a plot wears it that has the window for itself: read from the last row of a hall."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QFont

from app.theme.fonts import TYPE, make_font, scaled
from app.theme.theme import Theme
from app.theme.tokens import Tokens

FACTOR: Final = 1.5
"""On marks, gaps, widths of curves, and type that `SIZES` does not name."""
SIZES: Final = MappingProxyType({"title": 32, "curve_end": 24, "tick": 20, "control": 20})
"""Pixels of a type style at text scale 1."""


class PaperTheme(Theme):
    """Light colours on white, whatever the window wears: what is taken away goes into documents."""

    def __init__(self, text_scale: float, stroke: float = 1.0) -> None:
        super().__init__("light", text_scale)
        self._stroke = stroke

    @property
    def stroke(self) -> float:
        return self._stroke


class LargeTheme(Theme):
    """The colours and the text scale of another theme, as they are now, in large type and on the window's ground."""

    def __init__(self, of: Theme) -> None:
        super().__init__("dark" if of.is_dark else "light", of.text_scale)
        self._stroke = FACTOR * of.stroke
        on_paper = isinstance(of, PaperTheme)
        self._tokens = of.tokens if on_paper else replace(of.tokens, card=of.tokens.bg)

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def stroke(self) -> float:
        return self._stroke

    @property
    def is_large(self) -> bool:
        return True

    def font(self, style: str) -> QFont:
        font = make_font(style, self.text_scale)
        size = SIZES.get(style, FACTOR * TYPE[style].size)
        font.setPixelSize(scaled(size, self.text_scale))
        return font

    def px(self, pixels: float) -> int:
        return super().px(FACTOR * pixels)
