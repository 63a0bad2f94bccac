"""Mean and standard deviation of every layer before training, with theory and the spread of other draws."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.export.table import Table
from app.look.marks import CIRCLE, LINE, SWATCH, TRIANGLE, LegendEntry
from app.look.numbers import number, short
from app.plots.canvas.figure import Figure
from app.plots.canvas.gap_item import GapItem
from app.plots.canvas.notes import AnyNote, Note
from app.plots.canvas.reader import Reader, Readout
from app.plots.lab.bench_picture import BenchPicture, exponents, sizes
from app.plots.lab.signal_curves import SignalCurves, finite
from app.plots.lab.tables import bench_table
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.signal import LayerSignal

STD: Final = "std"
MEAN: Final = "mean"
THEORY: Final = "theory"
SPREAD: Final = "spread"
SMALL_MEAN: Final = 0.1
"""A mean of a smaller share of the standard deviation is not drawn: a logarithmic axis would make much of chance."""


class ForwardSignalPlot(Figure[BenchPicture]):
    """One circle and one triangle a layer."""

    zooms = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Forward"), _("The layers are being measured."))
        self.reader = Reader(self.canvas, self._nearest, self._words_instead)
        self.curves = SignalCurves(self.canvas, first_layer=1)
        self.band = GapItem()
        self.canvas.add(self.band, depth=5)
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        return (
            LegendEntry(STD, _("std"), CIRCLE, "accent"),
            LegendEntry(MEAN, _("mean"), TRIANGLE, "accent", hollow=True),
            LegendEntry(THEORY, _("theory"), LINE, "accent"),
            LegendEntry(SPREAD, _("9 of 10 draws"), SWATCH, self._theme.tokens.lanes_pale[0]),
        )

    def _style(self) -> None:
        self.curves.dress(self._theme, self._theme.tokens.accent)
        self.band.set_colour(self.canvas.ink.colour(self._theme.tokens.lanes_pale[0]))

    def _draw_data(self, data: BenchPicture) -> None:
        curves = self.curves
        layers = data.layers
        stds, others = sizes(data.reading, lambda layer: layer.std), sizes(data.other, lambda layer: layer.std)
        means = _means([layer.mean for layer in layers], [layer.std for layer in layers])
        theory = data.reading.theory
        lines = [] if theory is None else exponents(theory.std.tolist())
        mean_lines = [] if theory is None else _means(theory.mean.tolist(), theory.std.tolist())
        band: NDArray[np.float64] = np.zeros((2, 0))
        if data.spread is not None:
            band = np.array([exponents(data.spread.low.tolist()), exponents(data.spread.high.tolist())])
        ends = self._ends(data)
        wanted = finite([*stds, *others, *means, *lines, *mean_lines, *band.ravel().tolist()])
        curves.lay_axes(
            len(layers),
            wanted,
            curves.room_for([words for words, _y, _colour in ends]),
            "" if self._compact else _("layer"),
        )
        curves.fill(curves.marks, self._is_shown(STD), stds, 1)
        curves.fill(curves.second, self._is_shown(MEAN), means, 1)
        curves.fill(curves.line, self._is_shown(THEORY), lines, 1)
        curves.fill(curves.second_line, self._is_shown(THEORY), mean_lines, 1)
        curves.fill(curves.other, True, others, 1)
        curves.fill(curves.other_line, True, others, 1)
        self.band.setVisible(self._is_shown(SPREAD))
        places: NDArray[np.float64] = np.arange(band.shape[1], dtype=np.float64) + 1
        self.band.set_data(places, band[0], band[1])
        self._set_subtitle(self._words(data))
        self.reader.show_notes([*curves.end_words(len(layers), ends), *self._nothing(data)])

    def _ends(self, data: BenchPicture) -> list[tuple[str, float, str]]:
        """Return what is written at the last layer: words, exponent, colour."""
        last = data.layers[-1]
        ends = []
        if data.other is not None and data.other_name:
            other = data.other.signal.layers[-1].std
            words = _("{scheme} {std}").format(scheme=data.other_name, std=number(other, 2))
            ends.append((words, exponents([other])[0], "muted"))
        if self._is_shown(MEAN) and abs(last.mean) > SMALL_MEAN * last.std:
            words = _("mean {mean}").format(mean=number(last.mean, 2))
            ends.append((words, exponents([abs(last.mean)])[0], "accent"))
        if self._is_shown(STD):
            words = _("std {std}").format(std=number(last.std, 2))
            ends.append((words, exponents([last.std])[0], "accent"))
        return [end for end in ends if math.isfinite(end[1])]

    def _nothing(self, data: BenchPicture) -> list[AnyNote]:
        """Say from which layer on there is nothing that a logarithm could show."""
        for place, layer in enumerate(data.layers, start=1):
            if math.isfinite(layer.std) and layer.std > 0:
                continue
            words = _("0 from layer {layer} on") if layer.std == 0 else _("not finite from layer {layer} on")
            area, ink = self.canvas.area, self.canvas.ink
            row = area.bottom() - ink.height() if layer.std == 0 else area.top() + ink.height()
            return [Note(words.format(layer=place), area.left() + ink.px(10), row, "warn", "strong tick")]
        return []

    def _words(self, data: BenchPicture) -> str:
        if all(abs(layer.mean) < SMALL_MEAN * layer.std for layer in data.layers):
            return _("std by layer, mean near 0") if self._compact else _("standard deviation (std), mean near 0")
        return _("mean and std by layer") if self._compact else _("mean and standard deviation (std)")

    def _nearest(self, x: float) -> list[Readout]:
        if self.data is None:
            return []
        layer = self.curves.layer_at(x, len(self.data.layers))
        known = self.data.layers[layer - 1]
        y = exponents([known.std])[0]
        return [Readout(layer, y, self._layer_words(layer, known), "accent")]

    def _layer_words(self, layer: int, known: LayerSignal) -> str:
        values = {"layer": short(layer), "std": number(known.std, 3), "mean": number(known.mean, 2)}
        theory = None if self.data is None else self.data.reading.theory
        if theory is None:
            return _("layer {layer}: std {std}, mean {mean}").format(**values)
        return _("layer {layer}: std {std} (theory {theory}), mean {mean}").format(
            **values, theory=number(float(theory.std[layer - 1]), 3)
        )

    def _table_of(self, data: BenchPicture) -> Table:
        return bench_table(data)

    def _describe_data(self, data: BenchPicture) -> str:
        return " ".join(self._layer_words(at, layer) + "." for at, layer in enumerate(data.layers, start=1))


def _means(means: Sequence[float], stds: Sequence[float]) -> list[float]:
    """Return the logarithms of those means that are more than chance beside their standard deviation."""
    worth = [abs(mean) if abs(mean) > SMALL_MEAN * std else None for mean, std in zip(means, stds, strict=True)]
    return exponents(worth)
