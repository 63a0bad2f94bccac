"""One gate as a function of one of its inputs, the others held: the curve, where it stands, and its slope there."""

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from app.export.table import Column, Table
from app.look.dashes import DASHED, curve_pen
from app.look.numbers import number
from app.look.ticks import linear_ticks
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.curve import THICK, add_curve, nearest_index
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import CENTRE, ENDS, PLAIN, STARTS, AnyNote, MarkNote, Note
from app.plots.canvas.reader import Reader, Readout
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.gates import GateAt

POINTS: Final = 201
SPAN: Final = 2.0
"""How far the curve goes to either side, at least."""
TANGENT: Final = 0.55
"""Share of that which the tangent covers."""
AIR: Final = 0.12


class GateCurvePlot(Figure[GateAt]):
    """The curve in blue, its tangent dashed."""

    zooms = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("This gate"), _("Take a gate forward, and its curve is drawn here."))
        self.reader = Reader(self.canvas, self._nearest, self._words_instead)
        self._xs = np.zeros(0)
        self._ys = np.zeros(0)
        self.curve = add_curve(self.canvas, depth=1)
        self.tangent = add_curve(self.canvas, depth=2, segmented=False)
        for item in (self.curve, self.tangent):
            item.opts["antialias"] = True
        self._style()

    def _style(self) -> None:
        tokens = self._theme.tokens
        self.curve.setPen(curve_pen(tokens.accent, self.canvas.ink.stroke(THICK)))
        self.tangent.setPen(curve_pen(tokens.warn, 2, DASHED))

    def _draw_data(self, data: GateAt) -> None:
        span = max(SPAN, 1.2 * abs(data.x))
        low, high = data.x - span, data.x + span
        xs = np.linspace(low, high, POINTS)
        if math.isnan(data.at(0.0)):
            # only the branch it stands on: the other side of a pole has nothing to do with its slope
            xs = xs[np.sign(xs) == np.sign(data.x)]
        ys = np.array([data.at(float(x)) for x in xs])
        reach = max(2.0, 2.0 * abs(data.y), abs(data.slope) * span)
        seen = np.abs(ys - data.y) <= reach
        self._xs, self._ys = xs[seen], ys[seen]
        run = TANGENT * span
        ends_x = np.array([data.x - run, data.x + run])
        ends_y = data.y + data.slope * (ends_x - data.x)
        bottom, top = (float(edge) for edge in (min(self._ys.min(), data.y), max(self._ys.max(), data.y)))
        air = max(AIR * (top - bottom), 0.2)
        bottom, top = bottom - air, top + air
        self.curve.setData(self._xs, self._ys)
        self.tangent.setData(ends_x, np.clip(ends_y, bottom, top) if data.slope == 0 else ends_y)
        self._fit(low, high, bottom, top)
        self.reader.show_notes(self._words_at(data))
        place = _("{gate}, near its input {name} = {x}").format(
            gate=_(data.gate.name), name=data.name, x=number(data.x)
        )
        self._set_subtitle(place)

    def _fit(self, low: float, high: float, bottom: float, top: float) -> None:
        ticks = linear_ticks(bottom, top, 4)
        axes = Axes(
            ticks, linear_ticks(low, high, 5), tuple(tick.at for tick in ticks), up=linear_ticks, across=linear_ticks
        )
        self.canvas.set_axes(axes, Margins(left=2, top=6, right=8, bottom=2))
        self.canvas.set_range((low, high), (bottom, top))

    def _words_at(self, data: GateAt) -> list[AnyNote]:
        """Return the point with its value, and the slope where it hides least."""
        canvas, ink = self.canvas, self.canvas.ink
        place, line = canvas.to_pixels(data.x, data.y), ink.height("curve_end")
        # the value on the free side: above a rising curve there is room at the left
        side = ENDS if data.slope >= 0 else STARTS
        away = -10 if side == ENDS else 10
        up = place.y() - 0.75 * line if place.y() - 1.5 * line > canvas.area.top() else place.y() + 0.75 * line
        value = Note(number(data.y), place.x() + away, up, "accent", "curve_end", side)
        text = _("slope {slope}").format(slope=number(data.slope))
        value_width = ink.width(value.text, "curve_end")
        taken = QRectF(value.x - value_width * (side + 1) / 2, value.y - line / 2, value_width, line)
        middle = self._free_place(ink.width(text, "curve_end"), line, taken)
        slope = Note(text, middle.x(), middle.y(), "warn", "curve_end", CENTRE, PLAIN)
        return [MarkNote("circle", place.x(), place.y(), "accent"), value, slope]

    def _free_place(self, width: float, height: float, taken: QRectF) -> QPointF:
        """Return the middle of the place near an end of the tangent where words hide least of curve and tangent."""
        canvas, area = self.canvas, self.canvas.area
        (left, right), (low, high) = self.tangent.getData()
        xs, ys = np.linspace(left, right, 40), np.linspace(low, high, 40)
        line = [canvas.to_pixels(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
        points = [*line, *(canvas.to_pixels(float(x), float(y)) for x, y in zip(self._xs, self._ys, strict=True))]
        found: list[tuple[int, QPointF]] = []
        for end in (line[-1], line[0]):
            for lift in (1.1, -1.1, 2.0, -2.0):
                box = QRectF(end.x() - width / 2, end.y() + (lift - 0.5) * height, width, height)
                box.moveLeft(min(max(box.left(), area.left() + 8), area.right() - 8 - width))
                box.moveTop(min(max(box.top(), area.top()), area.bottom() - height))
                ground = box.adjusted(-6, -2, 6, 2)
                hidden = sum(ground.contains(point) for point in points) + 100 * ground.intersects(taken)
                found.append((hidden, box.center()))
        return min(found, key=lambda item: item[0])[1]

    def _nearest(self, x: float) -> list[Readout]:
        index = nearest_index(self._xs, x)
        if index is None:
            return []
        at, value = float(self._xs[index]), float(self._ys[index])
        text = _("{x} → {y}").format(x=number(at), y=number(value))
        return [Readout(at, value, text, "accent")]

    def _table_of(self, data: GateAt) -> Table:
        xs = np.linspace(data.x - SPAN, data.x + SPAN, POINTS)
        columns = (Column(data.name, xs), Column(_(data.gate.name), [data.at(float(x)) for x in xs]))
        return Table(columns, (self._describe_data(data),))

    def _describe_data(self, data: GateAt) -> str:
        return _("{gate}: {name} = {x} gives {y}, and the slope there is {slope}.").format(
            gate=_(data.gate.name), name=data.name, x=number(data.x), y=number(data.y), slope=number(data.slope)
        )
