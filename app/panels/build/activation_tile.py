"""One activation to press: its curve, and its name below."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.panels.build.function_shapes import REACH, X
from app.theme import Theme

CURVE_HEIGHT: Final = 30
PADDING: Final = 3
LOWEST, HIGHEST = -1.3, 2.7
"""Values at the lower and the upper edge: one scale for all, so that shapes may be compared."""


class ActivationTile(QAbstractButton):
    """Painted; one of several of which one is on."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curve: NDArray[np.float64] | None = None
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, curve: NDArray[np.float64] | None) -> None:
        """Draw these values at the places `X`."""
        if curve is not self._curve:
            self._curve = curve
            self.update()

    def least_width(self) -> int:
        """Return the width at which the name is whole."""
        return QFontMetrics(self._theme.font("tick")).horizontalAdvance(self.text()) + 2 * PADDING

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._theme.font("tick")).height()
        return QSize(self.least_width(), self._theme.px(CURVE_HEIGHT) + line + 2 * PADDING + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(10, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, on = self._theme.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = on or self.hasFocus()
        width = 2 if strong else 1
        quiet = tokens.track if self.underMouse() else tokens.line
        painter.setPen(QPen(QColor(tokens.accent if strong else quiet), width))
        painter.setBrush(QColor(tokens.soft if on else tokens.card))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        room = QRectF(8, PADDING + 2, self.width() - 16, self._theme.px(CURVE_HEIGHT))
        self._paint_curve(painter, room)
        room_of_words = self.width() - 2 * PADDING
        heavy = self._theme.font("badge")
        fits = QFontMetrics(heavy).horizontalAdvance(self.text()) <= room_of_words
        painter.setFont(heavy if on and fits else self._theme.font("tick"))
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.disabled))
        words = QRectF(PADDING, room.bottom(), room_of_words, self.height() - room.bottom() - PADDING)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()) + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_curve(self, painter: QPainter, room: QRectF) -> None:
        tokens = self._theme.tokens
        painter.save()
        painter.setClipRect(room)
        scale = room.height() / (HIGHEST - LOWEST)
        zero = room.bottom() + LOWEST * scale
        painter.setPen(QPen(QColor(tokens.track), 1))
        painter.drawLine(QPointF(room.left(), round(zero) + 0.5), QPointF(room.right(), round(zero) + 0.5))
        if self._curve is not None:
            x = room.left() + (X + REACH) / (2 * REACH) * room.width()
            y = np.clip(zero - self._curve * scale, room.top() - 50, room.bottom() + 50)
            ink = tokens.accent if self.isChecked() else tokens.muted
            painter.setPen(QPen(QColor(ink if self.isEnabled() else tokens.disabled), 2))
            painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]))
        painter.restore()
