"""Values as colours, and the scale that says which is which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from app.look.ink import Ink
from app.look.ticks import Tick

WIDTH = 12
"""Pixels of the strip at text scale 1."""
GAP = 6
LEVELS = 256


@dataclass(frozen=True)
class ColourScale:
    """Colours over [low, high]: `stops` are (place from 0 to 1, ``#RRGGBB``); what lies outside has the end's colour.

    Attributes
    ----------
    ticks
        Places on the scale and what is written beside them.
    """

    low: float
    high: float
    stops: tuple[tuple[float, str], ...]
    ticks: tuple[Tick, ...]

    def image(self, values: NDArray[np.float64], nothing: str) -> NDArray[np.uint8]:
        """Return values as colours, shape (..., 4); NaN is `nothing`."""
        table = self._table()
        share = (values - self.low) / (self.high - self.low)
        index = np.rint(np.clip(np.nan_to_num(share), 0, 1) * (LEVELS - 1)).astype(np.int64)
        colours = table[index]
        colours[~np.isfinite(values)] = (*_rgb(nothing), 255)
        return colours

    def width(self, ink: Ink) -> int:
        """Return the pixels that the strip takes with its words and a gap on its left."""
        return round(2 * GAP + ink.px(WIDTH) + GAP + max(ink.width(tick.text) for tick in self.ticks))

    def paint(self, painter: QPainter, room: QRectF, ink: Ink) -> None:
        """Paint the strip at the left end of `room`, low values at the bottom, and the words beside it."""
        strip = QRectF(room.left() + 2 * GAP, room.top(), ink.px(WIDTH), room.height())
        gradient = QLinearGradient(QPointF(0, strip.bottom()), QPointF(0, strip.top()))
        for place, colour in self.stops:
            gradient.setColorAt(place, QColor(colour))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(strip, 2, 2)
        painter.setFont(ink.font("tick"))
        painter.setPen(ink.colour("muted"))
        line = ink.height()
        written = strip.bottom() + 2 * line
        for tick in self.ticks:
            middle = strip.bottom() - (tick.at - self.low) / (self.high - self.low) * strip.height()
            top = min(max(middle - line / 2, strip.top() - 2), strip.bottom() - line + 2)
            if top + 0.9 * line > written:
                continue
            written = top
            box = QRectF(strip.right() + GAP, top, room.right() - strip.right(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tick.text)

    def _table(self) -> NDArray[np.uint8]:
        places = [place for place, _colour in self.stops]
        colours = np.array([_rgb(colour) for _place, colour in self.stops], float)
        at = np.linspace(0, 1, LEVELS)
        mixed = [np.interp(at, places, colours[:, channel]) for channel in range(3)]
        return np.stack([*mixed, np.full(LEVELS, 255.0)], axis=1).round().astype(np.uint8)


def even_stops(colours: Sequence[str]) -> tuple[tuple[float, str], ...]:
    """Return stops at equal distances."""
    return tuple((index / (len(colours) - 1), colour) for index, colour in enumerate(colours))


def _rgb(colour: str) -> tuple[int, int, int]:
    made = QColor(colour)
    return made.red(), made.green(), made.blue()
