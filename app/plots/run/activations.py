"""The distribution of each layer's outputs, now and at the start, in one row."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.export.table import Table
from app.look.marks import SWATCH, LegendEntry
from app.look.numbers import count, number, percent, short
from app.look.options import Answer
from app.plots.canvas.bars import Bars
from app.plots.canvas.canvas import Axes, Margins
from app.plots.run.captions import caption, caption_notes, lay_out
from app.plots.run.layered_plot import LayeredPlot
from app.plots.run.quantity import Quantity
from app.plots.run.tables import histograms_table
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme
from simulator.training import BINS, Histogram, LayerFrame, Picture

NOW: Final = "now"
START: Final = "start"
_SIDE: Final = 0.06
"""Share of a column kept free on either side."""
_TOP: Final = 1.04


class ActivationsPlot(LayeredPlot):
    """One bar item for all layers, shifted in x, and one behind it for the start.

    Each layer has its own width, from -R to R, and its own height: shapes can be compared, sizes are written below.
    Exact zeros are no bar: half of a ReLU layer would flatten the rest.
    """

    def __init__(self, theme: Theme) -> None:
        empty = _("The distribution of each layer's outputs will be drawn here.")
        super().__init__(theme, _("Activations"), empty, _quantities())
        self._columns = 1
        self._limits: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
        self.now = Bars()
        self.start = Bars()
        self.canvas.add(self.start, depth=2)
        self.canvas.add(self.now, depth=1)
        self._style()

    def own_view(self) -> Answer:
        return Answer("histograms", _("histograms"), _("The distributions of the chosen run"))

    def legend(self) -> tuple[LegendEntry, ...]:
        if self.compares:
            return ()
        return (LegendEntry(NOW, _("now"), SWATCH, "accent"), LegendEntry(START, _("at start"), SWATCH, "ghost"))

    def _show_items(self, shown: bool) -> None:
        self.now.setVisible(shown)
        self.start.setVisible(shown)

    def _style(self) -> None:
        super()._style()
        self.now.setOpts(brush=self._theme.tokens.accent, pen=None)
        self.start.setOpts(brush=self._theme.tokens.ghost, pen=None)

    def _draw(self, picture: Picture) -> None:
        layers, first = picture.frame.layers, picture.start.layers
        self._columns = len(layers)
        limits = tuple(layer.output.limit for layer in layers)
        first_limits = tuple(layer.output.limit for layer in first)
        shares = [one / other for one, other in zip(first_limits, limits, strict=True)]
        # places change with the network and its ranges, heights with every frame
        moved = (limits, first_limits) != self._limits
        self._limits = (limits, first_limits)
        for item, key, shown, widths in (
            (self.now, NOW, layers, [1.0] * len(layers)),
            (self.start, START, first, shares),
        ):
            item.setVisible(self._is_shown(key))
            places = _places(widths) if moved else {}
            item.setOpts(height=_heights([layer.output for layer in shown]), **places)
        self._write(layers)
        self._set_subtitle(self._words(layers))

    def _write(self, layers: tuple[LayerFrame, ...]) -> None:
        canvas, ink = self.canvas, self.canvas.ink
        captions = [caption(layer, name) for layer, name in zip(layers, self.names_of(layers), strict=True)]
        layout = lay_out(captions, [layer.output for layer in layers], canvas.viewport().width(), ink)
        lines = math.ceil(len(layout.lines) * ink.height())
        margins = Margins(left=math.ceil(layout.gutter), top=2, right=0, bottom=lines + 5)
        canvas.set_axes(Axes(left_line=False), margins)
        canvas.set_range((0.0, float(self._columns)), (0.0, _TOP))
        columns = [canvas.pixel_x(column + 0.5) for column in range(self._columns)]
        canvas.set_notes(caption_notes(layout, columns, canvas.area.bottom() + 4, self._selected, ink))

    def _words(self, layers: tuple[LayerFrame, ...]) -> str:
        """Say what the eye cannot see: each layer has a scale of its own, and how much lies outside it."""
        outside = max((_outside(layer.output) for layer in layers), default=0.0)
        if outside == 0:
            return _("each layer to its own width and height")
        return _("each layer to its own width and height, up to {share} outside").format(share=percent(outside))

    def _paint_one(self, painter: QPainter) -> None:
        if self._selected is not None and 0 <= self._selected < self._columns:
            left, right = self.canvas.pixel_x(self._selected), self.canvas.pixel_x(self._selected + 1)
            room = QRectF(left, 0, right - left, self.canvas.viewport().height())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen("transparent")
            painter.setBrush(self.canvas.ink.colour("soft"))
            painter.drawRoundedRect(room, 8, 8)

    def _layer_at(self, place: QPointF) -> int | None:
        column = math.floor(place.x())
        return column if 0 <= column < self._columns and self._picture is not None else None

    def _words_for(self, layer: LayerFrame) -> str:
        return _layer_words(layer)

    def _table_of(self, picture: Picture) -> Table:
        return histograms_table(picture)

    def _describe(self, picture: Picture) -> str:
        return " ".join(_layer_words(layer) for layer in picture.frame.layers)


def _quantities() -> tuple[Quantity, ...]:
    std = _("Standard deviation of the outputs of each layer")
    mean = _("Mean of the outputs of each layer")
    return (
        Quantity("std", _("std"), std, _("std of each layer"), lambda layer: layer.std, inputs=True),
        Quantity(
            "mean",
            _("mean"),
            mean,
            _("mean of each layer"),
            lambda layer: layer.mean,
            logarithmic=False,
            inputs=True,
        ),
    )


def _places(widths: list[float]) -> dict[str, NDArray[np.float64]]:
    """Return left edges and widths of all bars; layer i has the middle i + 0.5 and `widths[i]` of its column."""
    half = np.array(widths) * (0.5 - _SIDE)
    bar = 2 * half / BINS
    middle = np.arange(half.size) + 0.5
    left = (middle - half)[:, None] + bar[:, None] * np.arange(BINS)
    return {"x0": left.ravel(), "width": np.repeat(bar, BINS)}


def _heights(histograms: list[Histogram]) -> NDArray[np.float64]:
    """Return the counts of all layers, the highest bar of each layer being 1."""
    counts = np.array([histogram.counts for histogram in histograms], dtype=np.float64)
    return np.asarray((counts / np.maximum(counts.max(axis=1, keepdims=True), 1)).ravel())


def _outside(histogram: Histogram) -> float:
    return (histogram.below + histogram.above) / histogram.total if histogram.total else 0.0


def _layer_words(layer: LayerFrame) -> str:
    """Return a layer's numbers in a sentence."""
    histogram = layer.output
    words = [
        _("mean {mean}").format(mean=number(layer.mean, 2)),
        _("standard deviation {std}").format(std=number(layer.std, 2)),
        _("drawn from {low} to {high}").format(low=short(-histogram.limit), high=short(histogram.limit)),
    ]
    if histogram.zeros:
        words.append(_("{share} exactly 0").format(share=percent(histogram.zero_share)))
    if layer.dead_units:
        dead = layer.dead_units
        words.append(ngettext("{number} dead unit", "{number} dead units", dead).format(number=count(dead)))
    if outside := histogram.below + histogram.above:
        words.append(
            ngettext("{number} value outside", "{number} values outside", outside).format(number=count(outside))
        )
    if bad := histogram.not_finite:
        words.append(ngettext("{number} value not finite", "{number} values not finite", bad).format(number=count(bad)))
    return _("{layer}: {words}.").format(layer=translate_message(layer.name), words=", ".join(words))
