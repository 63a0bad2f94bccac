"""A legend as it is painted: samples of what the plot draws, and their words."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.look.dashes import SAMPLES
from app.look.marks import SWATCH, LegendEntry, mark_path
from app.theme import Theme

_MARK: Final = 13
_GAP: Final = 6
_BETWEEN: Final = 14


def legend_width(entries: Sequence[LegendEntry], theme: Theme) -> float:
    """Return the pixels that a legend takes in one line."""
    metrics = QFontMetricsF(theme.font("tick"))
    each = theme.px(_MARK) + theme.px(_GAP)
    words = sum(each + metrics.horizontalAdvance(entry.text) for entry in entries)
    return words + theme.px(_BETWEEN) * max(0, len(entries) - 1)


def paint_legend(painter: QPainter, entries: Sequence[LegendEntry], left: float, middle: float, theme: Theme) -> None:
    """Paint a legend in one line from a column on, about a row."""
    font, tokens = theme.font("tick"), theme.tokens
    metrics = QFontMetricsF(font)
    mark, at = theme.px(_MARK), left
    for entry in entries:
        colour = QColor(getattr(tokens, entry.colour, entry.colour))
        paint_sample(painter, entry, QPointF(at + mark / 2, middle), mark, colour)
        at += mark + theme.px(_GAP)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QPointF(at, middle + (metrics.ascent() - metrics.descent()) / 2), entry.text)
        at += metrics.horizontalAdvance(entry.text) + theme.px(_BETWEEN)


def paint_sample(
    painter: QPainter, entry: LegendEntry, middle: QPointF, size: float, colour: QColor, *, filled: bool = True
) -> None:
    """Paint what the plot draws, `size` pixels wide; an outline where it is not `filled`."""
    painter.save()
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if filled and not entry.hollow else Qt.BrushStyle.NoBrush)
    if entry.shape in SAMPLES:
        pen = QPen(colour, 3 if filled else 1)
        if SAMPLES[entry.shape]:
            pen.setDashPattern(SAMPLES[entry.shape])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        half = QPointF(size / 2, 0)
        painter.drawLine(middle - half, middle + half)
    elif entry.shape == SWATCH:
        side = 0.8 * size
        painter.drawRoundedRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), 2, 2)
    else:
        painter.translate(middle)
        painter.scale(size, size)
        pen = painter.pen()
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPath(mark_path(entry.shape))
    painter.restore()
