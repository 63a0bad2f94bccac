"""Lines of equal loss over the two weights of a linear neuron, and a descent at the best constant rate."""

import math
from typing import Final

import numpy as np
import pyqtgraph as pg

from app.export.table import Column, Table
from app.look.dashes import curve_pen
from app.look.marks import CIRCLE, LINE, LegendEntry, mark_path
from app.look.numbers import count, number
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, MarkNote, Note
from app.plots.canvas.plane import lay_plane, plane_notes
from app.system.i18n import _, ngettext
from app.theme import Theme
from simulator.analysis.landscape import Bowl

CONTOURS: Final = 5
MOST_STEPS: Final = 60
"""Steps of the descent that are drawn: more lie on top of each other."""
DESCENT: Final = "descent"
_STEP: Final = 6


class BowlFigure(Figure[Bowl]):
    """The outermost line passes through weights of 0; the others rise 16, 9, 4 and 1 parts in 25 as high."""

    zooms = True

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title, _("The loss over two weights will be drawn here."))
        self.contours = pg.PlotCurveItem(antialias=True, connect="finite")
        self.descent = pg.PlotCurveItem(antialias=True)
        self.steps = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(CIRCLE))
        self.canvas.add(self.contours, depth=2)
        self.canvas.add(self.descent, depth=1)
        self.canvas.add(self.steps)

    def legend(self) -> tuple[LegendEntry, ...]:
        return (
            LegendEntry("contours", _("equal loss"), LINE, "muted"),
            LegendEntry(DESCENT, _("descent"), LINE, "warn"),
        )

    def _style(self) -> None:
        """Nothing is kept: every drawing asks the theme."""

    def _draw_data(self, data: Bowl) -> None:
        tokens = self._theme.tokens
        outer = data.outer_rise
        rings = [data.ellipse(outer * (place / CONTOURS) ** 2) for place in range(1, CONTOURS + 1)]
        lay_plane(self.canvas, rings[-1].min(axis=0), rings[-1].max(axis=0), _("weight 1"))
        gap = np.full((1, 2), np.nan)
        lines = np.concatenate([part for ring in rings for part in (ring, gap)])
        self.contours.setData(lines[:, 0], lines[:, 1])
        self.contours.setPen(curve_pen(tokens.muted, self.canvas.ink.stroke(1.5)))
        self.contours.setVisible(self._is_shown("contours"))
        path = data.descent(data.worst_start, min(MOST_STEPS, math.ceil(data.steps)))
        self.descent.setData(path[:, 0], path[:, 1])
        self.descent.setPen(curve_pen(tokens.warn, self.canvas.ink.stroke(2)))
        self.steps.setData(path[:, 0], path[:, 1])
        self.steps.setBrush(pg.mkBrush(tokens.warn))
        self.steps.setPen(pg.mkPen(None))
        self.steps.setSize(self._theme.px(_STEP))
        for item in (self.descent, self.steps):
            item.setVisible(self._is_shown(DESCENT))
        least = self.canvas.to_pixels(float(data.minimum[0]), float(data.minimum[1]))
        marks: list[AnyNote] = [MarkNote("cross", least.x(), least.y(), "text")]
        words = _("condition number {number}").format(number=number(data.condition))
        area = self.canvas.area
        top = area.top() + self.canvas.ink.height("curve_end") / 2
        marks.append(Note(words, area.right() - 8, top, "text", "curve_end", ENDS, PLAIN))
        self.canvas.set_notes([*plane_notes(self.canvas, _("weight 2")), *marks])

    def _missing_data(self, data: Bowl) -> str:
        if math.isinf(data.condition):
            return _("One weight changes nothing here: its input is always 0. The bowl is a gutter without an end.")
        return ""

    def _table_of(self, data: Bowl) -> Table:
        path = data.descent(data.worst_start, min(MOST_STEPS, math.ceil(data.steps)))
        steps = Column(_("step"), range(len(path)))
        return Table((steps, Column(_("weight 1"), path[:, 0]), Column(_("weight 2"), path[:, 1])))

    def _describe_data(self, data: Bowl) -> str:
        return _("Condition number {condition}. {steps}").format(
            condition=number(data.condition), steps=steps_words(data)
        )


def steps_words(bowl: Bowl) -> str:
    """Say how long a descent takes."""
    if math.isinf(bowl.steps):
        return _("No descent reaches the least loss.")
    steps = math.ceil(bowl.steps)
    return ngettext(
        "A descent comes 100 times nearer the least loss in {steps} step.",
        "A descent comes 100 times nearer the least loss in {steps} steps.",
        steps,
    ).format(steps=count(steps))
