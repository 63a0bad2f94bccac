"""How far one update moves the weights of each layer, against their size: about a thousandth is healthy."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from app.export.table import Table
from app.look.healthy import AROUND, BAND_ALPHA, HEALTHY
from app.look.marks import CIRCLE, mark_path
from app.look.numbers import count, power_of_ten, scientific
from app.plots.canvas.canvas import Margins
from app.plots.canvas.lanes import Lane
from app.plots.canvas.notes import CENTRE, ENDS, PLAIN, AnyNote, Note
from app.plots.run.layer_rows import LayerRows
from app.plots.run.layered_plot import LayeredPlot
from app.plots.run.quantity import Quantity
from app.plots.run.tables import layers_table
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme
from simulator.training import LayerFrame, Picture

_MARK: Final = 11


class UpdateRatioPlot(LayeredPlot):
    """One mark a layer, beside a band."""

    def __init__(self, theme: Theme) -> None:
        empty = _("The size of one update against the size of the weights will be drawn here.")
        super().__init__(theme, _("Update : weight"), empty, (_ratio(),))
        self.rows = LayerRows(self.canvas)
        self.marks = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(CIRCLE))
        self.canvas.add(self.marks)
        self._style()

    def _show_items(self, shown: bool) -> None:
        self.marks.setVisible(shown)

    def _style(self) -> None:
        super()._style()
        tokens = self._theme.tokens
        self.marks.setPen(pg.mkPen(tokens.card, width=1.5))
        self.marks.setBrush(pg.mkBrush(tokens.accent))
        self.marks.setSize(self._theme.px(_MARK))

    def _draw(self, picture: Picture) -> None:
        layers = picture.frame.layers[1:]
        exponents = [_exponent(layer.update_ratio) for layer in layers]
        top = round(self.canvas.ink.height()) + 6
        self.rows.lay(self.names_of(layers), [*exponents, *AROUND], Margins(top=top), self._selected)
        rows = np.array([self.rows.place(row) for row in range(len(layers))])
        there = np.isfinite(exponents)
        self.marks.setData(np.array(exponents)[there], rows[there])
        self._set_subtitle("|dW| / |W|")
        self.canvas.set_notes(self._values(picture, exponents))

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        super()._draw_lanes(picture, lanes)
        canvas = self.canvas
        row = canvas.pixel_y(HEALTHY[1]) - canvas.ink.height() / 2
        words = Note(_healthy(), canvas.area.left() + canvas.ink.px(8), row, "good", "strong tick", ground=PLAIN)
        canvas.set_notes([words, *canvas.notes])

    def _paint_ground(self, painter: QPainter) -> None:
        super()._paint_ground(painter)
        if self.compares:
            canvas, area = self.canvas, self.canvas.area
            top, bottom = canvas.pixel_y(HEALTHY[1]), canvas.pixel_y(HEALTHY[0])
            painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top), self._band())

    def _band(self) -> QColor:
        band = QColor(self.canvas.ink.colour("good"))
        band.setAlpha(BAND_ALPHA)
        return band

    def _values(self, picture: Picture, exponents: list[float]) -> list[AnyNote]:
        canvas, ink = self.canvas, self.canvas.ink
        area = canvas.area
        words = _healthy()
        half = ink.width(words, "strong tick") / 2
        middle = min(max(canvas.pixel_x(sum(HEALTHY) / 2), area.left() + half), area.right() - half)
        notes: list[AnyNote] = [Note(words, middle, area.top() - ink.height() / 2 - 2, "good", "strong tick", CENTRE)]
        if not self.rows.has_lines:
            return notes + self.rows.untold(_odd_words(picture.frame.layers[1:], picture.frame.step))
        for row, layer in enumerate(picture.frame.layers[1:]):
            y = canvas.pixel_y(self.rows.place(row))
            if not math.isfinite(exponents[row]):
                words, colour = _without_ratio(layer, picture.frame.step)
                notes.append(Note(words, area.left() + ink.px(8), y, colour))
                continue
            text = _ratio_text(layer)
            at, gap = canvas.pixel_x(exponents[row]), ink.px(_MARK) / 2 + ink.px(5)
            if at + gap + ink.width(text, "strong tick") <= area.right():
                notes.append(Note(text, at + gap, y, style="strong tick"))
            else:
                notes.append(Note(text, at - gap, y, style="strong tick", align=ENDS))
        return notes

    def _layer_at(self, place: QPointF) -> int | None:
        return self.rows.layer_at(place)

    def _forget(self) -> None:
        super()._forget()
        self.rows.forget()

    def _table_of(self, picture: Picture) -> Table:
        return layers_table([("", picture)], (("|dW| / |W|", lambda layer: layer.update_ratio),))

    def _describe(self, picture: Picture) -> str:
        return " ".join(self._words_for(layer) for layer in picture.frame.layers[1:])

    def _paint_one(self, painter: QPainter) -> None:
        self.rows.paint_chosen(painter, self._selected)
        canvas, area = self.canvas, self.canvas.area
        left, right = (canvas.pixel_x(exponent) for exponent in HEALTHY)
        painter.fillRect(QRectF(left, area.top(), right - left, area.height()), self._band())
        painter.setPen(canvas.ink.colour("grid"))
        for row in range(self.rows.count):
            y = round(canvas.pixel_y(self.rows.place(row)))
            painter.drawLine(int(area.left()), y, int(area.right()), y)

    def _words_for(self, layer: LayerFrame) -> str:
        name = translate_message(layer.name)
        if not math.isfinite(_exponent(layer.update_ratio)):
            step = self._picture.frame.step if self._picture is not None else 0
            return _("{layer}: {words}.").format(layer=name, words=_without_ratio(layer, step)[0])
        return _("{layer}: {ratio}.").format(layer=name, ratio=_ratio_text(layer))


def _ratio() -> Quantity:
    tip = _("Size of one update against the size of the weights")
    return Quantity("ratio", "|dW| / |W|", tip, "|dW| / |W|", lambda layer: layer.update_ratio, band=HEALTHY)


def _healthy() -> str:
    return _("healthy, about {ratio}").format(ratio=power_of_ten(-3))


def _exponent(ratio: float | None) -> float:
    """Return log10 of the ratio; NaN where there is none."""
    return math.log10(ratio) if ratio is not None and math.isfinite(ratio) and ratio > 0 else math.nan


def _ratio_text(layer: LayerFrame) -> str:
    return scientific(layer.update_ratio or 0.0)


def _odd_words(layers: Sequence[LayerFrame], step: int) -> list[tuple[str, str]]:
    """Return in how many layers there is no mark, and why, with the colours to say it in."""
    found = Counter(_without_ratio(layer, step) for layer in layers if not math.isfinite(_exponent(layer.update_ratio)))
    words = []
    for (why, colour), number in found.items():
        told = ngettext("{number} layer: {why}", "{number} layers: {why}", number)
        words.append((told.format(number=count(number), why=why), colour))
    return words


def _without_ratio(layer: LayerFrame, step: int) -> tuple[str, str]:
    """Return why a layer has no mark, and the colour to say it in."""
    if layer.update_ratio is None and layer.weight_gradient and not math.isfinite(layer.weight_gradient.norm):
        return _("not finite"), "warn"
    if layer.update_ratio is None:
        return (_("no update yet") if step == 0 else _("no ratio: all weights are 0")), "muted"
    if layer.update_ratio == 0:
        return _("exactly 0: the weights stand still"), "muted"
    return _("not finite"), "warn"
