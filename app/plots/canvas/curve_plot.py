"""What loss and accuracy share: curves over time, values at their ends, one value under the mouse."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from app.look.marks import CIRCLE
from app.look.numbers import count
from app.look.ticks import CoarseTop, Tick, whole_ticks
from app.plots.canvas.curve import Curve
from app.plots.canvas.ends import End, end_notes
from app.plots.canvas.notes import BOX, PLAIN, AnyNote, MarkNote, Note, RuleNote
from app.plots.canvas.plot import Plot
from app.theme import Theme

THICK: Final = 3
"""Pixels of a curve."""
MOST_POINTS: Final = 150
"""A dashed curve must be one polyline, which is dear: half a millisecond here, twice that at 300 points."""
_LABEL_ROOM: Final = 1.6
"""A label and the air beside it, in widths of the label."""
_LABEL_SHARE: Final = 0.75
"""About this share of a plot's width has ticks; the rest is for axis and values."""


@dataclass(frozen=True)
class Readout:
    """The point nearest to the mouse, in the data's coordinates, and its words."""

    x: float
    y: float
    text: str
    mark: str
    shape: str = CIRCLE


class CurvePlot(Plot):
    """Curves that can be read: with the mouse or, when the plot has the focus, with the arrows."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self._x_top = CoarseTop()
        self._still: list[AnyNote] = []
        self._read_at: float | None = None
        self.canvas.set_readable()
        self.canvas.pointed.connect(self._on_pointed)
        self.canvas.key_read.connect(self._on_key)

    @property
    def reading(self) -> str:
        """The words for the point under the mouse or the arrows; empty for none."""
        readouts = self._readouts()
        return readouts[0].text if readouts else ""

    def make_curve(self, depth: float, segmented: bool = True) -> Curve:
        """Return a curve item on the canvas; a dashed one must not be `segmented`."""
        curve = Curve(self.canvas)
        curve.setSegmentedLineMode("on" if segmented else "off")
        self.canvas.add(curve, depth)
        return curve

    def view_top(self, top: float, room: float, low: float = 0.0) -> float:
        """Return where an axis from `low` must end so that `room` pixels stay free right of `top`."""
        width = self.canvas.area.width()
        return low + (top - low) * width / max(width / 3, width - room)

    def time_ticks(self, top: float, low: float = 0.0) -> tuple[Tick, ...]:
        """Return ticks from `low` to `top`, as many as there is room for."""
        label = self.canvas.ink.width(count(round(top))) * _LABEL_ROOM
        most = int(_LABEL_SHARE * self.canvas.viewport().width() / max(1.0, label))
        return whole_ticks(top, max(2, min(5, most)), low)

    def show_notes(self, notes: Iterable[AnyNote]) -> None:
        """Write these words, and what the mouse asks for."""
        self._still = list(notes)
        self._write()

    def end_notes(self, ends: Sequence[End], taken: Sequence[float] = ()) -> list[AnyNote]:
        """Return marks and words for the ends of curves; words keep apart from each other and from rows `taken`."""
        return end_notes(self.canvas, ends, taken)

    def _nearest(self, x: float) -> list[Readout]:
        """Return the points to read out at `x`, the one that carries the words first."""
        raise NotImplementedError

    def _forget(self) -> None:
        self._x_top.forget()

    def _on_pointed(self, place: QPointF | None) -> None:
        self._read(None if place is None else place.x())

    def _on_key(self, way: str) -> None:
        """Move the reading to a neighbouring point, or to the first or the last one."""
        low, high = self.canvas.x_range
        if way == "leave":
            self._read(None)
        elif way in ("first", "last") or self._read_at is None:
            self._read(low if way == "first" else high)
        else:
            self._read(self._neighbour(self._read_at, 1 if way == "on" else -1))
        self.canvas.setAccessibleDescription(self.reading)

    def _neighbour(self, x: float, way: int) -> float:
        """Return where the next other point is read, going from `x` by the width of a pixel."""
        here = self._nearest(x)
        low, high = self.canvas.x_range
        pixel = (high - low) / max(1.0, self.canvas.area.width())
        seeking = here[0].x if here else x
        while low <= seeking <= high and here:
            seeking += way * pixel
            found = self._nearest(seeking)
            if found and found[0].x != here[0].x:
                return found[0].x
        return here[0].x if here else x

    def _read(self, x: float | None) -> None:
        self._read_at = x
        self._write()

    def _readouts(self) -> list[Readout]:
        if self._read_at is None or self._words_instead():
            return []
        return self._nearest(self._read_at)

    def _write(self) -> None:
        if not self.isVisible():
            return
        hover = self._hover_notes()
        # words among the curves give way to the readout, which may come to lie over them
        reads = any(isinstance(note, Note) for note in hover)
        still = [note for note in self._still if not (reads and isinstance(note, Note) and note.ground == PLAIN)]
        self.canvas.set_notes([*still, *hover])

    def _hover_notes(self) -> list[AnyNote]:
        readouts = self._readouts()
        if not readouts:
            return []
        area, ink = self.canvas.area, self.canvas.ink
        column = self.canvas.pixel_x(readouts[0].x)
        notes: list[AnyNote] = [RuleNote(column, area.top(), column, area.bottom())]
        notes += [
            MarkNote(each.shape, column, self.canvas.pixel_y(each.y), each.mark)
            for each in readouts
            if math.isfinite(each.y)
        ]
        text = readouts[0].text
        width = ink.width(text)
        # right of the rule where there is room, else left of it, but never outside
        start = column + 14 if column + 26 + width < area.right() else max(area.left() + 10, column - 14 - width)
        row = self._reading_row(text, start, readouts[0])
        notes.append(Note(text, start, row, ground=BOX))
        return notes

    def _reading_row(self, text: str, start: float, readout: Readout) -> float:
        """Return where a readout covers least: an end of the rule, the further one from the point if both are free."""
        area, ink = self.canvas.area, self.canvas.ink
        high, low = area.top() + ink.height() / 2 + 2, area.bottom() - ink.height() / 2 - 5
        rows = [low, high] if self.canvas.pixel_y(readout.y) < area.center().y() else [high, low]
        stop = start + ink.width(text)
        values = [note for note in self._still if isinstance(note, Note) and note.ground != PLAIN]

        def covered(row: float) -> int:
            return sum(
                abs(note.y - row) < ink.line()
                and note.x - ink.width(note.text, note.style) * (note.align + 1) / 2 < stop + 8
                and note.x + ink.width(note.text, note.style) * (1 - note.align) / 2 > start - 8
                for note in values
            )

        return min(rows, key=covered)


def thinned(count: int) -> NDArray[np.int64]:
    """Return the indices of at most `MOST_POINTS` of `count` points, evenly, with the first and the last."""
    if count <= MOST_POINTS:
        return np.arange(count)
    return np.linspace(0, count - 1, MOST_POINTS).round().astype(np.int64)


def nearest_index(x: NDArray[np.float64], wanted: float) -> int | None:
    """Return the index of the value of `x`, which grows, that is nearest to `wanted`."""
    if x.size == 0:
        return None
    after = int(np.searchsorted(x, wanted))
    if after == 0 or (after < x.size and x[after] - wanted < wanted - x[after - 1]):
        return after
    return after - 1


def last_finite(values: NDArray[np.float64]) -> int | None:
    """Return the index of the last finite value."""
    finite = np.flatnonzero(np.isfinite(values))
    return int(finite[-1]) if finite.size else None
