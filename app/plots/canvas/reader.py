"""The read-out of a plot: one value under the mouse or, when the canvas has the focus, where the arrows have gone."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Signal

from app.look.marks import CIRCLE
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import BOX, PLAIN, AnyNote, MarkNote, Note, RuleNote


@dataclass(frozen=True)
class Readout:
    """The point nearest to the mouse, in the data's coordinates, and its words."""

    x: float
    y: float
    text: str
    mark: str
    shape: str = CIRCLE


class Reader(QObject):
    """Reads a canvas and writes its notes: those that stand still, and over them what is read.

    Parameters
    ----------
    nearest
        Returns the points to read out at a place of the horizontal axis, the one that carries the words first.
    silent
        Returns the words that stand in the place of the data, or nothing.

    Signals
    -------
    moved()
        Another place is read, or none any longer.
    """

    moved = Signal()

    def __init__(self, canvas: Canvas, nearest: Callable[[float], list[Readout]], silent: Callable[[], str]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._nearest = nearest
        self._silent = silent
        self._still: list[AnyNote] = []
        self._at: float | None = None
        self.pointed: QPointF | None = None
        """Where the mouse is on the data; None where it has left."""
        self.otherwise: Callable[[], list[AnyNote]] | None = None
        """Returns what is written while nothing is read."""
        canvas.set_readable()
        canvas.pointed.connect(self._on_pointed)
        canvas.key_read.connect(self._on_key)

    @property
    def words(self) -> str:
        """The words for the point that is read; empty for none."""
        readouts = self.readouts()
        return readouts[0].text if readouts else ""

    def readouts(self) -> list[Readout]:
        """Return the points that are read, the one that carries the words first."""
        return [] if self._at is None or self._silent() else self._nearest(self._at)

    def read(self, x: float | None) -> None:
        """Read at this place of the horizontal axis; None reads nothing."""
        self._at = x
        self.write()
        self.moved.emit()

    def show_notes(self, notes: Iterable[AnyNote]) -> None:
        """Write these words, and what is read."""
        self._still = list(notes)
        self.write()

    def write(self) -> None:
        """Write everything anew."""
        if not self._canvas.isVisible():
            return
        hover = self._hover_notes()
        # words among the curves give way to the readout, which may come to lie over them
        reads = any(isinstance(note, Note) for note in hover)
        still = [note for note in self._still if not (reads and isinstance(note, Note) and note.ground == PLAIN)]
        self._canvas.set_notes([*still, *hover])

    # keys and mouse --------------------------------------------------------------------------------------------------

    def _on_pointed(self, place: QPointF | None) -> None:
        self.pointed = place
        self.read(None if place is None else place.x())

    def _on_key(self, way: str) -> None:
        """Move the reading to a neighbouring point, or to the first or the last one."""
        low, high = self._canvas.x_range
        if way == "leave":
            self.read(None)
        elif way in ("first", "last") or self._at is None:
            self.read(low if way == "first" else high)
        else:
            self.read(self._neighbour(self._at, 1 if way == "on" else -1))
        self._canvas.setAccessibleDescription(self.words)

    def _neighbour(self, x: float, way: int) -> float:
        """Return where the next other point is read, going from `x` by the width of a pixel."""
        here = self._nearest(x)
        low, high = self._canvas.x_range
        pixel = (high - low) / max(1.0, self._canvas.area.width())
        seeking = here[0].x if here else x
        while low <= seeking <= high and here:
            seeking += way * pixel
            found = self._nearest(seeking)
            if found and found[0].x != here[0].x:
                return found[0].x
        return here[0].x if here else x

    # notes -----------------------------------------------------------------------------------------------------------

    def _hover_notes(self) -> list[AnyNote]:
        readouts = self.readouts()
        if not readouts:
            return self.otherwise() if self.otherwise is not None else []
        area, ink = self._canvas.area, self._canvas.ink
        column = self._canvas.pixel_x(readouts[0].x)
        notes: list[AnyNote] = [RuleNote(column, area.top(), column, area.bottom())]
        notes += [
            MarkNote(each.shape, column, self._canvas.pixel_y(each.y), each.mark)
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
        area, ink = self._canvas.area, self._canvas.ink
        high, low = area.top() + ink.height() / 2 + 2, area.bottom() - ink.height() / 2 - 5
        rows = [low, high] if self._canvas.pixel_y(readout.y) < area.center().y() else [high, low]
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
