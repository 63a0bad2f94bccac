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
from app.look.numbers import count, power_of_ten, scientific
from app.look.ticks import CoarseDecades, decade_ticks
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.bars import Bars
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, Note
from app.plots.run.flow_rows import LEAST as LEAST_ROW
from app.plots.run.flow_rows import FlowRow, flow_rows
from app.plots.run.layered_plot import LayeredPlot
from app.plots.run.quantity import Quantity
from app.plots.run.tables import layers_table, rms
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme
from simulator.training import Gradient, LayerFrame, Picture

WEIGHTS: Final = "weights"
OUTPUTS: Final = "outputs"
NARROW: Final = 370
LEAST: Final = 240
"""Pixels at text scale 1 under which names and values stand over their bar: if there is height for that, and always."""
_MARK: Final = 11
_SMALL_MARK: Final = 6
_BAR: Final = 10
_TALLEST: Final = 24
"""Pixels of a bar at text scale 1: usually, and at most."""
_AIR: Final = 0.15
"""Decades kept free at the low end, so that the smallest bar is still a bar."""
_GAP: Final = 8
_WIDEST: Final = "8.8 × 10⁻⁸"
_LINES: Final = {False: 1.08, True: 2.1}
"""Lines that a row needs, by whether it is narrow."""


class GradientFlowPlot(LayeredPlot):
    """Rows in the order of the layers; behind each bar, in grey, its size at the start; values in two columns."""

    def __init__(self, theme: Theme) -> None:
        empty = _("The size of each layer's gradient will be drawn here.")
        super().__init__(theme, _("Gradient flow"), empty, _quantities())
        self._decades = CoarseDecades()
        self.rows: list[FlowRow] = []
        self._narrow = False
        self.start = Bars()
        self.bars = Bars()
        self.marks = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(DIAMOND))
        self.canvas.add(self.start, depth=3)
        self.canvas.add(self.bars, depth=2)
        self.canvas.add(self.marks, depth=1)
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        if self.compares:
            return ()
        return (
            LegendEntry(WEIGHTS, "dL/dW", SWATCH, "accent"),
            LegendEntry(OUTPUTS, "dL/dh", DIAMOND, self._theme.tokens.lanes[1]),
        )

    def _show_items(self, shown: bool) -> None:
        for item in (self.start, self.bars, self.marks):
            item.setVisible(shown)

    def _style(self) -> None:
        super()._style()
        tokens = self._theme.tokens
        self.start.setOpts(brush=tokens.ghost, pen=None)
        self.bars.setOpts(brush=tokens.accent, pen=None)
        self.marks.setPen(pg.mkPen(tokens.card, width=1.5))
        self.marks.setBrush(pg.mkBrush(tokens.lanes[1]))
        self.legend_pitch = round(self.canvas.ink.width(_WIDEST, "strong tick")) + self._theme.px(6)

    def _draw(self, picture: Picture) -> None:
        layers, first = picture.frame.layers[1:], picture.start.layers[1:]
        weights = [_exponent(layer.weight_gradient) for layer in layers]
        outputs = [_exponent(layer.output_gradient) for layer in layers]
        before = [_exponent(layer.weight_gradient) for layer in first]
        self._lay(layers, [*weights, *outputs, *before])
        low, height = self.canvas.x_range[0], self.canvas.area.height()
        places = np.array([height - self._bar_middle(row) for row in self.rows])
        bars = np.array([self._bar_height(row) for row in self.rows])
        for item, values in ((self.bars, weights), (self.start, before)):
            at = np.array([low if not math.isfinite(value) else value for value in values])
            item.setVisible(self._is_shown(WEIGHTS))
            item.setOpts(x0=np.full(at.size, low), width=at - low, y=places, height=bars)
        there = np.isfinite(outputs)
        sizes = np.array([self.canvas.ink.px(_MARK if row.told else _SMALL_MARK) for row in self.rows])
        self.marks.setVisible(self._is_shown(OUTPUTS))
        self.marks.setData(np.array(outputs)[there], places[there], size=sizes[there])
        self._set_subtitle("" if self._compact else _("root mean square"))
        self.canvas.set_notes(self._values(layers))

    def _lay(self, layers: Sequence[LayerFrame], exponents: Sequence[float]) -> None:
        """Fit rows and axis: pixels are the data's coordinates upwards, exponents those across."""
        canvas, ink = self.canvas, self.canvas.ink
        sheet = canvas.viewport().size()
        finite = [value for value in exponents if math.isfinite(value)]
        low, high = self._decades.fit([*finite, *(value - _AIR for value in finite)])
        chosen = None if self._selected is None else self._selected - 1
        room = sheet.height() - ink.height() - 6
        low_sheet = min(len(layers), 2) * _LINES[False] * ink.height() + LEAST_ROW * (len(layers) - 2) > room
        if low_sheet:  # the values stay, the axis gives way
            room = sheet.height() - 2
        # two lines a row where the card is narrow, unless it is too low for them
        fits = min(len(layers), 2) * _LINES[True] * ink.height() <= room
        self._narrow = sheet.width() < ink.px(NARROW if fits else LEAST)
        self.rows = rows = flow_rows(len(layers), chosen, room, _LINES[self._narrow] * ink.height())
        told = [name for name, row in zip(self.names_of(layers), rows, strict=True) if row.told]
        left = right = 1
        if not self._narrow:
            left = round(max((ink.width(name, "strong tick") for name in told), default=0)) + ink.px(_GAP)
            left = min(left, round(0.3 * sheet.width()))
            right = 2 * (self.legend_pitch + _GAP) + ink.px(_GAP)
        label = 1.5 * ink.width(power_of_ten(-10))
        most = min(5, int((sheet.width() - left - right) / label))
        ticks = decade_ticks(low, high, most) if most >= 2 and not low_sheet else ()
        canvas.set_axes(
            Axes(bottom=ticks, left_line=False, bottom_line=False), Margins(left=left, top=0, right=right, bottom=2)
        )
        canvas.set_range((low, high), (0.0, canvas.area.height()))

    def _bar_height(self, row: FlowRow) -> float:
        ink = self.canvas.ink
        if not row.told:
            return max(1.0, 0.6 * row.height)
        if self._narrow:
            room = row.height - ink.height()
            return min(max(ink.px(_BAR) - 2.0, min(0.45 * room, ink.px(_TALLEST))), room)
        return max(min(float(ink.px(_BAR)), 0.7 * row.height), min(0.4 * row.height, ink.px(_TALLEST)))

    def _bar_middle(self, row: FlowRow) -> float:
        """Return where a bar is, in pixels from the top."""
        if self._narrow and row.told:
            return self._top_of_words(row) + self.canvas.ink.height() + self._bar_height(row) / 2
        return row.middle

    def _top_of_words(self, row: FlowRow) -> float:
        """Return where the words over a bar begin: words and bar stand in the middle of their row."""
        spare = row.height - self.canvas.ink.height() - self._bar_height(row)
        return row.top + max(0.0, spare / 2)

    def _values(self, layers: Sequence[LayerFrame]) -> list[AnyNote]:
        """Write name and values of the rows with words, and what the others cannot say themselves."""
        notes: list[AnyNote] = []
        canvas, ink = self.canvas, self.canvas.ink
        edge = canvas.viewport().width() - 4
        step = self.legend_pitch + _GAP
        room = (edge - 2 * step) if self._narrow else canvas.area.left() - ink.px(_GAP)
        names = fit_names(self.names_of(layers), room, lambda text: ink.width(text, "strong tick"))
        for index, (row, layer) in enumerate(zip(self.rows, layers, strict=True)):
            if not row.told:
                continue
            y = self._top_of_words(row) + ink.height() / 2 if self._narrow else row.middle
            strong = "strong tick" if self._selected == index + 1 else "tick"
            notes.append(Note(names[index], 0.0, y, "text", strong))
            for key, gradient, column, colour in (
                (WEIGHTS, layer.weight_gradient, edge - step, "accent"),
                (OUTPUTS, layer.output_gradient, edge, "warn"),
            ):
                if gradient is not None and self._is_shown(key):
                    notes.append(Note(_size(gradient), column, y, _colour(gradient, colour), "strong tick", ENDS))
        untold = [layer for row, layer in zip(self.rows, layers, strict=True) if not row.told]
        for place, (words, colour) in enumerate(_odd_words(untold)):
            y = canvas.area.bottom() - ink.height() / 2 - 3 - place * ink.line()
            notes.append(Note(words, canvas.area.right() - 6, y, colour, align=ENDS, ground=PLAIN))
        return notes

    def _layer_at(self, place: QPointF) -> int | None:
        down = self.canvas.area.height() - place.y()
        found = (index + 1 for index, row in enumerate(self.rows) if 0 <= down - row.top < row.height)
        return next(found, None)

    def _forget(self) -> None:
        super()._forget()
        self._decades.forget()

    def _table_of(self, picture: Picture) -> Table:
        columns = (
            (_("rms of dL/dW"), lambda layer: rms(layer.weight_gradient)),
            (_("rms of dL/dh"), lambda layer: rms(layer.output_gradient)),
        )
        return layers_table([("", picture)], columns)

    def _describe(self, picture: Picture) -> str:
        return " ".join(self._words_for(layer) for layer in picture.frame.layers[1:])

    def _paint_one(self, painter: QPainter) -> None:
        if self._selected is None or not 1 <= self._selected <= len(self.rows):
            return
        row = self.rows[self._selected - 1]
        sheet = self.canvas.viewport()
        painter.fillRect(QRectF(0, row.top, sheet.width(), row.height), self.canvas.ink.colour("soft"))

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

    def _tooltip_at(self, place: QPointF) -> str:
        words = super()._tooltip_at(place)
        if not words or self._facts is None or self.compares:
            return words
        sample = _("Root mean square, measured on {examples} examples.")
        return f"{words}\n{sample.format(examples=count(self._facts.probe_examples))}"


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


def _colour(gradient: Gradient, usual: str) -> str:
    if gradient.norm == 0:
        return "muted"
    return usual if math.isfinite(gradient.norm) else "warn"


def _size(gradient: Gradient) -> str:
    if gradient.norm == 0:
        return _("exactly 0")
    return scientific(gradient.rms) if math.isfinite(gradient.rms) else _("not finite")
