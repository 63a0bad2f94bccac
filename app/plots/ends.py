"""The ends of curves: a mark, and the value beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from app.plots.canvas import Canvas
from app.plots.marks import CIRCLE
from app.plots.notes import ENDS, PLAIN, AnyNote, MarkNote, Note

LABEL_GAP: Final = 9
"""Pixels between the end of a curve and its value."""


@dataclass(frozen=True)
class End:
    """The last point of a curve, in the data's coordinates, and what is written there."""

    x: float
    y: float
    text: str
    mark: str
    """The token, or colour, of the mark."""
    ink: str
    """The token of the words."""
    shape: str = CIRCLE


def end_notes(canvas: Canvas, ends: Sequence[End], taken: Sequence[float] = ()) -> list[AnyNote]:
    """Return marks and words for the ends of curves; what ends out of view is written at the border.

    Words keep apart from each other and from the rows `taken`.
    """
    ink, area, line = canvas.ink, canvas.area, canvas.ink.height("curve_end")
    places = [canvas.to_pixels(end.x, end.y) for end in ends]
    rows = spread([place.y() for place in places], line, area.top(), area.bottom() - line / 2, taken)
    notes: list[AnyNote] = []
    for end, place, row in zip(ends, places, rows, strict=True):
        inside = area.adjusted(-1, -1, 1, 1).contains(place)
        if inside:
            notes.append(MarkNote(end.shape, place.x(), place.y(), end.mark))
        start = place.x() + ink.px(LABEL_GAP)
        if inside and start + ink.width(end.text, "curve_end") <= area.right() + 2:
            notes.append(Note(end.text, start, row, end.ink, "curve_end"))
        elif place.x() < area.left() - 1:
            notes.append(Note(f"← {end.text}", area.left() + 4, row, end.ink, "curve_end", ground=PLAIN))
        else:
            text = end.text if inside else f"{end.text} {_arrow(place, area)}"
            notes.append(Note(text, area.right(), row, end.ink, "curve_end", ENDS, PLAIN))
    return notes


def _arrow(place: QPointF, area: QRectF) -> str:
    """Return the way in which a place right of, above or below the area left it."""
    if place.y() < area.top():
        return "↑"
    return "↓" if place.y() > area.bottom() else "→"


def spread(rows: Sequence[float], gap: float, top: float, bottom: float, taken: Sequence[float] = ()) -> list[float]:
    """Return `rows` moved apart until they are `gap` from each other and from the rows `taken`, in their order."""
    order = sorted(range(len(rows)), key=lambda index: rows[index])
    placed = [0.0] * len(rows)
    floor = top
    for index in order:
        row = max(rows[index], floor)
        for other in sorted(taken):
            if abs(row - other) < gap:
                # away from the line, to the side the value is on
                row = other + gap if rows[index] >= other or other - gap < floor else other - gap
        placed[index] = row
        floor = row + gap
    # what ran out below is pushed up again
    ceiling = bottom
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return placed
