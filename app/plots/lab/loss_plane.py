"""The loss over two random directions: colours, lines of equal loss, and where the network is."""

import math
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.export.table import Table
from app.look.contour import level_segments
from app.look.dashes import curve_pen
from app.look.marks import DIAMOND
from app.look.numbers import number, short
from app.look.ticks import Tick, linear_ticks
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.colour_scale import ColourScale, even_stops
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import PLAIN, AnyNote, MarkNote, Note
from app.plots.lab.tables import grid_table
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.landscape import LossPlane

LINES: Final = 9
"""Lines of equal loss, at equal distances of the logarithm: near the bottom differences are small."""
_LEAST: Final = 1e-12
_STRETCH: Final = 2.0
"""Width over height at most: wider, round valleys would look like ditches."""


class LossPlanePlot(Figure[LossPlane]):
    """Draws the rows that are there."""

    zooms = True

    def __init__(self, theme: Theme) -> None:
        empty = _("Press Measure: the loss round the present weights, along two random directions.")
        super().__init__(theme, _("Loss over two directions"), empty)
        self.short_title = _("Two directions")
        self.image = pg.ImageItem(axisOrder="row-major")
        self.lines = pg.PlotCurveItem(antialias=True, connect="pairs")
        self.canvas.add(self.image, depth=3)
        self.canvas.add(self.lines, depth=1)
        self._scale: ColourScale | None = None
        self.canvas.paint_ground = self._paint_ground

    def _style(self) -> None:
        """Nothing is kept: every drawing asks the theme."""

    def _draw_data(self, data: LossPlane) -> None:
        tokens, canvas = self._theme.tokens, self.canvas
        with np.errstate(divide="ignore", invalid="ignore"):
            heights = np.log10(np.maximum(data.losses, _LEAST))
        heights = np.where(np.isfinite(heights), heights, np.nan)
        low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
        high = max(high, low + 1e-6)
        ends = (low, (low + high) / 2, high)
        ticks = tuple(Tick(place, number(10**place, 2)) for place in ends)
        self._scale = ColourScale(low, high, even_stops(tokens.ramp[::-1]), ticks)
        step = float(data.places[1] - data.places[0])
        reach = float(data.places[-1]) + step / 2
        self.image.setImage(self._scale.image(heights, tokens.card), autoLevels=False, levels=None)
        self.image.setRect(QRectF(-reach, -reach, 2 * reach, 2 * reach))
        self._draw_lines(data, heights, np.linspace(low, high, LINES + 2)[1:-1])
        ticks_across = tuple(Tick(at, short(at)) for at in (-1.0, -0.5, 0.0, 0.5, 1.0))
        ticks_up = tuple(Tick(at, short(at)) for at in (-1.0, 0.0, 1.0))
        wide = self._scale.width(canvas.ink)
        most = _STRETCH * canvas.viewport().height()
        margins = Margins(top=6, right=max(wide, round(canvas.viewport().width() - most)))
        name = "" if self._compact else _("first direction")
        canvas.set_axes(Axes(ticks_up, ticks_across, (), name, up=linear_ticks, across=linear_ticks), margins)
        canvas.set_range((-reach, reach), (-reach, reach))
        canvas.restyle()
        self._set_subtitle(_("1 = as long as each unit's weights"))
        canvas.set_notes(self._words(data))

    def _draw_lines(self, data: LossPlane, heights: np.ndarray, levels: np.ndarray) -> None:
        pieces = np.concatenate([level_segments(heights, float(level)) for level in levels])
        step, first = float(data.places[1] - data.places[0]), float(data.places[0])
        points = first + step * pieces.reshape(-1, 2)
        self.lines.setData(points[:, 0], points[:, 1])
        self.lines.setPen(curve_pen(self._theme.tokens.card, 1))

    def _words(self, data: LossPlane) -> list[AnyNote]:
        if not math.isfinite(data.centre):
            return []
        middle = self.canvas.to_pixels(0, 0)
        text = _("here: {loss}").format(loss=number(data.centre))
        return [
            MarkNote(DIAMOND, middle.x(), middle.y(), "warn"),
            Note(text, middle.x() + 14, middle.y(), "warn", "curve_end", ground=PLAIN),
        ]

    def _paint_ground(self, painter: QPainter) -> None:
        if self._scale is None or self.data is None:
            return
        area = self.canvas.area
        room = QRectF(area.right(), area.top(), self._scale.width(self.canvas.ink), area.height())
        self._scale.paint(painter, room, self.canvas.ink)

    def _table_of(self, data: LossPlane) -> Table:
        rows = (_("second direction"), data.places)
        return grid_table(rows, (_("first direction"), data.places), _("loss"), data.losses)

    def _describe_data(self, data: LossPlane) -> str:
        return _("Loss {centre} in the middle; between {lowest} and {highest} over the plane.").format(
            centre=number(data.centre), lowest=number(data.lowest), highest=number(data.highest)
        )
