"""One gate as a function of one of its inputs, the others held: the curve, where it stands, and its slope there."""

import math
from typing import Final

import numpy as np

from app.i18n import _
from app.plots.canvas import Axes, Margins
from app.plots.curve_plot import THICK, CurvePlot, Readout, curve_pen, nearest_index
from app.plots.figure import Figure
from app.plots.notes import ENDS, PLAIN, STARTS, AnyNote, MarkNote, Note
from app.plots.numbers import number
from app.plots.ticks import linear_ticks
from app.theme import Theme
from simulator import GateAt

POINTS: Final = 201
SPAN: Final = 2.0
"""How far the curve goes to either side, at least."""
TANGENT: Final = 0.55
"""Share of that which the tangent covers."""
AIR: Final = 0.12


class GateCurvePlot(Figure[GateAt], CurvePlot):
    """The curve in blue, its tangent dashed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("This gate"), _("Take a gate forward, and its curve is drawn here."))
        self._xs = np.zeros(0)
        self._ys = np.zeros(0)
        self.curve = self.make_curve(depth=1)
        self.tangent = self.make_curve(depth=2, segmented=False)
        for item in (self.curve, self.tangent):
            item.opts["antialias"] = True
        self._style()

    def _style(self) -> None:
        tokens = self._theme.tokens
        self.curve.setPen(curve_pen(tokens.accent, THICK))
        self.tangent.setPen(curve_pen(tokens.warn, 2, dashed=True))

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
        self.show_notes(self._words_at(data, high, bottom, top))
        place = _("{gate}, near its input {name} = {x}").format(
            gate=_(data.gate.name), name=data.name, x=number(data.x)
        )
        self._set_subtitle(place)

    def _fit(self, low: float, high: float, bottom: float, top: float) -> None:
        ticks = linear_ticks(bottom, top, 4)
        axes = Axes(ticks, linear_ticks(low, high, 5), tuple(tick.at for tick in ticks))
        self.canvas.set_axes(axes, Margins(left=2, top=6, right=8, bottom=2))
        self.canvas.set_range((low, high), (bottom, top))

    def _words_at(self, data: GateAt, high: float, bottom: float, top: float) -> list[AnyNote]:
        """Return the point with its value, and the slope beside the tangent."""
        canvas, ink = self.canvas, self.canvas.ink
        place = canvas.to_pixels(data.x, data.y)
        line = ink.height("curve_end")
        # the value on the free side: above a rising curve there is room at the left
        side = ENDS if data.slope >= 0 else STARTS
        away = -10 if side == ENDS else 10
        up = place.y() - 0.75 * line if place.y() - 1.5 * line > canvas.area.top() else place.y() + 0.75 * line
        value = Note(number(data.y), place.x() + away, up, "accent", "curve_end", side)
        slope = Note(
            _("slope {slope}").format(slope=number(data.slope)),
            canvas.area.right() - 4,
            self._slope_row(data, high, bottom, top),
            "warn",
            "curve_end",
            ENDS,
            PLAIN,
        )
        return [MarkNote("circle", place.x(), place.y(), "accent"), value, slope]

    def _slope_row(self, data: GateAt, high: float, bottom: float, top: float) -> float:
        """Return the row of the words about the slope: under what rises, over what falls."""
        canvas, line = self.canvas, self.canvas.ink.height("curve_end")
        run = TANGENT * (high - data.x)
        end = canvas.pixel_y(min(top, max(bottom, data.y + data.slope * run)))
        row = end - 1.2 * line if data.slope < 0 else end + 1.2 * line
        return min(canvas.area.bottom() - line / 2, max(canvas.area.top() + line / 2, row))

    def _nearest(self, x: float) -> list[Readout]:
        index = nearest_index(self._xs, x)
        if index is None:
            return []
        at, value = float(self._xs[index]), float(self._ys[index])
        text = _("{x} → {y}").format(x=number(at), y=number(value))
        return [Readout(at, value, text, "accent")]

    def _describe_data(self, data: GateAt) -> str:
        return _("{gate}: {name} = {x} gives {y}, and the slope there is {slope}.").format(
            gate=_(data.gate.name), name=data.name, x=number(data.x), y=number(data.y), slope=number(data.slope)
        )
