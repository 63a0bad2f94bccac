"""The values of one layer on one mini-batch, as bars, with the bell curve of the same mean and spread."""

from typing import Final

import numpy as np
import pyqtgraph as pg

from app.export.table import Table
from app.look.dashes import DASHED, curve_pen
from app.look.marks import DASHES, SWATCH, LegendEntry
from app.look.numbers import against, number
from app.look.ticks import linear_ticks
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.bars import Bars
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import ENDS, PLAIN, STARTS, AnyNote, Note
from app.plots.lab.tables import histogram_table
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.batch_norm import LayerValues

VALUES: Final = "values"
BELL: Final = "bell"
_TOP: Final = 1.06


class ValueHistogram(Figure[LayerValues]):
    """The highest bar reaches the top: shapes can be compared, and the numbers are written."""

    zooms = True

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title, _("The values of the layer will be drawn here."))
        self.bars = Bars()
        self.bell = pg.PlotCurveItem(antialias=True)
        self.canvas.add(self.bars, depth=1)
        self.canvas.add(self.bell)
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        return (
            LegendEntry(VALUES, _("values"), SWATCH, "accent"),
            LegendEntry(BELL, _("bell curve"), DASHES, "text"),
        )

    def _style(self) -> None:
        self.bars.setOpts(brush=self._theme.tokens.accent, pen=None)
        self.bell.setPen(curve_pen(self._theme.tokens.text, self.canvas.ink.stroke(1.6), DASHED))

    def _draw_data(self, data: LayerValues) -> None:
        peak = max(1, int(data.counts.max()))
        self.bars.setOpts(x0=data.edges[:-1], width=np.diff(data.edges), height=data.counts / peak)
        self.bars.setVisible(self._is_shown(VALUES))
        low, high = float(data.edges[0]), float(data.edges[-1])
        top = _TOP
        spread = data.std > 0
        if spread:
            x, expected = data.bell()
            self.bell.setData(x, expected / peak)
            top = max(_TOP, 1.06 * float(expected.max()) / peak) if self._is_shown(BELL) else _TOP
        self.bell.setVisible(spread and self._is_shown(BELL))
        axes = Axes((), linear_ticks(low, high, 4), left_line=False, across=linear_ticks)
        self.canvas.set_axes(axes, Margins(left=6, right=6))
        self.canvas.set_range((low, high), (0.0, top))
        self._set_subtitle("")
        self.canvas.set_notes(self._numbers(data))

    def _numbers(self, data: LayerValues) -> list[AnyNote]:
        """Return the moments, in the corner that has the lower bars."""
        area, line = self.canvas.area, self.canvas.ink.height("curve_end")
        texts = (
            _("mean {mean}").format(mean=against(data.mean, data.std)),
            _("std {std}").format(std=number(data.std)),
            _("skewness {skewness}").format(skewness=against(data.skewness, 1.0)),
        )
        third = max(1, data.counts.size // 3)
        left = data.counts[:third].max() < data.counts[-third:].max()
        x, side = (area.left() + 4, STARTS) if left else (area.right() - 4, ENDS)
        return [
            Note(text, x, area.top() + (place + 0.5) * line, "text", "curve_end", side, PLAIN)
            for place, text in enumerate(texts)
        ]

    def _table_of(self, data: LayerValues) -> Table:
        return histogram_table(data.edges, data.counts)

    def _describe_data(self, data: LayerValues) -> str:
        text = _("Mean {mean}, standard deviation {std}, skewness {skewness}; values from {low} to {high}.")
        return text.format(
            mean=against(data.mean, data.std),
            std=number(data.std),
            skewness=against(data.skewness, 1.0),
            low=number(float(data.edges[0])),
            high=number(float(data.edges[-1])),
        )
