"""What stands on a time axis besides curves: the step on display, one that is read elsewhere, and what happened."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPointF

from app.look.marks import CIRCLE, DIAMOND, TRIANGLE
from app.look.numbers import count
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.lanes import Lane
from app.plots.canvas.notes import AnyNote, MarkNote, RuleNote
from app.plots.canvas.reader import Readout
from app.plots.canvas.time_axis import TimeAxis
from app.system.i18n import _, translate_message
from app.theme import Tokens
from simulator.training import Mark, Picture

_EVENT: Final = 8
_NEAR: Final = 9
"""Pixels from an event's mark within which the mouse asks for its words."""
_MOST_EVENTS: Final = 40
"""Marks drawn of one run: of more, the newest."""
_KNOB: Final = 7
_EVENT_LOOKS: Final = {"fork": (DIAMOND, "muted"), "edit": (TRIANGLE, "muted"), "diverged": ("cross", "warn")}


class TimeMarks:
    """Marks for the steps of runs; the mouse asks for the words of those that say what happened."""

    def __init__(self, canvas: Canvas, axis: TimeAxis) -> None:
        self._canvas = canvas
        self._axis = axis
        self._events: list[tuple[float, Mark]] = []
        canvas.tooltip_at = self._event_at

    def notes(self, picture: Picture, lanes: Sequence[Lane], tokens: Tokens) -> list[AnyNote]:
        """Return the step on display, where it is a past one, and what happened to the runs."""
        area = self._canvas.area
        notes: list[AnyNote] = []
        if picture.at is not None:
            column = self._canvas.pixel_x(self._axis.along(picture, picture.frame.step))
            if area.left() - 1 <= column <= area.right():
                notes.append(RuleNote(column, area.top(), column, area.bottom(), "text"))
                notes.append(MarkNote(CIRCLE, column, area.top(), "text", _KNOB))
        self._events = []
        runs = [(lane.picture, lane.look.colour(tokens)) for lane in lanes] or [(picture, "")]
        for run, colour in runs:
            notes += self._event_notes(run, colour)
        return notes

    def read_elsewhere(self, column: float, readouts: Sequence[Readout]) -> list[AnyNote]:
        """Return a rule at a column of pixels, and marks on the points there."""
        area, canvas = self._canvas.area, self._canvas
        marks: Iterator[AnyNote] = (
            MarkNote(each.shape, canvas.pixel_x(each.x), canvas.pixel_y(each.y), each.mark)
            for each in readouts
            if math.isfinite(each.y)
        )
        return [RuleNote(column, area.top(), column, area.bottom()), *marks]

    def _event_notes(self, picture: Picture, colour: str) -> Iterator[AnyNote]:
        area = self._canvas.area
        for mark in picture.marks[-_MOST_EVENTS:]:
            column = self._canvas.pixel_x(self._axis.along(picture, mark.step))
            if area.left() - 1 <= column <= area.right():
                shape, usual = _EVENT_LOOKS[mark.kind]
                self._events.append((column, mark))
                yield MarkNote(shape, column, area.bottom(), colour or usual, _EVENT)

    def _event_at(self, place: QPointF) -> str:
        """Return the words of the event under the mouse."""
        row, column = self._canvas.pixel_y(place.y()), self._canvas.pixel_x(place.x())
        if row < self._canvas.area.bottom() - 2 * _NEAR:
            return ""
        near = [mark for at, mark in self._events if abs(at - column) <= _NEAR]
        words = _("Step {step}: {words}")
        return "\n".join(words.format(step=count(mark.step), words=translate_message(mark.message)) for mark in near)
