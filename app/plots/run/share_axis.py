"""The axis of shares from 0 to 1: its lower end moves in fifths; in a small plot it may begin at 80 %, and says so."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from app.look.numbers import percent
from app.look.ticks import CoarseDecades, Tick, log_percent_ticks
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.ends import End, end_marks
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, Note
from app.system.i18n import _

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]

HIGH: Final = 0.8
"""Where a cut axis begins."""
_WIDEST: Final = 0.999
_PAD: Final = 6
_CLEAR: Final = 1.6
"""Lines of height for each line of words: more words would hide the curves. What has no room is in the title line."""


class ShareAxis:
    """Fits both ends, and writes what stands in a small plot."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._bottom: float | None = None
        self._decades = CoarseDecades(least=0.3, fine=True)
        self.is_cut = False
        """Whether readings lie below the lower end."""

    def forget(self) -> None:
        """Give up ends that were kept for the sake of calm."""
        self._bottom = None
        self._decades.forget()

    def fit(
        self, values: NDArray[np.float64], late: NDArray[np.float64] | None, *, logarithmic: bool
    ) -> tuple[float, float, tuple[Tick, ...]]:
        """Return both ends of the axis as drawn, a little above 100 %, and its ticks.

        Parameters
        ----------
        values
            All readings in view.
        late
            Those for which a small plot may be cut, without the climb at the beginning; None for a plot in full.
        """
        finite = values[np.isfinite(values)]
        self.is_cut = False
        if logarithmic:
            low, high = self._decades.fit([*np.log10(finite[finite > 0]), 0.0])
            return low, high + 0.01 * (high - low), log_percent_ticks(low, high)
        lowest = math.floor(float(finite.min()) * 5 + 1e-9) / 5 if finite.size else 0.0
        # an axis from 80 % would make small wiggles look like events
        wanted = min(lowest, 0.6)
        self._bottom = bottom = wanted if self._bottom is None else min(self._bottom, wanted)
        if late is not None:
            seen = late[np.isfinite(late)]
            if seen.size > 3 and float(seen.min()) >= HIGH and self._has_room_for_words():
                self.is_cut, bottom = float(finite.min()) < HIGH, HIGH
            ticks = np.linspace(bottom, 1.0, 3)
        else:
            ticks = np.linspace(bottom, 1.0, _parts(bottom))
        named = tuple(Tick(value, percent(value)) for value in ticks.round(6))
        return bottom, 1.0 + 0.01 * (1 - bottom), named

    def small_notes(self, ends: Sequence[End], curves: Sequence[Curve]) -> list[AnyNote]:
        """Return marks at the ends of curves, their words in the corner away from them, and where a cut axis begins.

        `curves` are times and placed values of all that is drawn: the words about the axis keep clear of them.
        """
        canvas, ink, area = self._canvas, self._canvas.ink, self._canvas.area
        notes = end_marks(canvas, ends)
        line, pad = ink.height("curve_end"), ink.px(_PAD)
        most = int(area.height() // (_CLEAR * line))
        told = ends if most >= len(ends) else ends[len(ends) - most :]
        high = [canvas.pixel_y(end.y) < area.center().y() for end in told]
        below = sum(high) * 2 >= len(high)
        first = area.bottom() - 3 - (len(told) - 0.5) * line if below else area.top() + line / 2
        for row, end in enumerate(told):
            notes.append(
                Note(end.text, area.right() - pad, first + row * line, end.ink, "curve_end", ENDS, ground=PLAIN)
            )
        if self.is_cut:
            stop = area.right() - max((ink.width(end.text, "curve_end") for end in told), default=0.0) - 3 * pad
            foot = area.bottom() - 3 - line / 2
            notes.append(
                Note(self._cut_words(), self._free_from(curves, foot - line / 2, stop), foot, "muted", ground=PLAIN)
            )
        return notes

    def _free_from(self, curves: Sequence[Curve], top: float, stop: float) -> float:
        """Return where words may begin that no curve runs through below `top`: behind the climb, and before `stop`."""
        canvas, pad = self._canvas, self._canvas.ink.px(_PAD)
        highest = canvas.to_data(QPointF(0, top)).y()
        climbs = [times[1:][values[:-1] < highest] for times, values in curves]
        first = canvas.pixel_x(max((float(each[-1]) for each in climbs if each.size), default=0.0)) + pad
        last = stop - canvas.ink.width(self._cut_words())
        return max(canvas.area.left() + pad, min(first, last))

    def _has_room_for_words(self) -> bool:
        ink = self._canvas.ink
        value = ink.width(_("val {accuracy}").format(accuracy=percent(_WIDEST)), "curve_end")
        return ink.width(self._cut_words()) + value + 4 * ink.px(_PAD) <= self._canvas.area.width()

    def _cut_words(self) -> str:
        return _("axis from {share}").format(share=percent(HIGH))


def _parts(bottom: float) -> int:
    """Return how many ticks fit the range from `bottom` to 1: four or five, or six over the whole."""
    return {0.0: 5, 0.2: 5, 0.4: 4, 0.6: 3}[round(bottom, 1)]
