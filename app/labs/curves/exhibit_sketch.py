"""Paints the loss curve of an exhibit in a small place: every step pale, smoothed, validation dashed."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.look.dashes import DASHED, curve_pen
from app.look.ink import Ink
from app.look.numbers import count, short
from app.look.ticks import round_up
from app.system.i18n import _
from simulator.analysis.curves import ExhibitCurve

QUANTILE: Final = 0.9
CUT: Final = 1.2
"""Times the first loss, or the one that nine tenths of the steps stay below: the axis ends there, or lower."""
WORDS_SHARE: Final = 0.8
"""Of the width may be covered by words."""
_RIGHT: Final = 6


@dataclass(frozen=True)
class Frame:
    """Where a curve is drawn, and what its axes hold."""

    area: QRectF
    steps: float
    top: float

    def places(self, step: NDArray[np.float64], loss: NDArray[np.float64]) -> list[QPolygonF]:
        """Return a polyline for every stretch of finite losses; what is above the top goes to the top."""
        there = np.isfinite(loss)
        x = self.area.left() + step / self.steps * self.area.width()
        y = self.area.bottom() - np.minimum(np.where(there, loss, 0), self.top) / self.top * self.area.height()
        lines: list[QPolygonF] = []
        for part in np.split(np.arange(loss.size), np.flatnonzero(np.diff(there.astype(np.int8))) + 1):
            if part.size and there[part[0]]:
                lines.append(QPolygonF([QPointF(float(x[at]), float(y[at])) for at in part]))
        return lines


def top_of(exhibit: ExhibitCurve) -> float:
    """Return the round number at which the axis of the losses ends."""
    curve = exhibit.curve
    highs = curve.high[np.isfinite(curve.high)]
    wanted = min(float(highs.max()), CUT * max(float(curve.mean[0]), float(np.quantile(highs, QUANTILE))))
    if exhibit.validation.size:
        wanted = max(wanted, min(float(np.nanmax(exhibit.validation)), CUT * wanted))
    return round_up(wanted)


def paint_exhibit(painter: QPainter, exhibit: ExhibitCurve, box: QRectF, ink: Ink, *, validation: bool) -> None:
    """Paint axes, curves and what left the picture.

    Parameters
    ----------
    validation
        Whether the validation loss belongs to the story.
    """
    curve = exhibit.curve
    top = top_of(exhibit)
    line = ink.height()
    left = max(ink.width(short(top)), ink.width("0")) + 6
    area = QRectF(box.left() + left, box.top() + line / 2, box.width() - left - _RIGHT, box.height() - 1.5 * line - 2)
    frame = Frame(area, max(1.0, float(curve.step[-1])), top)
    _paint_axes(painter, frame, box, ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pale = QPen(ink.colour("ghost"), 1)
    painter.setPen(pale)
    for low, high in zip(frame.places(curve.step, curve.low), frame.places(curve.step, curve.high), strict=True):
        if curve.low is not curve.high and not np.array_equal(curve.low, curve.high, equal_nan=True):
            painter.drawPolyline(low)
        painter.drawPolyline(high)
    if validation:
        painter.setPen(curve_pen(ink.colour("warn").name(), 2, DASHED))
        for part in frame.places(exhibit.validation_step, exhibit.validation):
            painter.drawPolyline(part)
    painter.setPen(curve_pen(ink.colour("accent").name(), 2))
    for part in frame.places(curve.smooth_step, curve.smooth):
        painter.drawPolyline(part)
    _paint_words(painter, exhibit, frame, ink)


def _paint_axes(painter: QPainter, frame: Frame, box: QRectF, ink: Ink) -> None:
    area, line = frame.area, ink.height()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(ink.colour("track"))
    painter.drawLine(area.topLeft(), area.bottomLeft())
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    painter.setPen(ink.colour("muted"))
    painter.setFont(ink.font("tick"))
    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for value, row in ((frame.top, area.top()), (0.0, area.bottom())):
        painter.drawText(QRectF(box.left(), row - line / 2, area.left() - box.left() - 5, line), side, short(value))
    steps = _("{count} steps").format(count=count(round(frame.steps)))
    painter.drawText(QRectF(area.left(), area.bottom() + 2, area.width(), line), side, steps)


def _paint_words(painter: QPainter, exhibit: ExhibitCurve, frame: Frame, ink: Ink) -> None:
    curve, area = exhibit.curve, frame.area
    peak = float(np.nanmax(curve.high))
    if curve.first_bad_step is not None:
        words = _("NaN at step {step}").format(step=count(curve.first_bad_step))
        if ink.width(words) > WORDS_SHARE * area.width():
            words = _("NaN")
    elif peak > frame.top:
        words = _("up to {peak}").format(peak=short(float(f"{peak:.2g}")))
    else:
        return
    painter.setFont(ink.font("tick"))
    width = ink.width(words) + 6
    # the end of a run that breaks off is at the right, and is what one looks for
    left = area.left() + 6 if curve.first_bad_step is not None else area.right() - width
    place = QRectF(left, area.top(), width, ink.height())
    painter.fillRect(place, ink.colour("card"))
    painter.setPen(ink.colour("warn"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
