"""Training and validation accuracy by epoch, and the gap between them."""

import math
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.i18n import _
from app.plots.canvas import Axes, Margins
from app.plots.curve_plot import THICK, CurvePlot, End, Readout, curve_pen, last_finite, nearest_index, thinned
from app.plots.marks import DASHES, LINE, LegendEntry
from app.plots.numbers import count, percent, points, short
from app.plots.ticks import Tick
from app.theme import Theme
from simulator import Picture, RunFacts

TRAINING: Final = "training"
VALIDATION: Final = "validation"
_GAP_SHARE: Final = 0.43
"""Of the pale colour in the gap's. It is mixed beforehand: an opaque polygon costs a quarter of a translucent one."""


class GapItem(pg.GraphicsObject):
    """The area between two curves, as one polygon (two filled curves were twenty times dearer)."""

    def __init__(self) -> None:
        super().__init__()
        self._polygon = QPolygonF()
        self._colour = QColor()

    @property
    def polygon(self) -> QPolygonF:
        """There along the upper curve and back along the other."""
        return self._polygon

    def set_colour(self, colour: QColor) -> None:
        """Fill with this colour."""
        self._colour = colour
        self.update()

    def set_data(self, x: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]) -> None:
        """Span the area between the curves `one` and `other`; points that are not finite are left out."""
        fine = np.isfinite(one) & np.isfinite(other)
        across = np.concatenate([x[fine], x[fine][::-1]])
        up = np.concatenate([one[fine], other[fine][::-1]])
        self.prepareGeometryChange()
        self._polygon = pg.functions.create_qpolygonf(across.size)
        if across.size:
            pg.functions.ndarray_from_qpolygonf(self._polygon)[:] = np.stack([across, up], axis=1)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._polygon.boundingRect()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawPolygon(self._polygon)


