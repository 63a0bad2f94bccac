"""The signs of two gradients, step by step: a bar up for plus, down for minus."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.export.table import Column, Table
from app.look.marks import SWATCH, LegendEntry
from app.look.numbers import count, percent
from app.look.ticks import Tick
from app.plots.canvas.bars import Bars
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.figure import Figure
from app.system.i18n import _, ngettext
from app.theme import Theme
from simulator.analysis.landscape import zigzag

WINDOW: Final = 40
"""Steps on show: the last ones made."""
_HEIGHT: Final = 0.38
_ROWS: Final = (1.5, 0.5)


@dataclass(frozen=True, eq=False)
class SignsPicture:
    """A descent, and how many of its steps have been made."""

    descent: zigzag.Descent
    step: int


class SignsPlot(Figure[SignsPicture]):
    """Two rows; steps at which both are the same lie on a coloured ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Signs of the gradients"), _("The signs will be drawn here."))
        self.short_title = _("Signs")
        self.plus, self.minus = Bars(), Bars()
        self.canvas.add(self.plus, depth=1)
        self.canvas.add(self.minus, depth=1)
        self.canvas.paint_ground = self._paint_ground
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        return (LegendEntry("plus", "+", SWATCH, "accent"), LegendEntry("minus", "−", SWATCH, "warn"))

    def _style(self) -> None:
        self.plus.setOpts(brush=self._theme.tokens.accent, pen=None)
        self.minus.setOpts(brush=self._theme.tokens.warn, pen=None)

    def _span(self, data: SignsPicture) -> tuple[int, int]:
        """Return the first step on show, and the one after the last."""
        first = max(0, data.step - WINDOW)
        return first, first + WINDOW

    def _draw_data(self, data: SignsPicture) -> None:
        first, end = self._span(data)
        places = range(first, end + 1, 10)
        bottom = tuple(Tick(place, count(place)) for place in places)
        left = (Tick(_ROWS[0], "dL/dw₁"), Tick(_ROWS[1], "dL/dw₂"))
        self.canvas.set_axes(Axes(left, bottom, _ROWS, "" if self._compact else _("step")), Margins(top=4, right=12))
        self.canvas.set_range((float(first), float(end)), (0.0, 2.0))
        signs = data.descent.signs[first : data.step]
        for item, sign in ((self.plus, 1), (self.minus, -1)):
            steps, axes = np.nonzero(signs == sign)
            item.setVisible(self._is_shown("plus" if sign > 0 else "minus"))
            item.setOpts(
                x0=first + steps + 0.12,
                width=np.full(steps.size, 0.76),
                y0=np.array(_ROWS)[axes] + (0.0 if sign > 0 else -_HEIGHT),
                height=np.full(steps.size, _HEIGHT),
            )
        self._set_subtitle(share_words(data.descent, data.step))
        self.canvas.restyle()

    def _paint_ground(self, painter: QPainter) -> None:
        if self._data is None:
            return
        first, _end = self._span(self._data)
        area = self.canvas.area
        product = self._data.descent.signs[first : self._data.step].prod(axis=1)
        for step in np.flatnonzero(product > 0):
            left, right = self.canvas.pixel_x(float(first + step)), self.canvas.pixel_x(float(first + step + 1))
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), self.canvas.ink.colour("warn_soft"))

    def _table_of(self, data: SignsPicture) -> Table:
        signs = data.descent.signs[: data.step]
        names = (_("sign of dL/dw1"), _("sign of dL/dw2"))
        columns = [Column(name, signs[:, place]) for place, name in enumerate(names)]
        return Table((Column(_("step"), range(1, len(signs) + 1)), *columns))

    def _describe_data(self, data: SignsPicture) -> str:
        same, judged = data.descent.same_sign(data.step)
        words = ngettext(
            "After {step} step: the same sign on {same} of {judged}.",
            "After {step} steps: the same sign on {same} of {judged}.",
            data.step,
        )
        return words.format(step=count(data.step), same=count(same), judged=count(judged))


def share_words(descent: zigzag.Descent, step: int) -> str:
    """Return on which share of the first steps both gradients had the same sign."""
    same, judged = descent.same_sign(step)
    if judged == 0:
        return _("no step yet")
    return _("{share} the same").format(share=percent(same / judged))
