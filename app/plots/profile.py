"""A quantity over the layers, one curve a lane: which number, on what axis."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.i18n import _, ngettext
from app.plots.axes import Axes, Margins, data_area
from app.plots.canvas import Canvas
from app.plots.curve_plot import last_finite
from app.plots.ends import End, end_notes, floor_note
from app.plots.lanes import LANE_MARKS, MOST_LANES, Lane, lane_pen
from app.plots.layer_names import fit_names
from app.plots.marked_curves import MarkedCurve, MarkedCurvesItem
from app.plots.notes import ENDS, PLAIN, STARTS, AnyNote, MarkNote, Note, RuleNote
from app.plots.numbers import count, number, scientific, times
from app.plots.ticks import CoarseDecades, CoarseTop, Tick, linear_ticks, log_ticks
from app.theme import Theme
from simulator import Frame, LayerFrame

_WIDTH: Final = 2
_MARK: Final = 9
_WORTH_SAYING: Final = 2.0
"""A smaller factor between two lanes is not written."""
_APART: Final = 10
"""Pixels between names of layers."""


@dataclass(frozen=True)
class Quantity:
    """A number of each layer.

    Attributes
    ----------
    key, text, tip
        Its id, the word for it among the options, and a sentence about it.
    subtitle
        What it is, in grey after the title.
    value
        Returns it; None where a layer has none.
    logarithmic
        Whether it is shown on a logarithmic axis.
    inputs
        Whether the input has it too.
    band
        Exponents between which it is healthy, or None; they are always in view.
    """

    key: str
    text: str
    tip: str
    subtitle: str
    value: Callable[[LayerFrame], float | None]
    logarithmic: bool = True
    inputs: bool = False
    band: tuple[float, float] | None = None

    def of(self, layer: LayerFrame) -> float:
        """Return the number, NaN where there is none."""
        value = self.value(layer)
        return math.nan if value is None else value

    def layers(self, frame: Frame) -> tuple[LayerFrame, ...]:
        """Return the layers of a frame that have it."""
        return frame.layers if self.inputs else frame.layers[1:]

    def words(self, layer: LayerFrame) -> str:
        """Return the number in words."""
        value = self.value(layer)
        if value is None:
            return _("none")
        if value == 0:
            return _("exactly 0")
        return number(value)


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
        pens = [lane_pen(tokens.lanes[index], _WIDTH, index) for index in range(MOST_LANES)]
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
        if len(lanes) == 2 and quantity.logarithmic:
            notes += self._factor(values, places)
        begins = np.concatenate([place[: max(1, place.size // 2)] for place in places])
        low, high = self._canvas.y_range
        above = bool(np.nanmean(begins) < (low + high) / 2) if np.isfinite(begins).any() else False
        self._canvas.set_notes([*notes, *self._without_place(lanes, quantity, above)])

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
        widest = max(map(width, short), default=0.0)
        stride = max(1, math.ceil((widest + _APART) / pitch))
        gap = stride
        if last != names[-1]:
            # beside a row of numbers a lone O is a nought; right of the last layer there is room
            last, gap = next(
                (text, apart)
                for text in (names[-1], names[-1][:3])
                if (apart := math.ceil(((width(text) + widest) / 2 + _APART) / pitch)) <= stride or text != names[-1]
            )
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

    def _without_place(self, lanes: Sequence[Lane], quantity: Quantity, above: bool) -> list[AnyNote]:
        """Mark on the axis the layers whose value has no place on it, and say so at its foot, or `above`."""
        canvas = self._canvas
        marks: list[AnyNote] = []
        words: list[AnyNote] = []
        values = canvas.pixel_x(max(len(quantity.layers(lane.picture.frame)) for lane in lanes) - 0.5) - 14
        for lane in lanes:
            found = [quantity.value(layer) for layer in quantity.layers(lane.picture.frame)]
            zero = [at for at, value in enumerate(found) if value == 0 and quantity.logarithmic]
            bad = [at for at, value in enumerate(found) if value is not None and not math.isfinite(value)]
            zeros = ngettext("{lane} exactly 0 in {number} layer", "{lane} exactly 0 in {number} layers", len(zero))
            others = ngettext("{lane} not finite in {number} layer", "{lane} not finite in {number} layers", len(bad))
            for columns, shape, said in ((zero, lane.look.mark, zeros), (bad, "cross", others)):
                if columns:
                    text = said.format(lane=lane.look.letter, number=count(len(columns)))
                    note = floor_note(canvas, text, columns[0] + 0.5, len(words))
                    row = canvas.area.top() + 0.7 * canvas.ink.height() + len(words) * canvas.ink.line()
                    # right of the last layer stand the values
                    left = max(canvas.area.left() + 6, min(note.x, values - canvas.ink.width(text)))
                    words.append(replace(note, x=left, y=row if above else note.y))
                marks += [
                    MarkNote(shape, canvas.pixel_x(at + 0.5), canvas.area.bottom(), "warn", _MARK) for at in columns
                ]
        return [*words, *marks]


def _values(lane: Lane, quantity: Quantity) -> NDArray[np.float64]:
    return np.array([quantity.of(layer) for layer in quantity.layers(lane.picture.frame)], dtype=np.float64)


def _placed(values: NDArray[np.float64], logarithmic: bool) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        placed = np.where(values > 0, np.log10(values), np.nan) if logarithmic else values
    return np.where(np.isfinite(placed), placed, np.nan)
