"""What stands beside curves: marks and values at their ends, and words over the axis on what has no place on it."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from app.look.ink import Ink
from app.look.marks import CIRCLE
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import ENDS, PLAIN, STARTS, AnyNote, MarkNote, Note, RuleNote

LABEL_GAP: Final = 9
"""Pixels between the end of a curve and its value."""
_LARGE_GAP: Final = 20
"""The same in large type."""
_LARGE_ROOM: Final = 200
"""Pixels right of the curves in large type, where the names stand."""
_MOST_ROOM: Final = 0.22
"""Of the width, where the window is narrow and the words are short."""
_CLOSEST: Final = 0.78
"""Of a line, the least distance of two: letters take no more."""
_MOVED: Final = 0.6
"""Lines that words are moved before a line leads back to their mark."""


@dataclass(frozen=True)
class End:
    """The last point of a curve, in the data's coordinates, and what is written there."""

    x: float
    y: float
    text: str
    """One line, or in large type two: the name, and under it the value."""
    mark: str
    """The token, or colour, of the mark."""
    ink: str
    """The token of the words."""
    shape: str = CIRCLE


def end_marks(canvas: Canvas, ends: Sequence[End]) -> list[AnyNote]:
    """Return the marks at the ends of curves without their words: a small plot has these in its title line."""
    seen = canvas.area.adjusted(-1, -1, 1, 1)
    placed = [(end, canvas.to_pixels(end.x, end.y)) for end in ends]
    return [MarkNote(end.shape, place.x(), place.y(), end.mark) for end, place in placed if seen.contains(place)]


def end_notes(canvas: Canvas, ends: Sequence[End], taken: Sequence[float] = ()) -> list[AnyNote]:
    """Return marks and words for the ends of curves; what ends out of view is written at the border.

    Words keep apart from each other and from the rows `taken`; from those that had to move, a line leads back.
    """
    ink, area, line = canvas.ink, canvas.area, canvas.ink.height("curve_end")
    places = [canvas.to_pixels(end.x, end.y) for end in ends]
    highest = max(area.top(), 0.4 * line)
    pitch = line + (ink.height() if any("\n" in end.text for end in ends) else 0.0)
    lowest = area.bottom() - line / 2
    if len(ends) > 1 and (len(ends) - 1) * pitch > lowest - highest:
        # in little height the words stand closer, and only where that is not enough beside the ticks too
        needed = highest + (len(ends) - 1) * _CLOSEST * pitch
        lowest = max(lowest, min(canvas.viewport().height() - 0.4 * line, needed))
        pitch = max(_CLOSEST * pitch, min(pitch, (lowest - highest) / (len(ends) - 1)))
    rows = spread([place.y() for place in places], pitch, highest, lowest, taken)
    last = max((place.x() for place in places), default=0.0)
    gap = ink.px(_LARGE_GAP if ink.is_large else LABEL_GAP)
    notes: list[AnyNote] = []
    for end, place, row in zip(ends, places, rows, strict=True):
        inside = area.adjusted(-1, -1, 1, 1).contains(place)
        start = place.x() + gap
        fits = inside and start + end_width(ink, end.text) <= area.right() + 2
        if fits and abs(row - place.y()) > _MOVED * line:
            notes.append(RuleNote(place.x(), place.y(), start - 3, row, end.mark))
        if inside:
            notes.append(MarkNote(end.shape, place.x(), place.y(), end.mark))
        if fits:
            # a curve that ended early has others beside it
            ground = PLAIN if place.x() < last - ink.px(LABEL_GAP) else ""
            notes += _written(ink, end, end.text, start, row, STARTS, ground)
        elif place.x() < area.left() - 1:
            notes += _written(ink, end, f"← {end.text}", area.left() + 4, row, STARTS, PLAIN)
        else:
            text = end.text if inside else f"{end.text} {_arrow(place, area)}"
            notes += _written(ink, end, text, area.right(), row, ENDS, PLAIN)
    return notes


def end_width(ink: Ink, text: str) -> float:
    """Return the pixels that the words of an end take."""
    name, _break, value = text.partition("\n")
    return max(ink.width(name, "curve_end"), ink.width(value) if value else 0.0)


def end_room(canvas: Canvas, needed: float) -> float:
    """Return the pixels to keep free right of the curves for words that need so many."""
    if not canvas.ink.is_large:
        return needed
    return max(needed, min(float(canvas.ink.px(_LARGE_ROOM)), _MOST_ROOM * float(canvas.viewport().width())))


def _written(ink: Ink, end: End, text: str, x: float, row: float, align: int, ground: str) -> Iterator[Note]:
    name, _break, value = text.partition("\n")
    yield Note(name, x, row, end.ink, "curve_end", align, ground)
    if value:
        below = row + (ink.height("curve_end") + ink.height()) / 2
        yield Note(value, x, below, "muted", align=align, ground=ground)


def floor_note(canvas: Canvas, words: str, x: float, line: int = 0) -> Note:
    """Return words over the axis from `x` on, moved in where they would leave the area; `line` counts upwards."""
    ink, area = canvas.ink, canvas.area
    left = max(canvas.pixel_x(x), area.left()) + 6
    row = area.bottom() - 0.7 * ink.height() - 3 - line * ink.line()
    return Note(words, min(left, area.right() - ink.width(words)), row, "warn", ground=PLAIN)


def _arrow(place: QPointF, area: QRectF) -> str:
    """Return the way in which a place right of, above or below the area left it."""
    if place.y() < area.top():
        return "↑"
    return "↓" if place.y() > area.bottom() else "→"


def spread(rows: Sequence[float], gap: float, top: float, bottom: float, taken: Sequence[float] = ()) -> list[float]:
    """Return `rows` moved apart until they are `gap` from each other and from the rows `taken`, in their order.

    Where there is no room for all of that, the rows `taken` count for nothing.
    """
    order = sorted(range(len(rows)), key=lambda index: rows[index])
    wanted = [rows[index] for index in order]
    walls = sorted(taken)
    rooms = list(zip([top, *(wall + gap for wall in walls)], [*(wall - gap for wall in walls), bottom], strict=True))
    # which room each row goes to, from above: with few rows and rooms, trying them all is simplest
    ways = itertools.combinations_with_replacement(range(len(rooms)), len(rows))
    tried = [placed for way in ways if (placed := _in_rooms(wanted, way, rooms, gap)) is not None]
    if not tried:
        return spread(rows, gap, top, bottom) if taken else _within(wanted, gap, top, max(bottom, top))
    best = min(tried, key=lambda placed: sum(abs(row - want) for row, want in zip(placed, wanted, strict=True)))
    result = [0.0] * len(rows)
    for row, index in zip(best, order, strict=True):
        result[index] = row
    return result


def _in_rooms(
    rows: Sequence[float], way: Sequence[int], rooms: Sequence[tuple[float, float]], gap: float
) -> list[float] | None:
    """Return sorted rows moved apart, each in its room; None where one room is too small."""
    placed: list[float] = []
    for room, members in itertools.groupby(zip(way, rows, strict=True), key=lambda each: each[0]):
        inside = [row for _room, row in members]
        top, bottom = rooms[room]
        if (len(inside) - 1) * gap > bottom - top + 1e-6:
            return None
        placed += _within(inside, gap, top, bottom)
    return placed


def _within(rows: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Return sorted rows moved apart between `top` and `bottom`."""
    placed: list[float] = []
    for row in rows:
        placed.append(max(row, placed[-1] + gap if placed else top))
    # what ran out below is pushed up again
    ceiling = bottom
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return placed
