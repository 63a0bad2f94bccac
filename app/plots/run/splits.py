"""Training and validation in one plot: two curves, the gap between them, and what is written at their ends."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from app.look.dashes import DASHED, curve_pen
from app.look.marks import CIRCLE, DASHES, DIAMOND, LINE, LegendEntry
from app.look.numbers import number, percent, short
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.curve import THICK, add_curve, last_finite, nearest_index, thinned
from app.plots.canvas.ends import End
from app.plots.canvas.gap_item import GapItem, mixed
from app.plots.canvas.reader import Readout
from app.plots.canvas.time_axis import TimeAxis
from app.system.i18n import _
from app.theme import Theme
from simulator.training import Picture, Readings, WholeReading

TRAINING: Final = "training"
VALIDATION: Final = "validation"
_GAP_SHARE: Final = 0.32
"""Of the curve's colour in the gap's, mixed beforehand: an opaque polygon costs a quarter of a translucent one."""


@dataclass(frozen=True)
class SplitQuantity:
    """What is drawn of both splits, training first: how it is read, and how it is written."""

    of_readings: Callable[[Readings], tuple[NDArray[np.float64], NDArray[np.float64]]]
    of_whole: Callable[[WholeReading], tuple[float, float]]
    write: Callable[[float], str]


ACCURACY: Final = SplitQuantity(
    lambda readings: (readings.training_accuracy, readings.validation_accuracy),
    lambda whole: (whole.training_accuracy, whole.validation_accuracy),
    percent,
)
LOSS: Final = SplitQuantity(
    lambda readings: (readings.training_loss, readings.validation_loss),
    lambda whole: (whole.training_loss, whole.validation_loss),
    number,
)


class SplitCurves:
    """The curves of a plot by epoch.

    Parameters
    ----------
    is_shown
        Tells whether the reader has `TRAINING` or `VALIDATION` in view.
    """

    def __init__(
        self, canvas: Canvas, axis: TimeAxis, theme: Theme, quantity: SplitQuantity, is_shown: Callable[[str], bool]
    ) -> None:
        self._canvas, self._axis, self._theme = canvas, axis, theme
        self._quantity, self._is_shown = quantity, is_shown
        self.gap = GapItem()
        canvas.add(self.gap, depth=4)
        self.training = add_curve(canvas, depth=2)
        # dashes are dear, so a dashed curve has few points
        self.validation = add_curve(canvas, depth=1, segmented=False)

    def legend(self, compact: bool, validates: bool) -> tuple[LegendEntry, ...]:
        """Return the lines of the legend."""
        training = LegendEntry(TRAINING, _("train") if compact else _("training"), LINE, "accent")
        if not validates:
            return (training,)
        words = _("val") if compact else _("validation")
        return training, LegendEntry(VALIDATION, words, DASHES, self._theme.tokens.lanes[1])

    def style(self) -> None:
        """Wear the theme's present colours."""
        tokens, stroke = self._theme.tokens, self._canvas.ink.stroke(THICK)
        self.gap.set_colour(mixed(QColor(tokens.lanes[1]), QColor(tokens.card), _GAP_SHARE))
        self.training.setPen(curve_pen(tokens.accent, stroke))
        self.validation.setPen(curve_pen(tokens.lanes[1], stroke, DASHED))

    def settle(self, live: bool) -> None:
        """Draw finely what stands still, quickly what moves."""
        for curve in (self.training, self.validation):
            curve.opts["antialias"] = not live
        self.training.setSegmentedLineMode("on" if live else "off")

    def set_visible(self, visible: bool) -> None:
        """Show or hide all of it: lanes have curves of their own."""
        for item in (self.gap, self.training, self.validation):
            item.setVisible(visible)

    def draw(self, readings: Readings) -> None:
        """Draw the readings; of the dashed curve and of the gap as many points as are cheap."""
        kept = thinned(readings.epoch.size)
        training, validation = map(self._axis.placed, self._quantity.of_readings(readings))
        self.gap.setVisible(self._is_shown(TRAINING) and self._is_shown(VALIDATION))
        self.gap.set_data(readings.epoch[kept], training[kept], validation[kept])
        self.training.setVisible(self._is_shown(TRAINING))
        self.training.setData(readings.epoch, training)
        self.validation.setVisible(self._is_shown(VALIDATION))
        self.validation.setData(readings.epoch[kept], validation[kept])

    def widest(self, value: str) -> str:
        """Return what stands at an end with a value as long as any."""
        return _("train {value}").format(value=value)

    def ends(self, picture: Picture, *, whole: bool = True) -> list[End]:
        """Return the ends of both curves, and of the whole sets where those are more than the curves were read on."""
        readings, all_read, samples = picture.readings, picture.whole if whole else None, picture.samples
        training, validation = self._quantity.of_readings(readings)
        ends = []
        for split, values, words in (
            (TRAINING, training, _("train {value}")),
            (VALIDATION, validation, _("val {value}")),
        ):
            at = last_finite(self._axis.placed(values))
            if at is not None:
                ends += self._end(split, float(readings.epoch[at]), float(values[at]), words)
        if all_read is not None:
            of_training, of_validation = self._quantity.of_whole(all_read)
            if all_read.training_examples > samples.training:
                ends += self._end(TRAINING, all_read.epoch, of_training, _("all train {value}"), DIAMOND)
            if all_read.validation_examples > samples.validation:
                ends += self._end(VALIDATION, all_read.epoch, of_validation, _("all val {value}"), DIAMOND)
        return ends

    def _end(self, split: str, epoch: float, value: float, words: str, shape: str = CIRCLE) -> list[End]:
        place = self._axis.place(value)
        if not self._is_shown(split) or not math.isfinite(place):
            return []
        mark, ink = ("accent", "accent") if split == TRAINING else (self._theme.tokens.lanes[1], "warn")
        return [End(epoch, place, words.format(value=self._quantity.write(value)), mark, ink, shape)]

    def nearest(self, readings: Readings, x: float) -> list[Readout]:
        """Return the reading nearest to an epoch, on both curves."""
        at = nearest_index(readings.epoch, x)
        if at is None:
            return []
        epoch, write = float(readings.epoch[at]), self._quantity.write
        training, validation = (float(values[at]) for values in self._quantity.of_readings(readings))
        words = _("epoch {epoch} · train {training} · val {validation}")
        if not math.isfinite(validation):
            words = _("epoch {epoch} · train {training}")
        text = words.format(epoch=short(epoch), training=write(training), validation=write(validation))
        return [
            Readout(epoch, self._axis.place(training), text, "accent"),
            Readout(epoch, self._axis.place(validation), text, self._theme.tokens.lanes[1]),
        ]
