"""Training and validation loss by epoch, the gap between them, and the epoch at which it opened (slide H3)."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from app.look import facts
from app.look.dashes import DASHED, curve_pen
from app.look.marks import DASHES, DIAMOND, LINE, LegendEntry
from app.look.numbers import number, short
from app.look.ticks import CoarseDecades, CoarseTop, Tick, linear_ticks, log_ticks
from app.plots.canvas.axes import Margins
from app.plots.canvas.curve import THICK, add_curve, last_finite, nearest_index, thinned
from app.plots.canvas.ends import End, end_notes
from app.plots.canvas.gap_item import GapItem, mixed
from app.plots.canvas.reader import Readout
from app.plots.canvas.time_plot import TimePlot
from app.plots.run.opening import Opening
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.doctor import Gap
from simulator.training import Picture, RunFacts

_SHADE: Final = 0.43
"""Opacity of the pale colour between the curves."""
_LEAST_RECENT: Final = 10
"""Epochs that the recent part shows at least."""


class GapLossPlot(TimePlot):
    """Both losses in evaluation mode, without penalties: the gap is seen here first."""

    def __init__(self, theme: Theme) -> None:
        empty = _("The loss on training and validation examples will be drawn here, once an epoch.")
        super().__init__(theme, _("Gap in loss"), empty, by_epoch=True)
        self.short_title = _("Loss gap")
        self.opening = Opening(self.canvas, at_top=True)
        self._y_top = CoarseTop()
        self._decades = CoarseDecades(least=0.9, fine=True)
        self.gap = GapItem()
        self.canvas.add(self.gap, depth=3)
        self.training = add_curve(self.canvas, depth=2)
        self.validation = add_curve(self.canvas, depth=1, segmented=False)
        self._style()

    def set_opened(self, gap: Gap | None) -> None:
        """Mark the epoch at which the gap opened."""
        self.opening.gap = gap
        self.refresh()

    def legend(self) -> tuple[LegendEntry, ...]:
        training = LegendEntry("training", _("train") if self._compact else _("training"), LINE, "accent")
        if self._facts is not None and not self._facts.validation.size:
            return (training,)
        words = _("val") if self._compact else _("validation")
        return training, LegendEntry("validation", words, DASHES, self._theme.tokens.lanes[1])

    def _style(self) -> None:
        tokens = self._theme.tokens
        self.gap.set_colour(mixed(QColor(tokens.lanes_pale[1]), QColor(tokens.card), _SHADE))
        self.training.setPen(curve_pen(tokens.accent, self.canvas.ink.stroke(THICK)))
        self.validation.setPen(curve_pen(tokens.lanes[1], self.canvas.ink.stroke(THICK), DASHED))

    def _settle(self, live: bool) -> None:
        for curve in (self.training, self.validation):
            curve.opts["antialias"] = not live
        self.training.setSegmentedLineMode("on" if live else "off")

    def _take_facts(self, _facts: RunFacts) -> None:
        self.legend_changed.emit()

    def _forget_values(self) -> None:
        self._y_top.forget()
        self._decades.forget()

    def _missing(self, picture: Picture) -> str:
        return self._empty if last_finite(picture.readings.training_loss) is None else ""

    def _draw(self, picture: Picture) -> None:
        readings, kept = picture.readings, thinned(picture.readings.epoch.size)
        training, validation = self.axis.placed(readings.training_loss), self.axis.placed(readings.validation_loss)
        self.gap.setVisible(self._is_shown("training") and self._is_shown("validation"))
        self.gap.set_data(readings.epoch[kept], training[kept], validation[kept])
        self.training.setVisible(self._is_shown("training"))
        self.training.setData(readings.epoch, training)
        self.validation.setVisible(self._is_shown("validation"))
        self.validation.setData(readings.epoch[kept], validation[kept])
        ends = self._ends(picture)
        ink = self.canvas.ink
        room = max((ink.width(end.text, "curve_end") for end in ends), default=0.0) + ink.px(14)
        last = float(readings.epoch[-1])
        begins = self.axis.along(picture, float(picture.recent.step[0]) - 1) if picture.recent.step.size else last
        times = self.axis.time_range(max(0.0, min(begins, last - _LEAST_RECENT)), last, 4.0)
        bottom, top, ticks = self._vertical(np.concatenate([readings.training_loss, readings.validation_loss]))
        name = "" if self._compact else _("epoch")
        self.axis.lay(times, (bottom, top), ticks, name=name, room=room, margins=Margins(top=12))
        self._set_subtitle(_("by epoch") if self._compact else _("of the data, without penalties"))
        self.reader.show_notes([*self.opening.notes(), *end_notes(self.canvas, ends), *self.time_notes(picture)])

    def _vertical(self, values: NDArray[np.float64]) -> tuple[float, float, tuple[Tick, ...]]:
        finite = values[np.isfinite(values)]
        if self.axis.logarithmic:
            low, high = self._decades.fit([*np.log10(finite[finite > 0])])
            return low, high, log_ticks(low, high)
        top = self._y_top.fit(float(finite.max()))
        return 0.0, top, linear_ticks(0.0, top, 4)

    def _ends(self, picture: Picture) -> list[End]:
        readings, ends = picture.readings, []
        for key, values, words, mark, ink in (
            ("training", readings.training_loss, _("train {loss}"), "accent", "accent"),
            ("validation", readings.validation_loss, _("val {loss}"), self._theme.tokens.lanes[1], "warn"),
        ):
            at = last_finite(self.axis.placed(values))
            if at is not None and self._is_shown(key):
                value = float(values[at])
                text = words.format(loss=number(value))
                ends.append(End(float(readings.epoch[at]), self.axis.place(value), text, mark, ink))
        return [*ends, *self._whole_ends(picture)]

    def _whole_ends(self, picture: Picture) -> list[End]:
        """Return marks of their own for the whole sets, where those are more than what the curves were read on."""
        whole, samples, tokens = picture.whole, picture.samples, self._theme.tokens
        if whole is None:
            return []
        ends = []
        if whole.training_examples > samples.training and self._is_shown("training"):
            text = _("all train {loss}").format(loss=number(whole.training_loss))
            ends.append(End(whole.epoch, self.axis.place(whole.training_loss), text, "accent", "accent", DIAMOND))
        if whole.validation_examples > samples.validation and self._is_shown("validation"):
            text = _("all val {loss}").format(loss=number(whole.validation_loss))
            ends.append(
                End(whole.epoch, self.axis.place(whole.validation_loss), text, tokens.lanes[1], "warn", DIAMOND)
            )
        return [end for end in ends if math.isfinite(end.y)]

    def _nearest(self, x: float) -> list[Readout]:
        readings = None if self._picture is None else self._picture.readings
        at = None if readings is None else nearest_index(readings.epoch, x)
        if readings is None or at is None:
            return []
        epoch = float(readings.epoch[at])
        training, validation = float(readings.training_loss[at]), float(readings.validation_loss[at])
        words = _("epoch {epoch} · train {training}") if math.isnan(validation) else ""
        words = words or _("epoch {epoch} · train {training} · val {validation}")
        text = words.format(epoch=short(epoch), training=number(training), validation=number(validation))
        return [
            Readout(epoch, self.axis.place(training), text, "accent"),
            Readout(epoch, self.axis.place(validation), text, self._theme.tokens.lanes[1]),
        ]

    def _describe(self, picture: Picture) -> str:
        readings = picture.readings
        samples = picture.samples
        return _(
            "After {epoch} epochs the loss is {training} on training and {validation} on validation examples, read on "
            "{sample}."
        ).format(
            epoch=short(float(readings.epoch[-1])),
            training=number(float(readings.training_loss[-1])),
            validation=number(float(readings.validation_loss[-1])),
            sample=facts.sample_words(samples.training, samples.validation),
        )
