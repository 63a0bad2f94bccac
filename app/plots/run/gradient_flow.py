"""How large the gradient is, layer by layer: dL/dW as a bar, dL/dh as a mark, on a logarithmic axis."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.export.table import Table
from app.look.marks import DIAMOND, SWATCH, LegendEntry, mark_path
from app.look.numbers import count, scientific
from app.plots.canvas.bars import Bars
from app.plots.canvas.canvas import Margins
from app.plots.canvas.notes import ENDS, AnyNote, Note
from app.plots.run.layer_rows import LayerRows
from app.plots.run.layered_plot import LayeredPlot
from app.plots.run.quantity import Quantity
from app.plots.run.tables import layers_table, rms
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme
from simulator.training import Gradient, LayerFrame, Picture

WEIGHTS: Final = "weights"
OUTPUTS: Final = "outputs"
_MARK: Final = 11
_TALLEST: Final = 24
"""Pixels of a bar at text scale 1, however few layers there are."""
_AIR: Final = 0.15
"""Decades kept free at the low end, so that the smallest bar is still a bar."""


class GradientFlowPlot(LayeredPlot):
    """Bars and marks; with room for two lines a row, each has its own line and its value beside it."""

    def __init__(self, theme: Theme) -> None:
        empty = _("The size of each layer's gradient will be drawn here.")
        super().__init__(theme, _("Gradient flow"), empty, _quantities())
        self.rows = LayerRows(self.canvas)
        self._divide_rows()
        self.bars = Bars()
        self.marks = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(DIAMOND))
        self.canvas.add(self.bars, depth=2)
        self.canvas.add(self.marks, depth=1)
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        if self.compares:
            return ()
        return (LegendEntry(WEIGHTS, "dL/dW", SWATCH, "accent"), LegendEntry(OUTPUTS, "dL/dh", DIAMOND, "text"))

    def _show_items(self, shown: bool) -> None:
        self.bars.setVisible(shown)
        self.marks.setVisible(shown)

    def _style(self) -> None:
        super()._style()
        tokens = self._theme.tokens
        self.bars.setOpts(brush=tokens.accent, pen=None)
        self.marks.setPen(pg.mkPen(tokens.card, width=1.5))
        self.marks.setBrush(pg.mkBrush(tokens.text))
        self.marks.setSize(self._theme.px(_MARK))

    def _draw(self, picture: Picture) -> None:
        layers = picture.frame.layers[1:]
        weights = [_exponent(layer.weight_gradient) for layer in layers]
        outputs = [_exponent(layer.output_gradient) for layer in layers]
        seen = [value for value in (*weights, *outputs) if math.isfinite(value)]
        wanted = [*seen, *(value - _AIR for value in seen)]
        self.rows.lay(self.names_of(layers), wanted, Margins(top=2), self._selected)
        self._divide_rows()
        low = self.canvas.x_range[0]
        rows = np.arange(len(layers), dtype=np.float64)

        at = np.array([low if not math.isfinite(value) else value for value in weights])
        self.bars.setVisible(self._is_shown(WEIGHTS))
        self.bars.setOpts(
            x0=np.full(rows.size, low), width=at - low, y=rows + self._bar_middle, height=self._bar_height
        )
        there = np.isfinite(outputs)
        self.marks.setVisible(self._is_shown(OUTPUTS))
        self.marks.setData(np.array(outputs)[there], (rows + self._mark_middle)[there])
        self._set_subtitle(self._sample())
        self.canvas.set_notes(self._values(layers, weights, outputs))

    def _divide_rows(self) -> None:
        """Give bar and mark a line each where there is room, else put the mark on the bar; in parts of a row."""
        pitch, line = self.rows.pitch, self.canvas.ink.height()
        self._has_two_lines = pitch >= 1.95 * line
        self._bar_height = min(0.42 if self._has_two_lines else 0.64, self.canvas.ink.px(_TALLEST) / pitch)
        self._bar_middle = 0.5 + line / 2 / pitch if self._has_two_lines else 0.5
        self._mark_middle = 0.5 - self._bar_height / 2 - 1 / pitch if self._has_two_lines else 0.5

    def _sample(self) -> str:
        if self._compact or self._facts is None:
            return _("rms")
        return _("rms, {examples} examples").format(examples=count(self._facts.probe_examples))

    def _values(self, layers: tuple[LayerFrame, ...], weights: list[float], outputs: list[float]) -> list[AnyNote]:
        notes: list[AnyNote] = []
        if not self.rows.has_lines:
            return self.rows.untold(_odd_words(layers))
        for row, layer in enumerate(layers):
            taken = None if self._has_two_lines or not self._is_shown(OUTPUTS) else outputs[row]
            if self._is_shown(WEIGHTS):
                notes += self._value(layer.weight_gradient, weights[row], row + self._bar_middle, taken, in_bar=True)
            if self._has_two_lines and self._is_shown(OUTPUTS):
                notes += self._value(layer.output_gradient, outputs[row], row + self._mark_middle, None, in_bar=False)
        return notes

    def _value(
        self, gradient: Gradient | None, exponent: float, y: float, mark: float | None, in_bar: bool
    ) -> list[AnyNote]:
        """Write a value after its bar or mark; where there is no room, in the bar or before the mark."""
        if gradient is None:
            return []
        canvas, ink = self.canvas, self.canvas.ink
        row = canvas.pixel_y(y)
        if not math.isfinite(exponent):
            colour = "muted" if gradient.norm == 0 else "warn"
            return [Note(_size(gradient), canvas.area.left() + ink.px(8), row, colour, "strong tick")]
        text = _size(gradient)
        end, half = canvas.pixel_x(exponent), ink.px(_MARK) / 2
        gap = ink.px(8) if in_bar else half + ink.px(5)
        width = ink.width(text, "strong tick")
        start = end + gap
        other = canvas.pixel_x(mark) if mark is not None and math.isfinite(mark) else None
        if other is not None and start - half - 3 < other < start + width + half + 3:
            start = other + half + ink.px(5)
        if start + width <= canvas.area.right() - 2:
            return [Note(text, start, row, "text", "strong tick")]
        stop = end - gap
        if other is not None and stop - width - half - 3 < other < stop + half + 3:
            stop = other - half - ink.px(5)
        if stop - width < canvas.area.left() + 2:
            return []
        return [Note(text, stop, row, "on_accent" if in_bar else "text", "strong tick", ENDS)]

    def _layer_at(self, place: QPointF) -> int | None:
        return self.rows.layer_at(place)

    def _forget(self) -> None:
        super()._forget()
        self.rows.forget()

    def _table_of(self, picture: Picture) -> Table:
        columns = (
            (_("rms of dL/dW"), lambda layer: rms(layer.weight_gradient)),
            (_("rms of dL/dh"), lambda layer: rms(layer.output_gradient)),
        )
        return layers_table([("", picture)], columns)

    def _describe(self, picture: Picture) -> str:
        return " ".join(self._words_for(layer) for layer in reversed(picture.frame.layers[1:]))

    def _paint_one(self, painter: QPainter) -> None:
        self.rows.paint_chosen(painter, self._selected)
        area, ink = self.canvas.area, self.canvas.ink
        height = self._bar_height * self.rows.pitch
        for row in range(self.rows.count):
            top = self.canvas.pixel_y(row + self._bar_middle + self._bar_height / 2)
            painter.fillRect(QRectF(area.left(), top, area.width(), height), ink.colour("grid"))

    def _words_for(self, layer: LayerFrame) -> str:
        name = translate_message(layer.name)
        if layer.weight_gradient is None:
            if layer.output_gradient is None:
                return _("{layer}: no gradient.").format(layer=name)
            return _("{layer}: dL/dh {outputs}.").format(layer=name, outputs=_size(layer.output_gradient))
        if layer.output_gradient is None:
            return _("{layer}: dL/dW {weights}.").format(layer=name, weights=_size(layer.weight_gradient))
        return _("{layer}: dL/dW {weights}, dL/dh {outputs}.").format(
            layer=name, weights=_size(layer.weight_gradient), outputs=_size(layer.output_gradient)
        )


def _quantities() -> tuple[Quantity, ...]:
    return (
        Quantity(WEIGHTS, "dL/dW", _("Of the weights"), _("rms of dL/dW"), lambda layer: _rms(layer.weight_gradient)),
        Quantity(OUTPUTS, "dL/dh", _("Of the outputs"), _("rms of dL/dh"), lambda layer: _rms(layer.output_gradient)),
    )


def _odd_words(layers: Sequence[LayerFrame]) -> list[tuple[str, str]]:
    """Return in how many layers a gradient is exactly 0 or not finite, with the colours to say it in."""
    found = [each.norm for layer in layers for each in (layer.weight_gradient, layer.output_gradient) if each]
    zeros = sum(norm == 0 for norm in found)
    bad = sum(not math.isfinite(norm) for norm in found)
    words = []
    if zeros:
        told = ngettext("{number} gradient is exactly 0", "{number} gradients are exactly 0", zeros)
        words.append((told.format(number=count(zeros)), "muted"))
    if bad:
        told = ngettext("{number} gradient is not finite", "{number} gradients are not finite", bad)
        words.append((told.format(number=count(bad)), "warn"))
    return words


def _rms(gradient: Gradient | None) -> float | None:
    return None if gradient is None else gradient.rms


def _exponent(gradient: Gradient | None) -> float:
    """Return log10 of the rms; NaN where there is none."""
    rms = math.nan if gradient is None else gradient.rms
    return math.log10(rms) if math.isfinite(rms) and rms > 0 else math.nan


def _size(gradient: Gradient) -> str:
    if gradient.norm == 0:
        return _("exactly 0")
    return scientific(gradient.rms) if math.isfinite(gradient.rms) else _("not finite")
