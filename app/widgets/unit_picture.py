"""One unit drawn large, with the scale of its weights: alike on both sides of 0."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.plots.numbers import MINUS, number
from app.theme import Theme
from app.widgets.unit_art import PIXELS, PLANE, UnitArt, scale_colours
from simulator import LayerUnits

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
        self._art: UnitArt | None = None
        self._layer: LayerUnits | None = None
        self._unit = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def limit(self) -> float:
        """The weight that the strongest colour stands for; the other end is its negative, and 0 the middle."""
        if self._layer is None or self._layer.size is None:
            return 0.0
        return float(self._layer.size[self._unit])

    def show_unit(self, art: UnitArt | None, layer: LayerUnits, unit: int) -> None:
        """Draw another unit, or other numbers."""
        self._art, self._layer, self._unit = art, layer, unit
        text = _("Weights of unit {unit} from {low} to {high}")
        ends = number(self.limit, 2)
        self.setAccessibleName(text.format(unit=unit + 1, low=MINUS + ends, high=ends))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.px(LARGEST))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = min(self.height() - 2, self.width() // 2, self._theme.px(LARGEST))
        if self._art is None or self._layer is None or side < self._theme.px(LEAST):
            return
        painter = QPainter(self)
        picture = QRectF(1, 1, side, side)
        self._art.paint(painter, picture, self._layer, self._unit, self._theme.tokens)
        if self._art.kind != PLANE and self._layer.low is not None:
            strip = QRectF(picture.right() + 2 * _GAP, picture.top(), self._theme.px(_STRIP), side)
            self._paint_scale(painter, strip, self._art)

    def _paint_scale(self, painter: QPainter, strip: QRectF, art: UnitArt) -> None:
        tokens = self._theme.tokens
        gradient = QLinearGradient(strip.bottomLeft(), strip.topLeft())
        coloured = art.kind == PIXELS and len(art.shape) == 3
        for place, colour in zip((0.0, 0.5, 1.0), scale_colours(tokens, coloured), strict=True):
            gradient.setColorAt(place, QColor(colour))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(gradient)
        painter.drawRoundedRect(strip, 2, 2)
        font = self._theme.font("tick")
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        line = QFontMetrics(font).height()
        ends = number(self.limit, 2)
        for share, text in ((0.0, MINUS + ends), (0.5, "0"), (1.0, ends)):
            middle = strip.bottom() - share * strip.height()
            top = min(max(middle - line / 2, strip.top()), strip.bottom() - line)
            room = QRectF(strip.right() + _GAP, top, self.width() - strip.right() - _GAP, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
