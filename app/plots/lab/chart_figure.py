"""Draws a chart: series with values at their ends, levels, and one value under the mouse."""

import math
from typing import Final

import numpy as np
import pyqtgraph as pg

from app.export.table import Table
from app.look.dashes import curve_pen
from app.look.marks import DASHES, DOTS, DOTS_AND_DASHES, LINE, LegendEntry, mark_path
from app.look.numbers import fixed, short
from app.look.ticks import Tick, linear_ticks, log_ticks
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.curve import THICK, add_curve
from app.plots.canvas.ends import LABEL_GAP, End, end_notes, end_room
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import PLAIN, AnyNote, Note, RuleNote
from app.plots.canvas.reader import Reader, Readout
from app.plots.lab.chart import Chart, Look, Series
from app.plots.lab.tables import chart_table
from app.system.i18n import _
from app.theme import Theme

MARK: Final = 9
_LANES: Final[dict[Look, int]] = {"dashes": 1, "dots": 2, "dots and dashes": 3}
"""Lines that are broken like those of a lane."""
_SAMPLES: Final[dict[Look, str]] = {
    "line": LINE,
    "thin": LINE,
    "dashes": DASHES,
    "dots": DOTS,
    "dots and dashes": DOTS_AND_DASHES,
}
"""What a legend shows of a line."""
_TICK_ROOM: Final = 4.0
"""A tick and the air beside it, in heights of a line."""


