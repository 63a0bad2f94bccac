"""The distribution of each layer's outputs, now and at the start: a histogram a layer, in the order of the network."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

from app.export.table import Table
from app.look.dashes import curve_pen
from app.look.marks import SWATCH, LegendEntry
from app.look.numbers import count, number, percent, short
from app.look.options import Answer
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.lanes import Lane
from app.plots.canvas.notes import AnyNote
from app.plots.run.captions import panel_notes
from app.plots.run.layered_plot import LayeredPlot
from app.plots.run.panels import Panel, Reach, outline, panels, steps
from app.plots.run.quantity import Quantity
from app.plots.run.step_shapes import StepShapes
from app.plots.run.tables import histograms_table
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme
from simulator.training import LayerFrame, Picture

NOW: Final = "now"
START: Final = "start"
_GAPS: Final = {False: 32, True: 24}
"""Between panels, by whether room is saved."""
_FILL: Final = 107
"""Alpha of what lies under the outline: 42 %."""
_TOP: Final = 3
"""Pixels over the highest bar."""


class ActivationsPlot(LayeredPlot):
    """Each layer has its own width and its own height: shapes can be compared, sizes are written below.

    Exact zeros are in no bin: half of a ReLU layer would flatten the rest. They are words.
    """

    def __init__(self, theme: Theme) -> None:
        empty = _("The distribution of each layer's outputs will be drawn here.")
        super().__init__(theme, _("Activations"), empty, _quantities())
        self._panels: list[Panel] = []
        self._reaches: list[Reach] = []
        self._ends: list[tuple[float, float]] = []
        self._letter = ""
        self.now = StepShapes()
        self.start = StepShapes()
        self.canvas.add(self.start, depth=2)
        self.canvas.add(self.now, depth=1)
        self._style()

    def own_view(self) -> Answer:
        return Answer("histograms", _("histograms"), _("The distributions of the chosen run"))

    def legend(self) -> tuple[LegendEntry, ...]:
        if self.compares:
            return ()
        now = _("{run} now").format(run=self._letter) if self._letter else _("now")
        return (LegendEntry(START, _("start"), SWATCH, "ghost"), LegendEntry(NOW, now, SWATCH, "accent"))

    def _show_items(self, shown: bool) -> None:
        self.now.setVisible(shown)
        self.start.setVisible(shown)

    def _style(self) -> None:
        super()._style()
        fill = QColor(self._theme.tokens.accent)
        fill.setAlpha(_FILL)
        self.now.set_look(QBrush(fill), curve_pen(self._theme.tokens.accent, 2))
        self.start.set_look(QBrush(QColor(self._theme.tokens.ghost)), None)

    def _forget(self) -> None:
        super()._forget()
        self._reaches = []

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        self._name_lane(next((lane.look.letter for lane in lanes if lane.picture is picture), ""))
        super()._draw_lanes(picture, lanes)

    def _draw(self, picture: Picture) -> None:
        if not self._overlaid:
            self._name_lane("")
        layers, first = picture.frame.layers, picture.start.layers
        if len(self._reaches) != len(layers):
            self._reaches = [Reach() for _layer in layers]
        pairs = [(layer.output, other.output) for layer, other in zip(layers, first, strict=True)]
        self._ends = [reach.fit(pair) for reach, pair in zip(self._reaches, pairs, strict=True)]
        self._lay(len(layers))
        for item, key, place in ((self.now, NOW, 0), (self.start, START, 1)):
            item.setVisible(self._is_shown(key))
            drawn = [
                outline(self._inner(panel), *steps(pair[place], *ends), *ends)
                for panel, pair, ends in zip(self._panels, pairs, self._ends, strict=True)
            ]
            for corners, panel in zip(drawn, self._panels, strict=True):
                corners[:, 1] += self._foot(panel)
            item.set_corners(drawn)
        self._set_subtitle("")
        self.canvas.set_notes(self._words(layers))

    def _lay(self, layers: int) -> None:
        """Let pixels be the data's coordinates, with y upwards."""
        canvas = self.canvas
        sheet = canvas.viewport().size()
        canvas.set_axes(Axes(left_line=False, bottom_line=False), Margins(0, 0, 0, 0))
        canvas.set_range((0.0, float(sheet.width())), (0.0, float(sheet.height())))
        gap = canvas.ink.px(_GAPS[self._compact])
        least = 4.5 * canvas.ink.height()
        self._panels = panels(layers, sheet.width(), sheet.height(), gap, rows=1 if self._small else 0, least=least)

    def _inner(self, panel: Panel) -> Panel:
        """Return the part of a panel that its bars have, between the words above and below."""
        lines = 2 * self.canvas.ink.height() + _TOP
        return panel._replace(height=max(1.0, panel.height - lines))

    def _foot(self, panel: Panel) -> float:
        """Return where bars stand, in the data's coordinates."""
        return float(self.canvas.viewport().height()) - panel.y - panel.height + float(self.canvas.ink.height())

    def _words(self, layers: Sequence[LayerFrame]) -> list[AnyNote]:
        names = self.names_of(layers)
        return panel_notes(self._panels, names, layers, self._ends, self._selected, self.canvas.ink)

    def _name_lane(self, letter: str) -> None:
        if letter != self._letter:
            self._letter = letter
            self.legend_changed.emit()

    def _paint_one(self, painter: QPainter) -> None:
        if self._selected is not None and 0 <= self._selected < len(self._panels):
            panel = self._panels[self._selected]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen("transparent")
            painter.setBrush(self.canvas.ink.colour("soft"))
            room = QRectF(panel.x, panel.y, panel.width, panel.height).adjusted(-6, 0, 6, 0)
            painter.drawRoundedRect(room, 8, 8)

    def _layer_at(self, place: QPointF) -> int | None:
        if self._picture is None:
            return None
        x, y = place.x(), self.canvas.viewport().height() - place.y()
        return next(
            (
                index
                for index, panel in enumerate(self._panels)
                if 0 <= x - panel.x < panel.width and 0 <= y - panel.y < panel.height
            ),
            None,
        )

    def _words_for(self, layer: LayerFrame) -> str:
        picture = self._picture
        layers = () if picture is None else picture.frame.layers
        index = next((place for place, each in enumerate(layers) if each is layer), None)
        return _layer_words(layer, self._ends[index] if index is not None and index < len(self._ends) else None)

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


def _layer_words(layer: LayerFrame, ends: tuple[float, float] | None = None) -> str:
    """Return a layer's numbers in a sentence."""
    histogram = layer.output
    words = [
        _("mean {mean}").format(mean=number(layer.mean, 2)),
        _("standard deviation {std}").format(std=number(layer.std, 2)),
    ]
    if ends is not None:
        text = _("drawn from {low} to {high}, to its own width and height")
        words.append(text.format(low=short(ends[0]), high=short(ends[1])))
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
    if not math.isfinite(layer.std):
        words.append(_("not finite"))
    return _("{layer}: {words}.").format(layer=translate_message(layer.name), words=", ".join(words))
