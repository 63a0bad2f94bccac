"""What is written among the curves of the loss."""

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from app.look.numbers import count, number, short, times
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.ends import LABEL_GAP, End, end_marks, end_notes, end_width, floor_note
from app.plots.canvas.lanes import end_words
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, MarkNote, Note, RuleNote
from app.plots.run.loss_trace import Trace
from app.system.i18n import _, ngettext
from app.theme import Tokens

_WORTH_SAYING: Final = 2.0
"""A smaller factor between two lanes is not written."""
_END_SHARE: Final = 0.36
"""Of the width, for the words at the ends of curves."""
_WHOLE: Final = 1000
"""From here on a peak is written to its last whole number, if that is not too long."""
_LATE: Final = 0.02
"""Of the time in view: lanes that end further apart are not compared."""


class LossNotes:
    """Writes for the traces of one picture.

    Parameters
    ----------
    guess
        The loss of guessing and its words, or None.
    place
        Returns the place of a loss on its axis.
    small
        The plot has the value in its title line: letters alone, or marks alone where even these have no room.
    """

    def __init__(
        self,
        canvas: Canvas,
        traces: Sequence[Trace],
        guess: tuple[float, str] | None,
        place: Callable[[float], float],
        tokens: Tokens,
        *,
        small: bool = False,
    ) -> None:
        self._small = small
        self.cut = ""
        """In a small plot, where its axis ends and how high the losses go: for its title line."""
        self._canvas = canvas
        self._traces = traces
        self._guess = guess
        self._place = place
        self._tokens = tokens

    def room(self) -> float:
        """Return the pixels that the words right of the curves need, the same for all numbers."""
        ink = self._canvas.ink
        if self._small and not self._has_letters:
            return ink.px(12)
        ends = max((end_width(ink, words) for words in self._end_words(["0.0000"] * len(self._traces))), default=0)
        guess = ink.width(self._guess[1]) if self._guess else 0
        return max(ends + ink.px(22), guess + ink.px(12))

    def notes(self, raw: bool, smooth: bool, logarithmic: bool) -> list[AnyNote]:
        """Return all words; `raw` and `smooth` tell which curves are shown."""
        notes, taken = self._guess_notes()
        peak = self._peak() if raw and not logarithmic else []
        if smooth and self._small and not self._has_letters:
            notes += end_marks(self._canvas, self._ends())
        elif smooth:
            aside = [note.y for note in peak if isinstance(note, Note)] if self._canvas.ink.is_large else []
            ends = end_notes(self._canvas, self._ends(), [*taken, *aside])
            line = self._canvas.ink.height("curve_end")
            # four lanes may leave no room for the words, and the dotted line says enough
            crowded = any(isinstance(end, Note) and abs(end.y - row) < line - 1 for end in ends for row in taken)
            notes = [note for note in notes if not (crowded and isinstance(note, Note))] + ends
            notes += self._factor()
        notes += peak
        if logarithmic:
            notes += self._without_place()
        for trace in self._traces:
            notes += self._bad_step(trace)
        return notes

    @property
    def _has_letters(self) -> bool:
        """Whether the ends of a small plot have letters: there are several curves, and room for a line each."""
        lines = self._canvas.ink.height("curve_end") * len(self._traces)
        return len(self._traces) > 1 and lines <= self._canvas.viewport().height() - 2 * self._canvas.ink.height()

    def _guess_notes(self) -> tuple[list[AnyNote], list[float]]:
        if self._guess is None:
            return [], []
        area, (loss, words) = self._canvas.area, self._guess
        row = self._canvas.pixel_y(self._place(loss))
        if not area.top() <= row <= area.bottom():
            return [], []
        ink = self._canvas.ink
        stop = area.right() - ink.width(words)
        # above the axis, where the ticks have their words
        words_row = min(row, area.bottom() - ink.height() / 2)
        rule = RuleNote(area.left(), row, stop - 6, row, "muted", dotted=True)
        return [rule, Note(words, stop, words_row, "muted")], [words_row]

    def _ends(self) -> list[End]:
        found = [(trace, end) for trace in self._traces if (end := trace.end()) is not None]
        found = [(trace, end) for trace, end in found if math.isfinite(self._place(end[1]))]
        words = self._end_words([number(end[1]) for _trace, end in found], [trace for trace, _end in found])
        tokens = self._tokens
        return [
            End(end[0], self._place(end[1]), text, trace.colour(tokens), trace.ink(tokens), trace.mark)
            for (trace, end), text in zip(found, words, strict=True)
        ]

    def _end_words(self, values: Sequence[str], traces: Sequence[Trace] | None = None) -> list[str]:
        looks = [trace.look for trace in (self._traces if traces is None else traces)]
        named = [look for look in looks if look is not None]
        if len(named) < len(looks):
            return list(values)
        if self._small:
            return [look.letter for look in named]
        if self._canvas.ink.is_large:
            values = [_("loss {loss}").format(loss=value) for value in values]
        return end_words(named, values, _END_SHARE * self._canvas.viewport().width(), self._canvas.ink)

    def _factor(self) -> list[AnyNote]:
        """Write how many times greater one of two lanes is, between their ends."""
        ends = self._ends()
        if self._small or len(self._traces) != 2 or len(ends) != 2:
            return []
        canvas, ink = self._canvas, self._canvas.ink
        span = canvas.x_range[1] - canvas.x_range[0]
        if abs(ends[0].x - ends[1].x) > _LATE * span:
            return []
        # of lanes with other mini-batches one is always a little ahead
        both = min(end.x for end in ends)
        low, high = sorted(trace.at_time(both) for trace in self._traces)
        if not low > 0 or high / low < _WORTH_SAYING:
            return []
        rows = sorted(canvas.pixel_y(self._place(value)) for value in (low, high))
        if rows[1] - rows[0] < 3 * ink.height():
            return []
        column = canvas.pixel_x(both)
        words = times(high / low)
        if column - ink.width(words, "curve_end") < canvas.area.left() + 20 or column > canvas.area.right():
            return []
        gap = ink.px(7)
        rule = RuleNote(column, rows[0] + gap, column, rows[1] - gap, "muted")
        return [rule, Note(words, column - gap, sum(rows) / 2, "text", "curve_end", ENDS, PLAIN)]

    def _peak(self) -> list[AnyNote]:
        """Say how high the raw losses go that the axis does not reach."""
        canvas, ink, top = self._canvas, self._canvas.ink, self._canvas.y_range[1]
        peaks = [(float(np.nanmax(trace.losses.high, initial=-math.inf)), trace) for trace in self._traces]
        cut = sorted(((peak, trace) for peak, trace in peaks if peak > top), key=lambda each: -each[0])
        if not cut or self._canvas.zoom:
            return []
        highest = cut[0][1]
        reached = [_lettered(trace, short(peak, 4 if peak >= _WHOLE else 2)) for peak, trace in cut]
        first = _lettered(highest, _("reached {loss}").format(loss=short(cut[0][0], 4 if cut[0][0] >= _WHOLE else 2)))
        head, told = _("cut at {loss}").format(loss=short(top)), ", ".join([first, *reached[1:]])
        row = canvas.area.top() + ink.height() / 2
        if self._small:
            self.cut = _("{head}, {told}").format(head=head, told=told)
            return []
        if ink.is_large:
            end = canvas.axes.end
            left = ink.px(LABEL_GAP) + (canvas.area.left() if end is None else canvas.pixel_x(end))
            return [
                Note(head, left, row, "muted", "strong tick"),
                Note(ink.elided(told, canvas.area.right() - left), left, row + ink.height(), "muted"),
            ]
        at = canvas.pixel_x(float(highest.at[int(np.nanargmax(highest.losses.high))]))
        words = _("{head}, {told}").format(head=head, told=told)
        if ink.width(words) > canvas.area.width() / 2:
            words = _("{head}, {told}").format(head=head, told=first)
        # left of the peak, where there is room: right of it the value of the curve's end may stand
        before = at - 6 - ink.width(words)
        left = before if before > canvas.area.left() else at + 6
        return [Note(words, left, row, "muted", ground=PLAIN)]

    def _without_place(self) -> list[AnyNote]:
        """Say how many losses have no place on a logarithmic axis; the plot bands the axis there."""
        found = [(trace, trace.without_place()) for trace in self._traces]
        found = [(trace, at) for trace, at in found if at.size]
        notes: list[AnyNote] = []
        for line, (trace, at) in enumerate(found):
            words = ngettext(
                "0 in {number} place: below this axis", "0 in {number} places: below this axis", at.size
            ).format(number=count(at.size))
            notes.append(floor_note(self._canvas, _lettered(trace, words), float(at[0]), line))
        return notes

    def _bad_step(self, trace: Trace) -> list[AnyNote]:
        """Mark the first loss that is no finite number."""
        canvas, ink, area = self._canvas, self._canvas.ink, self._canvas.area
        step = trace.losses.first_bad_step
        if step is None or not trace.at.size:
            return []
        at = canvas.pixel_x(float(np.interp(step, trace.losses.step, trace.at, left=math.nan)))
        if not area.left() <= at <= area.right():
            return []
        words = _lettered(trace, _("not finite from step {step}").format(step=count(step)))
        width = ink.width(words, "curve_end")
        left = at + 6 if at + 6 + width <= area.right() else max(area.left(), at - 6 - width)
        row = area.center().y() + trace.lane * ink.height("curve_end")
        return [
            RuleNote(at, area.top(), at, area.bottom(), "warn"),
            MarkNote("cross", at, area.bottom() - 1, "warn"),
            Note(words, left, row, "warn", "curve_end"),
        ]


def _lettered(trace: Trace, words: str) -> str:
    """Return the words with the letter of the lane they are about."""
    return words if trace.look is None else f"{trace.look.letter} {words}"
