"""The activations of every layer before training, in one row of histograms with the same bins."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.export.table import Table
from app.look.marks import SWATCH, LegendEntry
from app.look.numbers import count, number, percent, short
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.bars import Bars
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import CENTRE, ENDS, AnyNote, Note
from app.plots.lab.bench_picture import BenchPicture
from app.plots.lab.tables import row_table
from app.system.i18n import _, translate_message
from app.theme import Theme
from simulator.analysis.signal import ROW_BINS, LayerSignal, Reading, Signal

MAIN: Final = "main"
OTHER: Final = "other"
MANY_SILENT: Final = 0.05
"""A larger share of silent units is a warning."""
_SIDE: Final = 0.07
"""Share of a column kept free on either side."""
_TOP: Final = 1.04
_GAP: Final = 8
_BAR: Final = 4
_AIR: Final = 4
"""Pixels between the numbers of the layers and the shares."""


class SignalRowPlot(Figure[BenchPicture]):
    """Histograms, and under them what share is blocked and what share of the units is silent.

    Each layer has its own height; of a blue and a grey histogram the narrower is in front. Exact zeros are no bar:
    half of a ReLU layer would flatten the rest.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Activations"), _("The layers are being measured."))
        self._gutter = 0
        self.main = Bars()
        self.other = Bars()
        self.front = Bars()
        for depth, item in enumerate((self.front, self.other, self.main)):
            self.canvas.add(item, depth)
        self.canvas.paint_ground = self._paint_ground
        self.canvas.tooltip_at = self._tooltip_at
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        if self.data is None:
            return ()
        hides = _("Click to hide; what is drawn is chosen at the left")
        entries = [LegendEntry(MAIN, self.data.name, SWATCH, "accent", tip=hides)]
        if self.data.other_name:
            entries.append(LegendEntry(OTHER, self.data.other_name, SWATCH, "ghost", tip=hides))
        return tuple(entries)

    def show_data(self, data: BenchPicture | None) -> None:
        before = self.legend()
        super().show_data(data)
        if self.legend() != before:
            self.legend_changed.emit()

    def _style(self) -> None:
        for item in (self.main, self.front):
            item.setOpts(brush=self._theme.tokens.accent, pen=None)
        self.other.setOpts(brush=self._theme.tokens.ghost, pen=None)

    def _draw_data(self, data: BenchPicture) -> None:
        layers = len(data.layers)
        self._write(data)
        places, height = _places(layers), _heights(data.reading)
        grey = np.zeros_like(height)
        if data.other is not None and self._is_shown(OTHER):
            grey = _heights(data.other)
        # of two histograms at one place the narrower stands in front
        narrower = height.reshape(layers, -1).sum(axis=1) <= grey.reshape(layers, -1).sum(axis=1)
        front = np.where(np.repeat(narrower, ROW_BINS), height, 0.0)
        for item, key, shown in ((self.main, MAIN, height), (self.other, OTHER, grey), (self.front, MAIN, front)):
            item.setVisible(self._is_shown(key))
            item.setOpts(height=shown, **places)
        self.canvas.set_range((0.0, float(layers)), (0.0, _TOP))
        self.canvas.restyle()
        self._set_subtitle(self._words(data.reading.signal))

    def _write(self, data: BenchPicture) -> None:
        canvas, ink = self.canvas, self.canvas.ink
        heads = (_("blocked"), _("silent"))
        layers = data.layers
        texts = [[_share(layer.blocked) for layer in layers], [_share(layer.silent) for layer in layers]]
        room = (canvas.viewport().width() - max(map(ink.width, heads)) - _GAP) / len(layers) - 4
        if any(ink.width(text, "strong tick") > room for row in texts for text in row):
            heads = (_("blocked, %"), _("silent, %"))
            texts = [[_hundred(layer.blocked) for layer in layers], [_hundred(layer.silent) for layer in layers]]
        self._gutter = math.ceil(max(map(ink.width, heads))) + _GAP
        line = math.ceil(ink.height())
        pitch = line + ink.px(_BAR) + 2
        canvas.set_axes(Axes(left_line=False), Margins(self._gutter, 2, 0, line + 4 + _AIR + 2 * pitch))
        canvas.set_range((0.0, float(len(layers))), (0.0, _TOP))
        top = canvas.area.bottom() + 4
        stride = math.ceil(ink.width(str(len(layers)), "strong tick") / max(1.0, room))
        notes: list[AnyNote] = []
        for column, layer in enumerate(layers):
            x = canvas.pixel_x(column + 0.5)
            if (column + 1) % stride == 0 or column == 0:
                end = canvas.viewport().width() - ink.width(str(column + 1)) / 2
                notes.append(Note(str(column + 1), min(x, end), top + line / 2, "muted", align=CENTRE))
            notes += self._lost(layer, data.reading.signal, x)
        for row, (head, values) in enumerate(zip(heads, texts, strict=True)):
            middle = top + line + _AIR + row * pitch + line / 2
            notes.append(Note(head, self._gutter - _GAP, middle, "muted", align=ENDS))
            for column, text in enumerate(values):
                warns = row == 1 and (layers[column].silent or 0) >= MANY_SILENT
                colour, style = ("warn", "strong tick") if warns else ("muted", "tick")
                if ink.width(text, style) <= room + 4:
                    notes.append(Note(text, canvas.pixel_x(column + 0.5), middle, colour, style, CENTRE))
        canvas.set_notes(notes)

    def _lost(self, layer: LayerSignal, signal: Signal, x: float) -> list[AnyNote]:
        """Say what no bar shows: all values are 0, not finite, or beyond the bins."""
        known = layer.histogram
        beyond = known.above + known.below
        if known.not_finite:
            text = _("not finite")
        elif known.zeros == known.total:
            text = _("all 0")
        elif beyond > (known.total - known.zeros) / 2:
            text = f"> {short(signal.high)}"
        else:
            return []
        ink = self.canvas.ink
        column = self.canvas.area.width() / len(self.data.layers if self.data else (0,))
        if ink.width(text) > column:
            return []
        return [Note(text, x, self.canvas.area.bottom() - ink.height() / 2 - 4, "warn", align=CENTRE)]

    def _words(self, signal: Signal) -> str:
        values = {"low": short(signal.low), "high": short(signal.high)}
        beyond = max((known.above + known.below) / known.total for known in (each.histogram for each in signal.layers))
        if beyond == 0:
            return _("same bins, {low} to {high}, each layer to its own height").format(**values)
        return _("same bins, {low} to {high}, each layer to its own height, up to {share} beyond").format(
            **values, share=percent(beyond)
        )

    def _paint_ground(self, painter: QPainter) -> None:
        """Paint the shares as bars under their numbers."""
        if self.data is None or self._words_instead():
            return
        canvas, ink = self.canvas, self.canvas.ink
        line, height = math.ceil(ink.height()), ink.px(_BAR)
        painter.setPen("transparent")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        layers = self.data.layers
        column = canvas.area.width() / len(layers)
        width = column * (1 - 2 * _SIDE)
        for row, values in enumerate(([layer.blocked for layer in layers], [layer.silent for layer in layers])):
            top = canvas.area.bottom() + 4 + line + _AIR + row * (line + height + 2) + line
            for place, value in enumerate(values):
                left = canvas.area.left() + (place + _SIDE) * column
                share = value or 0.0
                painter.setBrush(ink.colour("grid"))
                painter.drawRoundedRect(QRectF(left, top, width, height), 2, 2)
                if share > 0:
                    painter.setBrush(ink.colour("warn" if row == 1 and share >= MANY_SILENT else "muted"))
                    painter.drawRoundedRect(QRectF(left, top, max(2.0, share * width), height), 2, 2)

    def _tooltip_at(self, place: QPointF) -> str:
        column = math.floor(place.x())
        if self.data is None or not 0 <= column < len(self.data.layers):
            return ""
        return _layer_words(self.data.layers[column])

    def _table_of(self, data: BenchPicture) -> Table:
        return row_table(data)

    def _describe_data(self, data: BenchPicture) -> str:
        return " ".join(_layer_words(layer) for layer in data.layers)


