"""One unit drawn large, with the scale of its colours: alike on both sides of 0."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.cards.pieces.unit_art import Art, ArtScale
from app.look.numbers import MINUS, number
from app.theme import Theme
from app.theme.prose import as_tip
from simulator.training import LayerUnits

LARGEST: Final = 150
"""Pixels of a side, at text scale 1."""
LEAST: Final = 56
"""A smaller picture says no more than the tile."""
_STRIP: Final = 12
_GAP: Final = 8


class UnitPicture(QWidget):
    """Takes the room that is left, and paints nothing where that is too little."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._art: Art | None = None
        self._layer: LayerUnits | None = None
        self._unit = 0
        self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def scale(self) -> ArtScale | None:
        """What the colours mean; None where there are none."""
        if self._art is None or self._layer is None:
            return None
        return self._art.scale(self._layer, self._unit, self._theme.tokens)

    def show_unit(self, art: Art | None, layer: LayerUnits, unit: int) -> None:
        """Draw another unit, or other numbers."""
        self._art, self._layer, self._unit = art, layer, unit
        scale = self.scale
        words = ""
        if scale is not None:
            ends = number(scale.limit, 2)
            words = scale.words.format(unit=unit + 1, low=MINUS + ends, high=ends)
        self.setAccessibleName(words)
        self.setToolTip(as_tip(words))
        self.update()

    def set_low(self, low: bool) -> None:
        """Ask for no more height than a small picture needs, because it stands beside words."""
        if low != self._low:
            self._low = low
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.px(LEAST if self._low else LARGEST) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = min(self.height() - 2, self.width() // 2, self._theme.px(LARGEST))
        if self._art is None or self._layer is None or side < self._theme.px(LEAST):
            return
        painter = QPainter(self)
        picture = QRectF(1, 1, side, side)
        self._art.paint(painter, picture, self._layer, self._unit, self._theme.tokens)
        scale = self.scale
        if scale is not None:
            strip = QRectF(picture.right() + 2 * _GAP, picture.top(), self._theme.px(_STRIP), side)
            self._paint_scale(painter, strip, scale)

    def _paint_scale(self, painter: QPainter, strip: QRectF, scale: ArtScale) -> None:
        tokens = self._theme.tokens
        gradient = QLinearGradient(strip.bottomLeft(), strip.topLeft())
        for place, colour in zip((0.0, 0.5, 1.0), scale.colours, strict=True):
            gradient.setColorAt(place, QColor(colour))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(gradient)
        painter.drawRoundedRect(strip, 2, 2)
        font = self._theme.font("tick")
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        line = QFontMetrics(font).height()
        ends = number(scale.limit, 2)
        for share, text in ((0.0, MINUS + ends), (0.5, "0"), (1.0, ends)):
            middle = strip.bottom() - share * strip.height()
            top = min(max(middle - line / 2, strip.top()), strip.bottom() - line)
            room = QRectF(strip.right() + _GAP, top, self.width() - strip.right() - _GAP, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