class ChartFigure(Figure[Chart]):
    """Items are kept from chart to chart; those of one chart more than of the next are hidden."""

    zooms = True

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self.reader = Reader(self.canvas, self._nearest, self._words_instead)
        self._curves: list[pg.PlotCurveItem] = []
        self._points: list[pg.ScatterPlotItem] = []
        self._offered: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def curves(self) -> tuple[pg.PlotCurveItem, ...]:
        """The lines on show, in the order of the series."""
        return tuple(curve for curve in self._curves if curve.isVisible())

    def legend(self) -> tuple[LegendEntry, ...]:
        return tuple(LegendEntry(key, name, shape, colour) for key, name, shape, colour in self._offered)

    def show_data(self, data: Chart | None) -> None:
        named = () if data is None else tuple(each for each in data.series if each.name)
        offered = tuple((each.key, each.name, _legend_shape(each), each.colour) for each in named)
        changed, self._offered = offered != self._offered, offered
        super().show_data(data)
        if changed:
            self.legend_changed.emit()

    def _style(self) -> None:
        """Nothing is kept: every drawing asks the theme."""

    def _draw_data(self, data: Chart) -> None:
        low, high = data.y_ends(frozenset(self._hidden))
        left, right = data.x_ends()
        ticks = self._left_ticks(data, low, high)
        rules = tuple(tick.at for tick in ticks)
        up = log_ticks if data.y_log else linear_ticks
        across = log_ticks if data.x_log else linear_ticks
        bottom = self._bottom_ticks(data, left, right)
        self.canvas.set_axes(Axes(ticks, bottom, rules, data.x_name, up=up, across=across), Margins())
        ink = self.canvas.ink
        width = self.canvas.area.width()
        words = max(ink.width(each.end, "curve_end") for each in data.series)
        if words:
            # the words of a level stand right of the ends, too
            words = max(words, *(ink.width(level.text) for level in data.levels), 0.0)
        room = words + ink.px(LABEL_GAP) + 4
        room = end_room(self.canvas, room) if words else room
        self.canvas.set_range((left, left + (right - left) * width / max(width / 3, width - room)), (low, high))
        self._draw_series(data)
        self._set_subtitle(data.subtitle)
        self.reader.show_notes(self._notes(data))

    def _left_ticks(self, data: Chart, low: float, high: float) -> tuple[Tick, ...]:
        if data.y_log:
            return log_ticks(low, high)
        ticks = linear_ticks(low, high, 4)
        texts = [tick.text if data.tick_text is short else data.tick_text(tick.at) for tick in ticks]
        if len(set(texts)) < len(texts):
            # close together and far from 0: what differs are later figures
            decimals = max(0, 1 - math.floor(math.log10(ticks[1].at - ticks[0].at)))
            texts = [fixed(tick.at, decimals) for tick in ticks]
        return tuple(Tick(tick.at, text) for tick, text in zip(ticks, texts, strict=True))

    def _bottom_ticks(self, data: Chart, left: float, right: float) -> tuple[Tick, ...]:
        most = max(2, int(self.canvas.viewport().width() / (_TICK_ROOM * self.canvas.ink.height())))
        if data.x_ticks:
            stride = -(-len(data.x_ticks) // most)
            places = data.placed_x(np.array(data.x_ticks, np.float64))
            return tuple(
                Tick(float(place), data.x_text(at))
                for place, at in list(zip(places, data.x_ticks, strict=True))[::stride]
            )
        return log_ticks(left, right, min(5, most)) if data.x_log else linear_ticks(left, right, min(5, most))

    def _draw_series(self, data: Chart) -> None:
        lines = [each for each in data.series if each.look != "points"]
        marks = [each for each in data.series if each.look == "points"]
        for place, line in enumerate(lines):
            if place == len(self._curves):
                self._curves.append(add_curve(self.canvas, depth=0, segmented=False))
            curve = self._curves[place]
            thin = line.look == "thin"
            curve.setPen(
                curve_pen(self._colour(line), 1 if thin else self.canvas.ink.stroke(THICK), _LANES.get(line.look, 0))
            )
            curve.setZValue(-1 if thin else place)
            curve.opts["antialias"] = not thin
            curve.setData(data.placed_x(line.x), data.placed_y(line.y))
            curve.setVisible(self._is_shown(line.key))
        for place, mark in enumerate(marks):
            if place == len(self._points):
                self._points.append(pg.ScatterPlotItem(pxMode=True))
                self.canvas.add(self._points[place])
            item = self._points[place]
            x, y = data.placed_x(mark.x), data.placed_y(mark.y)
            there = np.isfinite(x) & np.isfinite(y)
            item.setData(x[there], y[there])
            item.setSymbol(mark_path(mark.shape))
            item.setSize(self._theme.px(MARK))
            item.setBrush(pg.mkBrush(self._colour(mark)))
            item.setPen(pg.mkPen(self._theme.tokens.card, width=1))
            item.setZValue(len(lines) + place)
            item.setVisible(self._is_shown(mark.key))
        for surplus in (*self._curves[len(lines) :], *self._points[len(marks) :]):
            surplus.setVisible(False)

    def _colour(self, series: Series) -> str:
        return self.canvas.ink.colour(series.colour).name()

    def _notes(self, data: Chart) -> list[AnyNote]:
        canvas, ink = self.canvas, self.canvas.ink
        area = canvas.area
        notes: list[AnyNote] = []
        taken: list[float] = []
        if data.y_name:
            top = area.top() + ink.height() / 2
            notes.append(Note(data.y_name, area.left() + 10, top, "muted", ground=PLAIN))
        if np.isfinite(data.at):
            at = canvas.pixel_x(float(data.placed_x(np.array([data.at]))[0]))
            notes.append(RuleNote(at, area.top(), at, area.bottom(), "muted"))
        for level in data.levels:
            row = canvas.pixel_y(float(data.placed_y(np.array([level.y]))[0]))
            stop = area.right() - ink.width(level.text)
            notes.append(RuleNote(area.left(), row, stop - 6, row, "muted", dotted=True))
            notes.append(Note(level.text, stop, row, "muted", ground=PLAIN))
            taken.append(row)
        return [*notes, *end_notes(self.canvas, self._ends(data), taken)]

    def _ends(self, data: Chart) -> list[End]:
        ends = []
        for each in data.series:
            x, y = data.placed_x(each.x), data.placed_y(each.y)
            there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
            if each.end and there.size and self._is_shown(each.key):
                last = int(there[-1])
                ends.append(End(float(x[last]), float(y[last]), each.end, each.colour, each.ink, each.shape))
        return ends

    def _nearest(self, x: float) -> list[Readout]:
        data = self.data
        if data is None:
            return []
        found = []
        for each in data.series:
            places, values = data.placed_x(each.x), data.placed_y(each.y)
            there = np.flatnonzero(np.isfinite(places) & np.isfinite(values))
            if not (each.readable and there.size and self._is_shown(each.key)):
                continue
            at = int(there[np.argmin(np.abs(places[there] - x))])
            value = data.y_text(float(each.y[at]))
            found.append((float(places[at]), float(values[at]), each, value, data.x_text(float(each.x[at]))))
        if not found:
            return []
        place = min((entry[0] for entry in found), key=lambda other: abs(other - x))
        read = [entry for entry in found if entry[0] == place]
        parts = [f"{each.name} {value}" if each.name else value for _x, _y, each, value, _at in read]
        text = _("{name} {at} · {values}").format(name=data.x_name, at=read[0][4], values=" · ".join(parts))
        return [Readout(place, y, text, each.colour, each.shape) for _x, y, each, _value, _at in read]

    def _table_of(self, data: Chart) -> Table:
        return chart_table(data)

    def _describe_data(self, data: Chart) -> str:
        return data.words


def _legend_shape(series: Series) -> str:
    return series.shape if series.look == "points" else _SAMPLES[series.look]
