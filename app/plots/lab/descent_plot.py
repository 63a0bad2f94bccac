"""A path of descent over the contours of a loss of two weights."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.export.table import Column, Table
from app.look.dashes import curve_pen
from app.look.marks import CIRCLE, TRIANGLE, LegendEntry, mark_path
from app.look.numbers import count, number
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import CENTRE, PLAIN, AnyNote, MarkNote, Note
from app.plots.canvas.plane import lay_plane, plane_notes
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.landscape import zigzag

REACHES: Final = (2.1, 3.0, 5.0, 10.0, 15.0, 30.0, 100.0, 1000.0)
"""Half the shorter side of the view: the least that holds the path, in coarse jumps."""
LEVELS: Final = (1 / 64, 1 / 16, 1 / 4, 1.0, 4.0, 16.0, 64.0)
"""Contours: what is lost above the smallest loss, as shares of that at the start."""
SAME: Final = "same"
OTHER: Final = "other"
_MARK: Final = 8


@dataclass(frozen=True, eq=False)
class DescentPicture:
    """A descent, and how many of its steps have been made."""

    neuron: zigzag.Neuron
    descent: zigzag.Descent
    step: int


class DescentPlot(Figure[DescentPicture]):
    """Contours, the path made so far, the rest of it pale, and where steps with the same sign lead."""

    zooms = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Descent"), _("The path will be drawn here."))
        self._drawn: tuple[zigzag.Neuron, zigzag.Descent] | None = None
        self.contours = pg.PlotCurveItem(antialias=True, connect="finite")
        self.whole = pg.PlotCurveItem(antialias=True)
        self.path = pg.PlotCurveItem(antialias=True)
        self.same = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(TRIANGLE))
        self.other = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(CIRCLE))
        for depth, item in enumerate((self.same, self.other, self.path, self.whole, self.contours), start=1):
            self.canvas.add(item, depth)
        self.canvas.paint_ground = self._paint_ground
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        return (
            LegendEntry(SAME, _("same sign"), TRIANGLE, "warn"),
            LegendEntry(OTHER, _("opposite"), CIRCLE, "accent"),
        )

    def _style(self) -> None:
        tokens = self._theme.tokens
        self.contours.setPen(curve_pen(tokens.edge, self.canvas.ink.stroke(1)))
        self.whole.setPen(curve_pen(tokens.ghost, self.canvas.ink.stroke(1.5)))
        self.path.setPen(curve_pen(tokens.text, self.canvas.ink.stroke(1.5)))
        for item, colour in ((self.same, tokens.warn), (self.other, tokens.accent)):
            item.setBrush(pg.mkBrush(colour))
            item.setPen(pg.mkPen(tokens.card, width=1))
            item.setSize(self._theme.px(_MARK))

    def _draw_data(self, data: DescentPicture) -> None:
        weights, step = data.descent.weights, data.step
        furthest = float(np.abs(weights).max())
        reach = next((reach for reach in REACHES if reach >= 1.05 * furthest), REACHES[-1])
        lay_plane(self.canvas, np.full(2, -reach), np.full(2, reach), "" if self._compact else "w₁")
        if self._drawn is None or self._drawn[0] is not data.neuron:
            self._draw_contours(data)
        if self._drawn is None or self._drawn[1] is not data.descent:
            self.whole.setData(weights[:, 0], weights[:, 1])
        self._drawn = (data.neuron, data.descent)
        self.path.setData(weights[: step + 1, 0], weights[: step + 1, 1])
        product = data.descent.signs[:step].prod(axis=1)
        for item, key, chosen in ((self.same, SAME, product > 0), (self.other, OTHER, product <= 0)):
            made = weights[1 : step + 1][chosen]
            item.setVisible(self._is_shown(key))
            item.setData(made[:, 0], made[:, 1])
        self._set_subtitle(_("loss {loss}").format(loss=number(float(data.descent.losses[step]))))
        self.canvas.restyle()
        self.canvas.set_notes(self._words(data))

    def _draw_contours(self, data: DescentPicture) -> None:
        bowl = data.neuron.bowl
        rise = float(bowl.loss(np.array(zigzag.START))) - bowl.lowest
        gap = np.full((1, 2), np.nan)
        lines = [part for level in LEVELS for part in (bowl.ellipse(rise * level), gap)]
        points = np.concatenate(lines)
        self.contours.setData(points[:, 0], points[:, 1])

    def _words(self, data: DescentPicture) -> list[AnyNote]:
        canvas, ink = self.canvas, self.canvas.ink
        line = ink.height()
        now = canvas.to_pixels(*data.descent.weights[data.step])
        start, goal = canvas.to_pixels(*zigzag.START), canvas.to_pixels(*zigzag.GOAL)
        notes: list[AnyNote] = [
            *plane_notes(canvas, "w₂"),
            MarkNote("plus", goal.x(), goal.y(), "good"),
            Note(_("smallest loss"), goal.x(), goal.y() + line, "good", "strong tick", CENTRE, PLAIN),
            Note(_("start"), start.x(), start.y() - line, "text", "strong tick", CENTRE, PLAIN),
            MarkNote(CIRCLE, start.x(), start.y(), "text"),
        ]
        if canvas.area.contains(now):
            notes.append(MarkNote("diamond", now.x(), now.y(), "text"))
        return notes

    def _paint_ground(self, painter: QPainter) -> None:
        """Shade the two quadrants into which a step leads whose gradients have the same sign."""
        if self._data is None:
            return
        area, ink = self.canvas.area, self.canvas.ink
        now = self.canvas.to_pixels(*self._data.descent.weights[self._data.step])
        if not area.contains(now):
            return
        up = QRectF(now.x(), area.top(), area.right() - now.x(), now.y() - area.top())
        down = QRectF(area.left(), now.y(), now.x() - area.left(), area.bottom() - now.y())
        for quadrant in (up, down):
            painter.fillRect(quadrant, ink.colour("soft"))
        painter.setFont(ink.font("tick"))
        painter.setPen(ink.colour("muted"))
        line = ink.height()
        for quadrant, words, high in ((up, _("both weights rise"), True), (down, _("both weights fall"), False)):
            if ink.width(words) + 16 < quadrant.width() and 2 * line < quadrant.height():
                left = quadrant.right() - ink.width(words) - 8 if high else quadrant.left() + 8
                top = quadrant.top() + line if high else quadrant.bottom() - 0.5 * line
                painter.drawText(int(left), int(top), words)

    def _table_of(self, data: DescentPicture) -> Table:
        made = slice(0, data.step + 1)
        weights = data.descent.weights[made]
        steps = Column(_("step"), range(len(weights)))
        return Table(
            (
                steps,
                Column("w1", weights[:, 0]),
                Column("w2", weights[:, 1]),
                Column(_("loss"), data.descent.losses[made]),
            )
        )

    def _describe_data(self, data: DescentPicture) -> str:
        w1, w2 = (number(float(each)) for each in data.descent.weights[data.step])
        return _("Step {step}: w₁ = {w1}, w₂ = {w2}, loss {loss}.").format(
            step=count(data.step), w1=w1, w2=w2, loss=number(float(data.descent.losses[data.step]))
        )