def _places(layers: int) -> dict[str, NDArray[np.float64]]:
    """Return left edges and widths of all bars; layer i has the column i to i + 1."""
    bar = (1 - 2 * _SIDE) / ROW_BINS
    left = np.arange(layers)[:, None] + _SIDE + bar * np.arange(ROW_BINS)
    return {"x0": left.ravel(), "width": np.full(left.size, bar)}


def _heights(reading: Reading) -> NDArray[np.float64]:
    """Return the counts of all layers, the highest bar of each layer being 1."""
    counts = np.array([layer.histogram.counts for layer in reading.signal.layers], dtype=np.float64)
    return np.asarray((counts / np.maximum(counts.max(axis=1, keepdims=True), 1)).ravel())


def _share(value: float | None) -> str:
    return "–" if value is None else percent(value)


def _hundred(value: float | None) -> str:
    if value is None:
        return "–"
    return short(round(100 * value)) if value == 0 or value >= 0.005 else "<1"


def _layer_words(layer: LayerSignal) -> str:
    """Return a layer's numbers in a sentence."""
    known = layer.histogram
    words = [
        _("mean {mean}").format(mean=number(layer.mean, 2)),
        _("standard deviation {std}").format(std=number(layer.std, 2)),
    ]
    if layer.blocked is not None:
        words.append(_("{share} blocked").format(share=percent(layer.blocked)))
    if layer.silent is not None:
        silent = count(round(layer.silent * layer.units))
        words.append(_("{number} of {units} units silent").format(number=silent, units=count(layer.units)))
    if known.zeros:
        words.append(_("{share} exactly 0").format(share=percent(known.zeros / known.total)))
    return _("{layer}: {words}.").format(layer=translate_message(layer.name), words=", ".join(words))
