"""Shares of same-sign steps over the size of the mini-batch, one curve a kind of inputs."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg

from app.i18n import _
from app.plots.canvas import Axes, Margins
from app.plots.figure import Figure
from app.plots.looks import Look
from app.plots.marks import LegendEntry, mark_path
from app.plots.notes import BOX, AnyNote, MarkNote, Note, RuleNote
from app.plots.numbers import count, percent
from app.plots.ticks import Tick
from app.theme import Theme
from simulator import zigzag

_MARK: Final = 10


@dataclass(frozen=True, eq=False)
class SharePicture:
    """The shares, the names of their rows, and the run on display: its row, batch size and own share (or None)."""

    shares: zigzag.SameSignShares
    names: tuple[str, ...]
    row: int
    batch: int
    own: float | None


class SharePlot(Figure[SharePicture]):
    """Curves over a logarithmic axis; the run on display as a mark of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Same-sign steps"), _("The shares are being measured."))
        self.curves = [pg.PlotCurveItem(antialias=True) for _feed in zigzag.FEEDS]
        self.marks = [
            pg.ScatterPlotItem(pxMode=True, symbol=mark_path(Look(row).shape)) for row in range(len(zigzag.FEEDS))
        ]
        for item in (*self.marks, *self.curves):
            self.canvas.add(item, depth=2)

    def legend(self) -> tuple[LegendEntry, ...]:
        names = self._data.names if self._data is not None else ()
        tokens = self._theme.tokens
        return tuple(
            LegendEntry(str(row), name, Look(row).shape, Look(row).colour(tokens)) for row, name in enumerate(names)
        )

    def show_data(self, data: SharePicture | None) -> None:
        super().show_data(data)
        self.legend_changed.emit()

    def _style(self) -> None:
        """Nothing is kept: every drawing asks the theme."""

    def _draw_data(self, data: SharePicture) -> None:
        batches = data.shares.batches
        bottom = tuple(
            Tick(float(np.log10(batch)), _("all") if batch == zigzag.EXAMPLES else count(batch)) for batch in batches
        )
        left = tuple(Tick(share, percent(share)) for share in (0.0, 0.5, 1.0))
        rules = tuple(tick.at for tick in left)
        text = _("examples in a mini-batch, means of {draws} draws")
        name = "" if self._compact else text.format(draws=count(data.shares.draws))
        self.canvas.set_axes(Axes(left, bottom, rules, name), Margins(top=10, right=14))
        self.canvas.set_range((-0.06, float(np.log10(batches[-1])) + 0.06), (-0.04, 1.04))
        at = np.log10(np.array(batches, dtype=np.float64))
        for row, (curve, marks) in enumerate(zip(self.curves, self.marks, strict=True)):
            look, shown = Look(row), self._is_shown(str(row))
            curve.setVisible(shown)
            marks.setVisible(shown)
            there = np.isfinite(data.shares.shares[row])
            curve.setData(at[there], data.shares.shares[row][there])
            curve.setPen(look.pen(self._theme.tokens, 3 if row == data.row else 1.6))
            marks.setData(at[there], data.shares.shares[row][there])
            marks.setBrush(pg.mkBrush(look.colour(self._theme.tokens)))
            marks.setPen(pg.mkPen(self._theme.tokens.card, width=1))
            marks.setSize(self._theme.px(_MARK))
        self._set_subtitle("")
        self.canvas.set_notes([*self._lost(data), *self._own(data)])

    def _lost(self, data: SharePicture) -> list[AnyNote]:
        """Name the inputs with which every descent diverges."""
        lost = [name for name, row in zip(data.names, data.shares.shares, strict=True) if np.isnan(row).all()]
        area, line = self.canvas.area, self.canvas.ink.height()
        text = _("{name}: diverges at this rate")
        return [
            Note(text.format(name=name), area.left() + 28, area.top() + (row + 1) * line, "warn")
            for row, name in enumerate(lost)
        ]

    def _own(self, data: SharePicture) -> list[AnyNote]:
        if data.own is None:
            return []
        canvas, ink = self.canvas, self.canvas.ink
        place = canvas.to_pixels(float(np.log10(data.batch)), data.own)
        text = _("this run {share}").format(share=percent(data.own))
        width, line = ink.width(text, "strong tick"), ink.height()
        left = place.x() + 12 if place.x() + 20 + width < canvas.area.right() else place.x() - 12 - width
        row = place.y() + line if place.y() < canvas.area.center().y() else place.y() - line
        return [
            RuleNote(place.x(), canvas.area.top(), place.x(), canvas.area.bottom(), "muted"),
            MarkNote("diamond", place.x(), place.y(), "text"),
            Note(text, left, row, "text", "strong tick", ground=BOX),
        ]

    def _describe_data(self, data: SharePicture) -> str:
        parts = [
            _("{name}: {first} with one example, {last} with all").format(
                name=name, first=percent(float(shares[0])), last=percent(float(shares[-1]))
            )
            for name, shares in zip(data.names, data.shares.shares, strict=True)
        ]
        return "; ".join(parts) + "."
