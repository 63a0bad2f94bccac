"""What is left of a unit gradient on its way back to the input, and how large the gradients of the weights are."""

import math
from collections.abc import Sequence
from typing import Final

from app.export.table import Table
from app.look.marks import CIRCLE, LINE, TRIANGLE, LegendEntry
from app.look.numbers import number, short
from app.plots.canvas.ends import LABEL_GAP, spread
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import PLAIN, AnyNote, Note
from app.plots.canvas.reader import Reader, Readout
from app.plots.lab.bench_picture import BenchPicture, exponents, sizes
from app.plots.lab.signal_curves import SignalCurves, finite
from app.plots.lab.tables import bench_table
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.signal import Reading

OUTPUTS: Final = "outputs"
WEIGHTS: Final = "weights"
THEORY: Final = "theory"
CLEAR: Final = 0.7
"""Lines between words and a curve."""


class BackwardSignalPlot(Figure[BenchPicture]):
    """dL/dh at the input and at every layer, dL/dW at every layer: two sizes that need not agree."""

    zooms = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Backward"), _("The layers are being measured."))
        self.reader = Reader(self.canvas, self._nearest, self._words_instead)
        self.curves = SignalCurves(self.canvas, first_layer=0)
        self._question = ""
        self._style()

    def ask(self, question: str) -> None:
        """Show a question in the place of the answer; an empty one shows the answer."""
        if question != self._question:
            self._question = question
            self.legend_changed.emit()
            self.refresh()

    def legend(self) -> tuple[LegendEntry, ...]:
        if self._question:
            return ()
        colour = self._theme.tokens.lanes[1]
        return (
            LegendEntry(OUTPUTS, "dL/dh", CIRCLE, colour),
            LegendEntry(WEIGHTS, "dL/dW", TRIANGLE, colour, hollow=True),
            LegendEntry(THEORY, _("theory"), LINE, colour),
        )

    def _style(self) -> None:
        self.curves.dress(self._theme, self._theme.tokens.lanes[1])

    def _missing_data(self, data: BenchPicture) -> str:
        if self._question:
            return self._question
        return "" if data.reading.signal.complete else _("The way back is being measured.")

    def _draw_data(self, data: BenchPicture) -> None:
        curves = self.curves
        reading, other = data.reading, data.other
        outputs, weights = _outputs(reading), sizes(reading, lambda layer: layer.weight_gradient_std)
        others = _outputs(other)
        theory = reading.theory
        lines: tuple[list[float], list[float]] = ([], [])
        if theory is not None:
            lines = (
                exponents([theory.input_gradient, *theory.gradient.tolist()]),
                exponents(theory.weight_gradient.tolist()),
            )
        wanted = finite([*outputs, *weights, *others, *lines[0], *lines[1]])
        curves.lay_axes(
            len(weights), wanted, curves.room_for([_("1 goes in"), _("weights")]), "" if self._compact else _("layer")
        )
        curves.fill(curves.marks, self._is_shown(OUTPUTS), outputs, 0)
        curves.fill(curves.second, self._is_shown(WEIGHTS), weights, 1)
        curves.fill(curves.line, self._is_shown(THEORY), lines[0], 0)
        curves.fill(curves.second_line, self._is_shown(THEORY), lines[1], 1)
        curves.fill(curves.other, True, others, 0)
        curves.fill(curves.other_line, True, others, 0)
        self._set_subtitle(
            _("std by layer") if self._compact else _("std of dL/dh, and of dL/dW averaged over examples")
        )
        ends = [(_("1 goes in"), outputs[-1], "muted"), (_("weights"), weights[-1], "warn")]
        ends = [end for end in ends if math.isfinite(end[1])]
        right = curves.end_words(len(weights), ends)
        self.reader.show_notes([*right, *self._left(data, outputs, others, right)])

    def _left(
        self, data: BenchPicture, outputs: list[float], others: list[float], right: Sequence[Note]
    ) -> list[AnyNote]:
        """Write what reaches the input, on the side of the curve that is free, and the same of the grey network.

        Words keep apart from those at the `right` where they reach so far.
        """
        canvas, ink = self.canvas, self.canvas.ink
        line = ink.height("curve_end")
        arriving = data.reading.signal.input_gradient_std or 0.0
        x = canvas.pixel_x(0) + ink.px(LABEL_GAP)
        if not math.isfinite(outputs[0]):
            words = _("0 reaches the input") if arriving == 0 else _("not finite at the input")
            return [Note(words, x, canvas.area.bottom() - line, "warn", "curve_end")]
        series = [outputs, [math.nan, *sizes(data.reading, lambda layer: layer.weight_gradient_std)], others]
        words = _("{size} reaches the input").format(size=number(arriving, 2))
        if x + ink.width(words, "curve_end") > canvas.viewport().width():
            words = number(arriving, 2)
        arrives = [(words, outputs[0], "warn")]
        if data.other is not None and others and math.isfinite(others[0]):
            size = number(data.other.signal.input_gradient_std or 0.0, 2)
            arrives.append((_("{scheme} {std}").format(scheme=data.other_name, std=size), others[0], "muted"))
        crowds = [self._rows_near(words, x, series) for words, _y, _colour in arrives]
        wanted = [self._free_row(y, crowd) for (_words, y, _colour), crowd in zip(arrives, crowds, strict=True)]
        reach = x + max(ink.width(words, "curve_end") for words, _y, _colour in arrives)
        taken = [note.y for note in right if note.x < reach + ink.px(LABEL_GAP)]
        rows = spread(wanted, line, canvas.area.top() - line / 2, canvas.area.bottom() - line / 2, taken)
        return [
            Note(words, x, row, colour, "curve_end", ground="" if _clearance(row, crowd) >= CLEAR * line else PLAIN)
            for (words, _y, colour), row, crowd in zip(arrives, rows, crowds, strict=True)
        ]

    def _rows_near(self, words: str, x: float, series: Sequence[Sequence[float]]) -> list[float]:
        """Return the rows of the curves' points over or under words from column x on."""
        canvas = self.canvas
        end = x + canvas.ink.width(words, "curve_end")
        return [
            canvas.pixel_y(value)
            for curve in series
            for layer, value in enumerate(curve)
            if math.isfinite(value) and layer > 0 and canvas.pixel_x(layer - 1) <= end
        ]

    def _free_row(self, y: float, crowd: Sequence[float]) -> float:
        """Return a row near the exponent y that is clear of the rows of a crowd, or as clear as there is one."""
        canvas, line = self.canvas, self.canvas.ink.height("curve_end")
        rows = [canvas.pixel_y(y) + side * line for side in (-0.9, 0.9, -1.7, 1.7, -2.5, 2.5)]
        rows = [row for row in rows if canvas.area.top() - line / 2 < row < canvas.area.bottom()] or rows
        best = max(rows, key=lambda row: _clearance(row, crowd))
        return next((row for row in rows if _clearance(row, crowd) >= CLEAR * line), best)

    def _nearest(self, x: float) -> list[Readout]:
        if self.data is None:
            return []
        layer = self.curves.layer_at(x, len(self.data.layers))
        y = _outputs(self.data.reading)[layer]
        return [Readout(layer, y, self._layer_words(self.data, layer), self._theme.tokens.lanes[1])]

    def _layer_words(self, data: BenchPicture, layer: int) -> str:
        signal = data.reading.signal
        if layer == 0:
            return _("input: dL/dh {outputs}").format(outputs=number(signal.input_gradient_std or 0.0, 2))
        known = signal.layers[layer - 1]
        return _("layer {layer}: dL/dh {outputs}, dL/dW {weights}").format(
            layer=short(layer),
            outputs=number(known.gradient_std or 0.0, 2),
            weights=number(known.weight_gradient_std or 0.0, 2),
        )

    def _table_of(self, data: BenchPicture) -> Table:
        return bench_table(data)

    def _describe_data(self, data: BenchPicture) -> str:
        return " ".join(self._layer_words(data, layer) + "." for layer in range(len(data.layers) + 1))


def _outputs(reading: Reading | None) -> list[float]:
    """Return the logarithms of dL/dh at the input and at every layer; nothing before the way back is measured."""
    if reading is None or not reading.signal.complete:
        return []
    signal = reading.signal
    return exponents([signal.input_gradient_std, *(layer.gradient_std for layer in signal.layers)])


def _clearance(row: float, crowd: Sequence[float]) -> float:
    """Return how far a row is from the nearest of others."""
    return min((abs(row - other) for other in crowd), default=math.inf)
