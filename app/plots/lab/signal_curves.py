"""What the forward and the backward plot of the bench share: layers across, a logarithmic axis up."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg

from app.look.dashes import curve_pen
from app.look.marks import CIRCLE, TRIANGLE, mark_path
from app.look.ticks import CoarseDecades, log_ticks
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.curve import add_curve
from app.plots.canvas.ends import LABEL_GAP, end_room, spread
from app.plots.canvas.notes import ENDS, PLAIN, Note
from app.plots.lab.bench_picture import layer_ticks
from app.system.i18n import _
from app.theme import Theme

THEORY_WIDTH: Final = 1.6
POINT: Final = 9
SMALL_POINT: Final = 6
_AIR: Final = 0.06
"""Share of the height kept free above and below the points."""


class SignalCurves:
    """Two sizes of the main network as marks with thin lines of theory, one of the grey network.

    `first_layer` is the layer at the left end: 0 is the input.
    """

    def __init__(self, canvas: Canvas, first_layer: int) -> None:
        self._canvas = canvas
        self._first_layer = first_layer
        self._decades = CoarseDecades(least=1.0, fine=True)
        self.line = add_curve(canvas, 3)
        self.second_line = add_curve(canvas, 3)
        self.other_line = add_curve(canvas, 4)
        self.other = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(CIRCLE))
        self.marks = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(CIRCLE))
        self.second = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(TRIANGLE))
        for item, depth in ((self.other, 3), (self.second, 1), (self.marks, 0)):
            canvas.add(item, depth)

    def dress(self, theme: Theme, colour: str) -> None:
        """Give marks and lines of the main network this colour."""
        tokens = theme.tokens
        for curve in (self.line, self.second_line):
            curve.setPen(curve_pen(colour, theme.stroke * THEORY_WIDTH))
        self.other_line.setPen(curve_pen(tokens.muted, theme.stroke * THEORY_WIDTH))
        seam = pg.mkPen(tokens.card, width=1.5)
        for scatter, brush, size in ((self.marks, colour, POINT), (self.other, tokens.muted, SMALL_POINT)):
            scatter.setPen(seam)
            scatter.setBrush(pg.mkBrush(brush))
            scatter.setSize(theme.px(size))
        self.second.setPen(pg.mkPen(colour, width=1.5))
        self.second.setBrush(pg.mkBrush(tokens.card))
        self.second.setSize(theme.px(POINT))

    def lay_axes(self, layers: int, wanted: Sequence[float], room: float, name: str) -> None:
        """Fit the axes to so many layers and to the exponents `wanted`; keep `room` pixels free at the right.

        `name` is that of the axis of layers.
        """
        low, high = self._decades.fit(wanted)
        ticks = log_ticks(low, high)
        first = _("input") if self._first_layer == 0 else ""
        axes = Axes(ticks, layer_ticks(layers, first), tuple(tick.at for tick in ticks), name, up=log_ticks)
        self._canvas.set_axes(axes, Margins(top=round(self._canvas.ink.height() / 2) + 2))
        width = self._canvas.area.width()
        left = self._first_layer - 0.04 * max(1, layers - self._first_layer)
        # the last layer stands where the room for the words begins
        right = left + (layers - left) * width / max(width / 3, width - room)
        air = _AIR * (high - low)
        self._canvas.set_range((left, max(right, left + 1)), (low - air, high + air))

    def fill(self, item: pg.ScatterPlotItem | pg.PlotCurveItem, shown: bool, y: Sequence[float], first: int) -> None:
        """Give an item the values y of the layers from `first` on; what is not finite is left out."""
        values = np.array(y, dtype=np.float64)
        x = np.arange(values.size) + float(first)
        item.setVisible(shown)
        if isinstance(item, pg.ScatterPlotItem):
            there = np.isfinite(values)
            item.setData(x[there], values[there])
        else:
            item.setData(x, values, antialias=True)

    def end_words(self, layers: int, ends: Sequence[tuple[str, float, str]]) -> list[Note]:
        """Return words (text, exponent, colour) beside the last layer, apart from each other."""
        canvas, ink = self._canvas, self._canvas.ink
        line = ink.height("curve_end")
        rows = [canvas.pixel_y(y) for _text, y, _colour in ends]
        rows = spread(rows, line, canvas.area.top() - line / 2, canvas.area.bottom() - line / 2)
        x, border = canvas.pixel_x(layers) + ink.px(LABEL_GAP), canvas.viewport().width()
        notes = []
        for (text, _y, colour), row in zip(ends, rows, strict=True):
            if x + ink.width(text, "curve_end") <= border:
                notes.append(Note(text, x, row, colour, "curve_end"))
            else:
                notes.append(Note(text, border, row, colour, "curve_end", ENDS, PLAIN))
        return notes

    def layer_at(self, x: float, layers: int) -> int:
        """Return which of so many layers is nearest to a place of the data."""
        return min(max(round(x), self._first_layer), layers)

    def room_for(self, texts: Sequence[str], style: str = "curve_end") -> float:
        """Return the pixels that the widest of the words beside the curves takes, with the gap before it."""
        ink = self._canvas.ink
        return end_room(self._canvas, max((ink.width(text, style) for text in texts), default=0.0) + ink.px(16))


def finite(values: Sequence[float]) -> list[float]:
    """Return those that are finite."""
    return [value for value in values if math.isfinite(value)]
