"""What each example of a mini-batch adds to the gradient of one parameter, and where their average lies."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.export.table import Column, Table
from app.look.numbers import count, number
from app.look.ticks import linear_ticks, whole_between, whole_ticks
from app.plots.canvas.bars import Bars
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, Note, RuleNote
from app.system.i18n import _
from app.theme import Theme

WIDTH: Final = 0.72
AIR: Final = 0.15


@dataclass(frozen=True, eq=False)
class Terms:
    """What the examples add to the gradient of the parameter `name`.

    Attributes
    ----------
    values
        All terms (examples,); none where examples are tied together.
    known
        How many have been added so far.
    average
        Of all terms, where it has been taken.
    """

    values: NDArray[np.floating]
    known: int
    average: float | None
    name: str


class TermsPlot(Figure[Terms]):
    """A bar an example; those that are still to come are not drawn."""

    zooms = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme, _("Terms of one parameter"), _("What each example adds will be drawn here, when it has gone back.")
        )
        self.bars = Bars()
        self.newest = Bars()
        self.canvas.add(self.bars, depth=2)
        self.canvas.add(self.newest, depth=1)
        self._style()

    def _missing_data(self, data: Terms) -> str:
        if data.values.size == 0:
            return _("Batch norm ties the examples together: none of them has a term of its own.")
        return "" if data.known else self._empty

    def _style(self) -> None:
        self.bars.setOpts(brush=self._theme.tokens.lanes_pale[1], pen=None)
        self.newest.setOpts(brush=self._theme.tokens.warn, pen=None)

    def _draw_data(self, data: Terms) -> None:
        values = np.nan_to_num(np.asarray(data.values, np.float64))
        size = values.size
        places = np.arange(1, size + 1) - WIDTH / 2
        shown = np.where(np.arange(size) < data.known - 1, values, 0.0)
        self.bars.setOpts(x0=places, width=WIDTH, height=shown)
        last = data.known - 1
        self.newest.setOpts(x0=places[last : last + 1], width=WIDTH, height=values[last : last + 1])
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        air = AIR * (high - low) or 1.0
        low, high = low - air, high + air
        ticks = linear_ticks(low, high, 4)
        axes = Axes(ticks, whole_ticks(size), tuple(tick.at for tick in ticks), up=linear_ticks, across=whole_between)
        self.canvas.set_axes(axes, Margins(left=2, top=6, right=8, bottom=2))
        self.canvas.set_range((0.0, size + 1.0), (low, high))
        self.canvas.set_notes(self._notes(data))
        self._set_subtitle(data.name)

    def _notes(self, data: Terms) -> list[AnyNote]:
        canvas = self.canvas
        zero = canvas.pixel_y(0)
        notes: list[AnyNote] = [RuleNote(canvas.area.left(), zero, canvas.area.right(), zero)]
        if data.average is not None:
            row = canvas.pixel_y(data.average)
            notes.append(RuleNote(canvas.area.left(), row, canvas.area.right(), row, "warn", dotted=True))
            words = _("average {average}").format(average=number(data.average))
            line = canvas.ink.height("curve_end")
            text_row = row - line if row - 1.5 * line > canvas.area.top() else row + line
            notes.append(Note(words, canvas.area.right() - 8, text_row, "warn", "curve_end", ENDS, PLAIN))
        return notes

    def _table_of(self, data: Terms) -> Table:
        known = data.values[: data.known]
        return Table((Column(_("example"), range(1, known.size + 1)), Column(data.name, np.asarray(known, np.float64))))

    def _describe_data(self, data: Terms) -> str:
        known = data.values[: data.known]
        words = _("{known} terms, sum {sum}").format(known=count(data.known), sum=number(float(known.sum())))
        if data.average is None:
            return words
        return _("{words}, average {average}").format(words=words, average=number(data.average))