class AccuracyPlot(CurvePlot):
    """Two curves of shares from 0 to 1; the lower end moves in fifths."""

    def __init__(self, theme: Theme) -> None:
        empty = _("The share of right answers will be drawn here, once an epoch.")
        super().__init__(theme, _("Accuracy"), empty)
        self._bottom: float | None = None
        self.gap = GapItem()
        self.canvas.add(self.gap, depth=3)
        self.training = self.make_curve(depth=2)
        self.validation = self.make_curve(depth=1, segmented=False)
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        training = LegendEntry(TRAINING, _("train") if self._compact else _("training"), LINE, "accent")
        if self._facts is not None and not self._facts.validation.size:
            return (training,)
        words = _("val") if self._compact else _("validation")
        return training, LegendEntry(VALIDATION, words, DASHES, self._theme.tokens.lanes[1])

    def _style(self) -> None:
        tokens = self._theme.tokens
        self.gap.set_colour(mixed(QColor(tokens.lanes_pale[1]), QColor(tokens.card), _GAP_SHARE))
        self.training.setPen(curve_pen(tokens.accent, THICK))
        self.validation.setPen(curve_pen(tokens.lanes[1], THICK, dashed=True))

    def _settle(self, live: bool) -> None:
        for curve in (self.training, self.validation):
            curve.opts["antialias"] = not live
        self.training.setSegmentedLineMode("on" if live else "off")

    def _take_facts(self, _facts: RunFacts) -> None:
        self.legend_changed.emit()

    def _forget(self) -> None:
        super()._forget()
        self._bottom = None

    def _missing(self, picture: Picture) -> str:
        return self._empty if last_finite(picture.readings.training_accuracy) is None else ""

    def _draw(self, picture: Picture) -> None:
        readings = picture.readings
        kept = thinned(readings.epoch.size)
        epoch = readings.epoch[kept]
        training, validation = readings.training_accuracy[kept], readings.validation_accuracy[kept]
        both = self._is_shown(TRAINING) and self._is_shown(VALIDATION)
        self.gap.setVisible(both)
        self.gap.set_data(epoch, training, validation)
        self.training.setVisible(self._is_shown(TRAINING))
        self.training.setData(epoch, training)
        self.validation.setVisible(self._is_shown(VALIDATION))
        self.validation.setData(epoch, validation)

        bottom = self._fit_bottom(np.concatenate([training, validation]))
        ticks = tuple(Tick(value, percent(value)) for value in np.linspace(bottom, 1.0, _parts(bottom)).round(6))
        x_top = self._x_top.fit(max(float(epoch[-1]), 4.0))
        name = "" if self._compact else _("epoch")
        rules = tuple(tick.at for tick in ticks[1:])
        self.canvas.set_axes(Axes(ticks, self.time_ticks(x_top), rules, name), Margins(top=12))
        ends = self._ends(picture)
        widths = [self.canvas.ink.width(end.text, "curve_end") for end in ends]
        room = max([self.canvas.ink.width(_("train {accuracy}").format(accuracy="99.9 %"), "curve_end"), *widths])
        x_range = (0.0, self.view_top(x_top, room + self.canvas.ink.px(14)))
        self.canvas.set_range(x_range, (bottom, 1.0 + 0.01 * (1 - bottom)))
        self._set_subtitle(self._gap_words(picture))
        self.show_notes(self.end_notes(ends))

    def _fit_bottom(self, values: NDArray[np.float64]) -> float:
        finite = values[np.isfinite(values)]
        wanted = math.floor(float(finite.min()) * 5 + 1e-9) / 5 if finite.size else 0.0
        # an axis from 80 % would make small wiggles look like events
        wanted = min(wanted, 0.6)
        self._bottom = wanted if self._bottom is None else min(self._bottom, wanted)
        return self._bottom

    def _ends(self, picture: Picture) -> list[End]:
        readings = picture.readings
        ends = []
        for key, values, words, mark, ink in (
            (TRAINING, readings.training_accuracy, _("train {accuracy}"), "accent", "accent"),
            (VALIDATION, readings.validation_accuracy, _("val {accuracy}"), self._theme.tokens.lanes[1], "warn"),
        ):
            at = last_finite(values)
            if at is not None and self._is_shown(key):
                value = float(values[at])
                text = words.format(accuracy=percent(value))
                ends.append(End(float(readings.epoch[at]), value, text, mark, ink))
        return ends

    def _gap_words(self, picture: Picture) -> str:
        training = picture.readings.training_accuracy[-1]
        validation = picture.readings.validation_accuracy[-1]
        if not np.isfinite(picture.readings.validation_accuracy).any():
            gap = _("nothing validates")
        elif not (math.isfinite(training) and math.isfinite(validation)):
            gap = ""
        else:
            gap = _("gap {points}").format(points=points(float(training), float(validation)))
        if not self._compact:
            return gap
        return _("{gap} · by epoch").format(gap=gap) if gap else _("by epoch")

    def _nearest(self, x: float) -> list[Readout]:
        if self._picture is None:
            return []
        readings = self._picture.readings
        at = nearest_index(readings.epoch, x)
        if at is None:
            return []
        epoch = short(float(readings.epoch[at]))
        training, validation = float(readings.training_accuracy[at]), float(readings.validation_accuracy[at])
        if math.isfinite(validation):
            text = _("epoch {epoch} · train {training} · val {validation}").format(
                epoch=epoch, training=percent(training), validation=percent(validation)
            )
        else:
            text = _("epoch {epoch} · train {training}").format(epoch=epoch, training=percent(training))
        place = float(readings.epoch[at])
        return [
            Readout(place, training, text, "accent"),
            Readout(place, validation, text, self._theme.tokens.lanes[1]),
        ]

    def _describe(self, picture: Picture) -> str:
        readings = picture.readings
        epoch = count(int(readings.epoch[-1]))
        training, validation = float(readings.training_accuracy[-1]), float(readings.validation_accuracy[-1])
        if not math.isfinite(validation):
            return _("After {epoch} epochs the network is right on {training} of the training examples.").format(
                epoch=epoch, training=percent(training)
            )
        return _(
            "After {epoch} epochs the network is right on {training} of the training examples and on {validation} "
            "of the validation examples: a gap of {points}."
        ).format(
            epoch=epoch,
            training=percent(training),
            validation=percent(validation),
            points=points(training, validation),
        )


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return the colour that `colour` has over `ground` with opacity `share`."""
    return QColor(
        round(share * colour.red() + (1 - share) * ground.red()),
        round(share * colour.green() + (1 - share) * ground.green()),
        round(share * colour.blue() + (1 - share) * ground.blue()),
    )


def _parts(bottom: float) -> int:
    """Return how many ticks fit the range from `bottom` to 1: four or five, or six over the whole."""
    return {0.0: 5, 0.2: 5, 0.4: 4, 0.6: 3}[round(bottom, 1)]
