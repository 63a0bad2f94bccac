"""Functions of one number over each other, and a ruler at one x that a hand moves."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal

from app.export.table import Column, Table
from app.look.looks import Look
from app.look.marks import CIRCLE, LINE, LegendEntry, mark_path
from app.look.numbers import number, short
from app.look.ticks import linear_ticks
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.ends import end_room, spread
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import BOX, AnyNote, MarkNote, Note, RuleNote
from app.system.i18n import _
from app.theme import Theme

Numbers = NDArray[np.float64]

TANGENT: Final = "tangent"
THICK: Final = 3.5
THIN: Final = 2.0
MARKS: Final = 6
"""Marks along a curve; those of different curves stand at different places, for curves that coincide."""
_MARK: Final = 10
_MOST_POINTS: Final = 161
_AIR: Final = 0.06
"""Share of the height kept free above and below."""
_TANGENT: Final = 0.16
"""Half the length of the tangent, as a share of the width."""


@dataclass(frozen=True, eq=False)
class Shape:
    """One curve: `values` at the places of `FunctionPicture.x`; `slopes` where a tangent is to be drawn."""

    name: str
    look: Look
    values: Numbers
    slopes: Numbers | None = None


@dataclass(frozen=True, eq=False)
class FunctionPicture:
    """What is drawn.

    Attributes
    ----------
    shapes
        The curves; the one of index `main` is thick, and its value at `at` is written.
    at
        Index in `x` where the ruler stands.
    reach
        The view goes from -reach to reach.
    limits
        Where the vertical axis ends at the latest; what goes beyond is said in words.
    """

    x: Numbers
    shapes: tuple[Shape, ...]
    main: int
    at: int
    reach: float
    limits: tuple[float, float]


class FunctionPlot(Figure[FunctionPicture]):
    """Draws f or f'; the ruler follows the mouse while its button is down.

    Parameters
    ----------
    symbol
        What the vertical axis is, such as "f(x)".

    Signals
    -------
    x_chosen(float)
        The ruler was dragged there, or the plot clicked.
    """

    zooms = True

    x_chosen = Signal(float)

    def __init__(self, theme: Theme, title: str, symbol: str) -> None:
        super().__init__(theme, title, _("The functions are being prepared."))
        self._symbol = symbol
        self._curves: list[pg.PlotCurveItem] = []
        self._drawn: FunctionPicture | None = None
        self._has_tangent = False
        self.tangent = self._add_curve(depth=1)
        self.marks = pg.ScatterPlotItem(pxMode=True)
        self.canvas.add(self.marks, depth=2)
        self.canvas.pressed.connect(self._on_place)
        self.canvas.dragged.connect(self._on_place)
        self.canvas.drags = True

    @property
    def curves(self) -> tuple[pg.PlotCurveItem, ...]:
        """The items of the curves on show."""
        return tuple(curve for curve in self._curves if curve.isVisible())

    def legend(self) -> tuple[LegendEntry, ...]:
        return (LegendEntry(TANGENT, _("tangent"), LINE, "text"),) if self._has_tangent else ()

    def show_data(self, data: FunctionPicture | None) -> None:
        before = self._has_tangent
        self._has_tangent = data is not None and any(shape.slopes is not None for shape in data.shapes)
        super().show_data(data)
        if self._has_tangent != before:
            self.legend_changed.emit()

    def _add_curve(self, depth: float) -> pg.PlotCurveItem:
        curve = pg.PlotCurveItem(antialias=True)
        self.canvas.add(curve, depth)
        return curve

    def _style(self) -> None:
        self._drawn = None

    def _draw_data(self, data: FunctionPicture) -> None:
        low, high, cut = _vertical(data)
        ticks = linear_ticks(low, high, 5)
        bottom = linear_ticks(-data.reach, data.reach, 5)
        rules = tuple(tick.at for tick in ticks)
        ink = self.canvas.ink
        names = max((ink.width(shape.name, "curve_end") for shape in data.shapes), default=0.0)
        right = round(end_room(self.canvas, names + ink.px(_MARK) + 16))
        name = "" if self._compact else "x"
        self.canvas.set_axes(
            Axes(ticks, bottom, rules, name, up=linear_ticks, across=linear_ticks), Margins(right=right)
        )
        self.canvas.set_range((-data.reach, data.reach), (low, high))
        # a ruler that is dragged moves nothing else
        if not _alike(data, self._drawn):
            self._draw_curves(data)
            self._drawn = data
        self._draw_tangent(data)
        self._set_subtitle(cut or self._symbol)
        self.canvas.set_notes([*self._name_notes(data, low, high), *self._ruler_notes(data, low, high)])

    def _draw_curves(self, data: FunctionPicture) -> None:
        while len(self._curves) < len(data.shapes):
            self._curves.append(self._add_curve(depth=3))
        inside = np.flatnonzero(np.abs(data.x) <= data.reach + 1e-9)
        kept = inside[:: max(1, -(-inside.size // _MOST_POINTS))]
        spots: list[dict[str, object]] = []
        for place, curve in enumerate(self._curves):
            curve.setVisible(place < len(data.shapes))
            if place >= len(data.shapes):
                continue
            shape = data.shapes[place]
            main = place == data.main
            curve.setData(data.x[kept], shape.values[kept])
            curve.setPen(shape.look.pen(self._theme.tokens, self.canvas.ink.stroke(THICK if main else THIN)))
            curve.setZValue(-2 if main else -3)
            spots += self._spots(data, shape, inside)
        self.marks.setData(spots=spots)

    def _spots(self, data: FunctionPicture, shape: Shape, inside: NDArray[np.int64]) -> list[dict[str, object]]:
        """Return the marks along a curve, each curve's a little further on than the last one's."""
        tokens = self._theme.tokens
        phase = 0.5 * (1 + shape.look.index % MARKS) / MARKS
        at = inside[((np.arange(MARKS) + phase) / MARKS * inside.size).astype(np.int64)]
        path = mark_path(shape.look.shape)
        brush, pen = pg.mkBrush(shape.look.colour(tokens)), pg.mkPen(tokens.card, width=1)
        return [
            {
                "pos": (data.x[i], shape.values[i]),
                "symbol": path,
                "brush": brush,
                "pen": pen,
                "size": self._theme.px(_MARK),
            }
            for i in at
        ]

    def _draw_tangent(self, data: FunctionPicture) -> None:
        shape = data.shapes[data.main] if data.shapes else None
        self.tangent.setVisible(shape is not None and shape.slopes is not None and self._is_shown(TANGENT))
        if shape is None or shape.slopes is None:
            return
        x, y, slope = data.x[data.at], shape.values[data.at], shape.slopes[data.at]
        half = _TANGENT * data.reach
        self.tangent.setData(np.array([x - half, x + half]), np.array([y - slope * half, y + slope * half]))
        self.tangent.setPen(pg.mkPen(self._theme.tokens.text, width=1.5))

    def _name_notes(self, data: FunctionPicture, low: float, high: float) -> list[AnyNote]:
        """Write every name where its curve leaves the view at the right."""
        canvas, ink = self.canvas, self.canvas.ink
        last = int(np.flatnonzero(np.abs(data.x) <= data.reach + 1e-9)[-1])
        ends = [canvas.pixel_y(min(high, max(low, float(shape.values[last])))) for shape in data.shapes]
        line = ink.height("curve_end")
        rows = spread(ends, line, canvas.area.top(), canvas.area.bottom() - line / 2)
        left = canvas.area.right() + 8 + ink.px(_MARK) / 2
        notes: list[AnyNote] = []
        for place, (shape, row) in enumerate(zip(data.shapes, rows, strict=True)):
            colour = "text" if place == data.main else "muted"
            notes.append(MarkNote(shape.look.shape, left, row, shape.look.colour(self._theme.tokens)))
            notes.append(Note(shape.name, left + ink.px(_MARK), row, colour, "curve_end"))
        return notes

    def _ruler_notes(self, data: FunctionPicture, low: float, high: float) -> list[AnyNote]:
        canvas, area = self.canvas, self.canvas.area
        x = float(data.x[data.at])
        if abs(x) > data.reach or not data.shapes:
            return []
        column = canvas.pixel_x(x)
        notes: list[AnyNote] = [RuleNote(column, area.top(), column, area.bottom(), "muted")]
        shown = [(place, float(shape.values[data.at])) for place, shape in enumerate(data.shapes)]
        for place, value in sorted(shown, key=lambda pair: pair[0] == data.main):
            if low <= value <= high:
                look = data.shapes[place].look
                notes.append(MarkNote(CIRCLE, column, canvas.pixel_y(value), look.colour(self._theme.tokens)))
        value = float(data.shapes[data.main].values[data.at])
        text = number(value)
        width = canvas.ink.width(text, "curve_end")
        row = canvas.pixel_y(min(high, max(low, value)))
        # above the curve where there is room, else below it
        line = canvas.ink.height("curve_end")
        row = row - line if row - 1.5 * line > area.top() else row + line
        start = column + 14 if column + 20 + width < area.right() else column - 14 - width
        notes.append(Note(text, start, row, "text", "curve_end", ground=BOX))
        return notes

    def _table_of(self, data: FunctionPicture) -> Table:
        shapes = [Column(shape.name, shape.values) for shape in data.shapes]
        return Table((Column("x", data.x), *shapes), (self._symbol,))

    def _describe_data(self, data: FunctionPicture) -> str:
        x = short(float(data.x[data.at]))
        parts = [
            _("{function} {value}").format(function=shape.name, value=number(float(shape.values[data.at])))
            for shape in data.shapes
        ]
        return _("{symbol} at x = {x}: {values}.").format(symbol=self._symbol, x=x, values=", ".join(parts))

    def _missing_data(self, data: FunctionPicture) -> str:
        return "" if data.shapes else _("No function is chosen. Tick one in the list.")

    def _on_place(self, place: QPointF) -> None:
        if self._data is not None and self._data.shapes:
            self.x_chosen.emit(min(self._data.reach, max(-self._data.reach, place.x())))


def _alike(one: FunctionPicture, other: FunctionPicture | None) -> bool:
    """Tell whether two pictures differ by their rulers alone."""
    if other is None or (one.main, one.reach, len(one.shapes)) != (other.main, other.reach, len(other.shapes)):
        return False
    pairs = zip(one.shapes, other.shapes, strict=True)
    return all(a.values is b.values and a.look == b.look for a, b in pairs)


def _vertical(data: FunctionPicture) -> tuple[float, float, str]:
    """Return both ends of the vertical axis, and what is to be said where it cuts the curves."""
    inside = np.abs(data.x) <= data.reach + 1e-9
    least = min(float(shape.values[inside].min()) for shape in data.shapes)
    most = max(float(shape.values[inside].max()) for shape in data.shapes)
    low, high = max(min(least, 0.0), data.limits[0]), min(max(most, 1.0), data.limits[1])
    air = _AIR * (high - low)
    cut = ""
    if most > high + air and least < low - air:
        cut = _("axis cut: the curves go from {low} to {high}").format(low=_short(least), high=_short(most))
    elif most > high + air:
        cut = _("axis cut: the curves reach {high}").format(high=_short(most))
    elif least < low - air:
        cut = _("axis cut: the curves reach {low}").format(low=_short(least))
    return low - air, high + air, cut


def _short(value: float) -> str:
    return short(float(f"{value:.3g}"))
