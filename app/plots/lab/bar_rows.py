"""A table whose numbers are bars: one row a thing, its parts end to end, what a sample says as a hollow mark."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.export.table import Column, Table
from app.look.marks import CIRCLE, LegendEntry, mark_path
from app.look.ticks import Tick
from app.plots.canvas.bars import Bars
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import AnyNote, Note
from app.system.i18n import _
from app.theme import Theme

_TALLEST: Final = 16
"""Pixels of a bar at text scale 1."""
_NAME_SHARE: Final = 0.4
_MARK: Final = 10
_GAP: Final = 8
_SHORTEST: Final = 110
"""Pixels at text scale 1 that the longest bar should have."""


@dataclass(frozen=True)
class BarRow:
    """One thing.

    Attributes
    ----------
    parts
        Lengths, end to end from 0, and their colours: tokens or ``#RRGGBB``.
    text
        The number, written after the bar; `more` stands after it in grey.
    sample, error
        A second measurement, drawn as a hollow mark with a line of `error` to both sides; None for none.
    strong
        Whether this is the one that everything else is about.
    """

    name: str
    parts: tuple[tuple[float, str], ...]
    text: str
    more: str = ""
    sample: float | None = None
    error: float = 0.0
    strong: bool = False


@dataclass(frozen=True)
class BarTable:
    """Rows from the top, and the horizontal axis with its name."""

    rows: tuple[BarRow, ...]
    span: tuple[float, float]
    ticks: tuple[Tick, ...]
    axis: str
    legend: tuple[LegendEntry, ...] = ()


class BarRows(Figure[BarTable]):
    """Rows with room for names at the left and numbers at the right."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self._has_more = True
        self.bars = Bars()
        self.errors = pg.PlotCurveItem(connect="pairs", antialias=True)
        self.samples = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(CIRCLE))
        for depth, item in ((3, self.bars), (2, self.errors), (1, self.samples)):
            self.canvas.add(item, depth)
        self.canvas.paint_ground = self._paint_ground

    def legend(self) -> tuple[LegendEntry, ...]:
        return self._data.legend if self._data is not None else ()

    def show_data(self, data: BarTable | None) -> None:
        before = self.legend()
        super().show_data(data)
        if self.legend() != before:
            self.legend_changed.emit()

    def _style(self) -> None:
        """Nothing is kept: every drawing asks the theme."""

    def _draw_data(self, data: BarTable) -> None:
        canvas, ink = self.canvas, self.canvas.ink
        count = len(data.rows)
        room = _NAME_SHARE * canvas.viewport().width()
        names = [ink.elided(row.name, room, "strong tick") for row in data.rows]
        left = tuple(
            Tick(count - place - 0.5, name, row.strong)
            for place, (name, row) in enumerate(zip(names, data.rows, strict=True))
        )
        margins = Margins(top=2, right=round(self._number_room(data, names) + _GAP))
        room = canvas.viewport().width() - margins.right - self._name_room(names)
        canvas.set_axes(Axes(left, self._ticks(data, room), name=ink.elided(data.axis, room)), margins)
        canvas.set_range(data.span, (0.0, float(max(1, count))))
        self._draw_bars(data)
        self._draw_samples(data)
        canvas.set_notes(self._values(data))

    def _name_room(self, names: Sequence[str]) -> float:
        return max((self.canvas.ink.width(name, "strong tick") for name in names), default=0.0) + 2 * _GAP

    def _number_room(self, data: BarTable, names: Sequence[str]) -> float:
        """Return the pixels that the numbers take; the grey words give way where the bars would be too short."""
        ink = self.canvas.ink
        numbers = max((ink.width(row.text, "strong tick") for row in data.rows), default=0.0)
        more = max((ink.width(row.more) + _GAP for row in data.rows if row.more), default=0.0)
        bars = self.canvas.viewport().width() - self._name_room(names) - numbers - more
        self._has_more = bars >= ink.px(_SHORTEST)
        return numbers + (more if self._has_more else 0.0)

    def _ticks(self, data: BarTable, room: float) -> tuple[Tick, ...]:
        """Return every tick, or some at even distances with both ends, as there is room."""
        widest = max((self.canvas.ink.width(tick.text) for tick in data.ticks), default=1.0) + 2 * _GAP
        steps = max(1, len(data.ticks) - 1)
        least = math.ceil(len(data.ticks) * widest / max(1.0, room))
        stride = next((stride for stride in range(max(1, least), steps) if steps % stride == 0), steps)
        return data.ticks[::stride]

    def _draw_bars(self, data: BarTable) -> None:
        starts, lengths, rows, brushes = [], [], [], []
        for place, row in enumerate(data.rows):
            at = 0.0
            for key, (length, colour) in enumerate(row.parts):
                if self._is_shown(data.legend[key].key) if key < len(data.legend) else True:
                    starts.append(at)
                    lengths.append(length)
                    rows.append(len(data.rows) - place - 0.5)
                    brushes.append(self.canvas.ink.colour(colour))
                    at += length
        pitch = self.canvas.area.height() / max(1, len(data.rows))
        height = min(0.62, self.canvas.ink.px(_TALLEST) / pitch)
        self.bars.setOpts(
            x0=np.array(starts),
            width=np.array(lengths),
            y=np.array(rows),
            height=height,
            brushes=brushes,
            pen=None,
        )

    def _draw_samples(self, data: BarTable) -> None:
        there = [(len(data.rows) - place - 0.5, row) for place, row in enumerate(data.rows) if row.sample is not None]
        middles = np.array([row.sample for _y, row in there], dtype=np.float64)
        errors = np.array([row.error for _y, row in there], dtype=np.float64)
        rows = np.array([y for y, _row in there], dtype=np.float64)
        tokens = self._theme.tokens
        self.errors.setData(np.stack([middles - errors, middles + errors], axis=1).ravel(), np.repeat(rows, 2))
        self.errors.setPen(pg.mkPen(tokens.text, width=2))
        self.samples.setData(middles, rows)
        self.samples.setBrush(pg.mkBrush(tokens.card))
        self.samples.setPen(pg.mkPen(tokens.text, width=1.6))
        self.samples.setSize(self._theme.px(_MARK))

    def _values(self, data: BarTable) -> list[AnyNote]:
        canvas, ink = self.canvas, self.canvas.ink
        notes: list[AnyNote] = []
        for place, row in enumerate(data.rows):
            y = canvas.pixel_y(len(data.rows) - place - 0.5)
            start = canvas.area.right() + _GAP
            notes.append(Note(row.text, start, y, "text", "strong tick" if row.strong else "tick"))
            if row.more and self._has_more:
                style = "strong tick" if row.strong else "tick"
                notes.append(Note(row.more, start + ink.width(row.text, style) + _GAP, y, "muted"))
        return notes

    def _paint_ground(self, painter: QPainter) -> None:
        """Paint the row of the strong one, and where 0 is."""
        if self._data is None:
            return
        canvas = self.canvas
        count = max(1, len(self._data.rows))
        for place, row in enumerate(self._data.rows):
            if row.strong:
                top, bottom = canvas.pixel_y(count - place), canvas.pixel_y(count - place - 1)
                painter.fillRect(QRectF(0, top, canvas.viewport().width(), bottom - top), canvas.ink.colour("soft"))
        zero = round(canvas.pixel_x(0.0))
        painter.setPen(canvas.ink.colour("edge"))
        painter.drawLine(zero, int(canvas.area.top()), zero, int(canvas.area.bottom()))

    def _table_of(self, data: BarTable) -> Table:
        names = [entry.text for entry in data.legend]
        most = max((len(row.parts) for row in data.rows), default=0)
        parts = [
            Column(
                names[place] if place < len(names) else data.axis,
                [row.parts[place][0] if place < len(row.parts) else None for row in data.rows],
            )
            for place in range(most)
        ]
        columns = [Column(_("name"), [row.name for row in data.rows]), *parts]
        if any(row.sample is not None for row in data.rows):
            columns.append(Column(_("sample"), [row.sample for row in data.rows]))
            columns.append(Column(_("standard error"), [row.error for row in data.rows]))
        return Table(tuple(columns))

    def _describe_data(self, data: BarTable) -> str:
        words = [
            (_("{name}: {number}, {more}.") if row.more else _("{name}: {number}.")).format(
                name=row.name, number=row.text, more=row.more
            )
            for row in data.rows
        ]
        return " ".join(words)
