"""Fonts, widths and colours of the theme in force, looked up once: frames write the same words again and again."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QStaticText

from app.theme import Theme

GROUND: Final = 5
"""Pixels that the ground of words is higher than they are."""
MOST_KEPT: Final = 2000
"""Words remembered: measuring one costs as much as painting it, and most come again."""


class Ink:
    """What a canvas writes with."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._fonts: dict[str, tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[str, str], float] = {}
        self._written: dict[tuple[str, str], QStaticText] = {}
        self._colours: dict[str, QColor] = {}

    def font(self, style: str) -> QFont:
        """Return a type style of the theme; "strong tick" is a tick in semi-bold."""
        return self._entry(style)[0]

    def width(self, text: str, style: str = "tick") -> float:
        """Return the pixels that a text takes."""
        key = (style, text)
        if key not in self._widths:
            if len(self._widths) >= MOST_KEPT:
                self._widths.clear()
            self._widths[key] = self._entry(style)[1].horizontalAdvance(text)
        return self._widths[key]

    def written(self, text: str, style: str) -> QStaticText:
        """Return a text laid out for painting: four times faster than laying it out each time."""
        key = (style, text)
        if key not in self._written:
            if len(self._written) >= MOST_KEPT:
                self._written.clear()
            made = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            made.prepare(font=self.font(style))
            self._written[key] = made
        return self._written[key]

    def height(self, style: str = "tick") -> float:
        """Return the pixels from line to line."""
        return self._entry(style)[1].height()

    def line(self, style: str = "tick") -> float:
        """Return the pixels from line to line where words have a ground of their own."""
        return self.height(style) + GROUND

    def elided(self, text: str, width: float, style: str = "tick") -> str:
        """Return the text, cut with an ellipsis if it is wider than `width`."""
        return self._entry(style)[1].elidedText(text, Qt.TextElideMode.ElideRight, width)

    def colour(self, name: str) -> QColor:
        """Return a token's colour by its name, or the colour ``#RRGGBB`` itself."""
        if name not in self._colours:
            self._colours[name] = QColor(name if name.startswith("#") else getattr(self._theme.tokens, name))
        return self._colours[name]

    def px(self, pixels: float) -> int:
        """Return a length at the present text scale."""
        return self._theme.px(pixels)

    def stroke(self, width: float) -> float:
        """Return the width of a curve: wider where type is large."""
        return width * self._theme.stroke

    @property
    def is_large(self) -> bool:
        """Whether it writes for the last row: a plot has the window for itself."""
        return self._theme.is_large

    def wear(self, theme: Theme) -> None:
        """Write in another theme, or in one that has changed."""
        self._theme = theme
        self.forget()

    def forget(self) -> None:
        """Look everything up anew: the theme is another."""
        self._fonts.clear()
        self._widths.clear()
        self._written.clear()
        self._colours.clear()

    def _entry(self, style: str) -> tuple[QFont, QFontMetricsF]:
        if style not in self._fonts:
            font = self._theme.font(style.removeprefix("strong "))
            if style.startswith("strong "):
                font.setWeight(QFont.Weight.DemiBold)
            self._fonts[style] = (font, QFontMetricsF(font))
        return self._fonts[style]
