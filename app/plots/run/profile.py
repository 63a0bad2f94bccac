"""A quantity over the layers, one curve a lane."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from app.look.dashes import curve_pen
from app.look.lane_look import LANE_MARKS
from app.look.numbers import count, number, scientific, times
from app.look.ticks import CoarseDecades, CoarseTop, Tick, linear_ticks, log_ticks
from app.plots.canvas.axes import Axes, Margins, data_area
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.curve import last_finite
from app.plots.canvas.ends import End, end_notes, floor_note
from app.plots.canvas.lanes import Lane, moments_apart
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.marked_curves import MarkedCurve, MarkedCurvesItem
from app.plots.canvas.notes import ENDS, PLAIN, STARTS, AnyNote, MarkNote, Note, RuleNote
from app.plots.run.quantity import Quantity
from app.system.i18n import ngettext
from app.theme import Theme
from simulator.training import MOST_LANES

_WIDTH: Final = 2
_MARK: Final = 9
_WORTH_SAYING: Final = 2.0
"""A smaller factor between two lanes is not written."""
_APART: Final = 10
"""Pixels between names of layers."""


class Profiles:
    """The curves of up to four lanes on a canvas, and the axes for them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._decades = CoarseDecades(least=1, fine=True)
        self._above, self._below = CoarseTop(), CoarseTop()
        self.item = MarkedCurvesItem(canvas)
        canvas.add(self.item)
        self.hide()

    def style(self, theme: Theme) -> None:
        """Give the curves the theme's colours."""
        tokens = theme.tokens
        pens = [curve_pen(tokens.lanes[index], theme.stroke * _WIDTH, index) for index in range(MOST_LANES)]
        self.item.set_looks(pens, LANE_MARKS, tokens.card, theme.px(_MARK))

    def settle(self, live: bool) -> None:
        """Draw fast while `live`, and fine when pictures have stopped coming."""
        self.item.antialias = not live

    def hide(self) -> None:
        """Show no curve."""
        self.item.setVisible(False)

    def forget(self) -> None:
        """Give up the ends of axes that were kept for the sake of calm."""
        self._decades.forget()
        self._above.forget()
        self._below.forget()

    def show(
        self,
        lanes: Sequence[Lane],
        quantity: Quantity,
        names: Sequence[str],
        selected: int | None,
        theme: Theme,
    ) -> None:
        """Draw a quantity over the layers of all lanes; `names` are those of the columns, `selected` is one of them."""
        values = [_values(lane, quantity) for lane in lanes]
        places = [_placed(each, quantity.logarithmic) for each in values]
        self.item.setVisible(True)
        self.item.set_curves(
            [
                MarkedCurve(lane.look.index, np.arange(0.5, place.size), place)
                for lane, place in zip(lanes, places, strict=True)
            ]
        )
        self._lay(np.concatenate(places), quantity, names, selected)
        notes = end_notes(self._canvas, self._ends(lanes, values, places, theme))
        if len(lanes) == 2 and quantity.logarithmic and not moments_apart(lanes):
            notes += self._factor(values, places)
        self._canvas.set_notes([*notes, *self._without_place(lanes, quantity, places, theme, notes)])

    def _lay(self, places: NDArray[np.float64], quantity: Quantity, names: Sequence[str], selected: int | None) -> None:
        canvas, ink = self._canvas, self._canvas.ink
        finite = places[np.isfinite(places)]
        most = max(2, min(5, int(canvas.viewport().height() / (1.9 * ink.height()))))
        if quantity.logarithmic:
            low, high = self._decades.fit([*finite, *(quantity.band or ())])
            ticks = log_ticks(low, high, most)
        else:
            least, greatest = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
            high = self._above.fit(greatest) if greatest > 0 else 0.0
            low = -self._below.fit(-least) if least < 0 else 0.0
            low, high = (low, high) if high > low else (low, low + 1.0)
            ticks = linear_ticks(low, high, most)
        rules = tuple(tick.at for tick in ticks if tick.at > low)
        room = ink.width("D " + scientific(1.2e-12), "curve_end") + ink.px(16)
        axes, margins = Axes(ticks, rules=rules), Margins()
        width = data_area(axes, margins, canvas.viewport().size(), ink).width()
        columns = max(width / 3, width - room)
        canvas.set_axes(replace(axes, bottom=self._named(names, columns / max(1, len(names)), selected)), margins)
        canvas.set_range((0.0, len(names) * width / columns), (low, high))

    def _named(self, names: Sequence[str], pitch: float, selected: int | None) -> tuple[Tick, ...]:
        """Return the names of columns `pitch` wide, shortened alike; where even that is too long, of some of them."""

        def width(text: str) -> float:
            return self._canvas.ink.width(text, "strong tick")

        *short, last = fit_names(names, pitch - _APART, width)
        if [*short, last] != list(names):  # all alike; beside a row of numbers a lone O is a nought
            short = [name if name[-1:].isdigit() else whole[:3] for name, whole in zip(short, names, strict=False)]
            last = last if last[-1:].isdigit() else names[-1][:3]
        widest = max(map(width, short), default=0.0)
        stride = max(1, math.ceil((widest + _APART) / pitch))
        gap = max(stride, math.ceil(((width(last) + widest) / 2 + _APART) / pitch))
        before = range(len(short) - max(gap, stride), -1, -stride)
        ticks = [Tick(index + 0.5, short[index], index == selected) for index in reversed(before)]
        return (*ticks, Tick(len(short) + 0.5, last, len(short) == selected))

    def _ends(
        self,
        lanes: Sequence[Lane],
        values: Sequence[NDArray[np.float64]],
        places: Sequence[NDArray[np.float64]],
        theme: Theme,
    ) -> list[End]:
        ends = []
        for lane, value, place in zip(lanes, values, places, strict=True):
            at = last_finite(place)
            if at is not None:
                look, tokens = lane.look, theme.tokens
                words = f"{look.letter} {number(float(value[at]), 2)}"
                ends.append(End(at + 0.5, float(place[at]), words, look.colour(tokens), look.ink(tokens), look.mark))
        return ends

    def _factor(self, values: Sequence[NDArray[np.float64]], places: Sequence[NDArray[np.float64]]) -> list[AnyNote]:
        """Write how many times greater one of two lanes is, in the layer where that is most."""
        size = min(value.size for value in values)
        apart = np.abs(places[0][:size] - places[1][:size])
        if not np.isfinite(apart).any():
            return []
        at = int(np.nanargmax(apart))
        factor = 10.0 ** float(apart[at])
        canvas, ink = self._canvas, self._canvas.ink
        rows = sorted(canvas.pixel_y(float(place[at])) for place in places)
        if factor < _WORTH_SAYING or rows[1] - rows[0] < 3 * ink.height():
            return []
        column, gap, middle = canvas.pixel_x(at + 0.5), ink.px(8), sum(rows) / 2
        # right of the last layer there is room, between the two values
        align = STARTS if at < size / 2 or at == size - 1 else ENDS
        return [
            RuleNote(column, rows[0] + gap, column, rows[1] - gap, "muted"),
            Note(times(factor), column - align * gap, middle, "text", "curve_end", align, PLAIN),
        ]

    def _without_place(
        self,
        lanes: Sequence[Lane],
        quantity: Quantity,
        places: Sequence[NDArray[np.float64]],
        theme: Theme,
        written: Sequence[AnyNote],
    ) -> list[AnyNote]:
        """Mark on the axis the layers whose value has no place on it, and say how many there are."""
        marks: list[AnyNote] = []
        said: list[tuple[str, int, str]] = []
        for lane in lanes:
            found = [quantity.value(layer) for layer in quantity.layers(lane.picture.frame)]
            zero = [at for at, value in enumerate(found) if value == 0 and quantity.logarithmic]
            bad = [at for at, value in enumerate(found) if value is not None and not math.isfinite(value)]
            zeros = ngettext("{lane} exactly 0 in {number} layer", "{lane} exactly 0 in {number} layers", len(zero))
            others = ngettext("{lane} not finite in {number} layer", "{lane} not finite in {number} layers", len(bad))
            look, tokens = lane.look, theme.tokens
            for columns, shape, words, colour, ink in (
                (zero, look.mark, zeros, look.colour(tokens), look.ink(tokens)),
                (bad, "cross", others, "warn", "warn"),
            ):
                if columns:
                    said.append((words.format(lane=look.letter, number=count(len(columns))), columns[0], ink))
                marks += [
                    MarkNote(shape, self._canvas.pixel_x(at + 0.5), self._canvas.area.bottom(), colour, _MARK)
                    for at in columns
                ]
        return [*self._say(said, places, written), *marks]

    def _say(
        self,
        said: Sequence[tuple[str, int, str]],
        places: Sequence[NDArray[np.float64]],
        written: Sequence[AnyNote],
    ) -> list[AnyNote]:
        """Write words, each with its first column and colour, above the axis or, where there is less, at the top."""
        if not said:
            return []
        canvas, ink = self._canvas, self._canvas.ink
        # right of the last layer stand the values
        stop = canvas.pixel_x(max(place.size for place in places) - 0.5) - 14
        notes = [
            replace(floor_note(canvas, text, at + 0.5, line), colour=colour)
            for line, (text, at, colour) in enumerate(said)
        ]
        notes = [
            replace(note, x=max(canvas.area.left() + 6, min(note.x, stop - ink.width(note.text)))) for note in notes
        ]
        left, right = min(note.x for note in notes), max(note.x + ink.width(note.text) for note in notes)
        under = [canvas.to_data(QPointF(x, 0)).x() for x in np.linspace(left, right, 7)]
        rows = []
        for place in places:
            there = np.flatnonzero(np.isfinite(place))
            if there.size:
                rows += [canvas.pixel_y(float(each)) for each in np.interp(under, there + 0.5, place[there])]
        labels = [
            note.y
            for note in written
            if isinstance(note, Note) and note.x < right and note.x + ink.width(note.text, note.style) > left
        ]
        height = len(notes) * ink.line() + 4
        foot, head = canvas.area.bottom() - height, canvas.area.top() + height
        # better over a curve than over words
        low = (sum(row > foot for row in labels), sum(row > foot for row in rows))
        high = (sum(row < head for row in labels), sum(row < head for row in rows))
        if low <= high:
            return list(notes)
        first = canvas.area.top() + 0.7 * ink.height()
        return [replace(note, y=first + line * ink.line()) for line, note in enumerate(notes)]


def _values(lane: Lane, quantity: Quantity) -> NDArray[np.float64]:
    return np.array([quantity.of(layer) for layer in quantity.layers(lane.picture.frame)], dtype=np.float64)


def _placed(values: NDArray[np.float64], logarithmic: bool) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        placed = np.where(values > 0, np.log10(values), np.nan) if logarithmic else values
    return np.where(np.isfinite(placed), placed, np.nan)
