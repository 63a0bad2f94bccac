"""Training and validation loss by epoch, the gap between them, and the epoch at which it opened (slide H3)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.export.table import Table
from app.look import facts
from app.look.marks import LegendEntry
from app.look.numbers import number, short
from app.look.ticks import CoarseDecades, CoarseTop, Tick, linear_ticks, log_ticks
from app.plots.canvas.axes import Margins
from app.plots.canvas.curve import last_finite
from app.plots.canvas.ends import end_notes
from app.plots.canvas.reader import Readout
from app.plots.canvas.time_plot import TimePlot
from app.plots.run.opening import Opening
from app.plots.run.splits import LOSS, SplitCurves
from app.plots.run.tables import losses, named, readings_table
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.doctor import Gap
from simulator.training import Picture, RunFacts

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
        self.splits = SplitCurves(self.canvas, self.axis, theme, LOSS, self._is_shown)
        self._style()

    def set_opened(self, gap: Gap | None) -> None:
        """Mark the epoch at which the gap opened."""
        self.opening.gap = gap
        self.refresh()

    def legend(self) -> tuple[LegendEntry, ...]:
        return self.splits.legend(self._compact, self._facts is None or self._facts.validation.size > 0)

    def _style(self) -> None:
        self.splits.style()

    def _settle(self, live: bool) -> None:
        self.splits.settle(live)

    def _take_facts(self, _facts: RunFacts) -> None:
        self.legend_changed.emit()

    def _forget_values(self) -> None:
        self._y_top.forget()
        self._decades.forget()

    def _missing(self, picture: Picture) -> str:
        return self._empty if last_finite(picture.readings.training_loss) is None else ""

    def _draw(self, picture: Picture) -> None:
        readings = picture.readings
        self.splits.draw(readings)
        ends = self.splits.ends(picture)
        ink = self.canvas.ink
        room = max((ink.width(end.text, "curve_end") for end in ends), default=0.0) + ink.px(14)
        last = float(readings.epoch[-1])
        begins = self.axis.along(picture, float(picture.recent.step[0]) - 1) if picture.recent.step.size else last
        times = self.axis.time_range(max(0.0, min(begins, last - _LEAST_RECENT)), last, 4.0)
        bottom, top, ticks = self._vertical(np.concatenate([readings.training_loss, readings.validation_loss]))
        name = "" if self._compact else _("epoch")
        self.axis.lay(times, (bottom, top), ticks, name=name, room=room, margins=Margins(top=12))
        self._set_subtitle(_("by epoch") if self._tells_axis else _("of the data, without penalties"))
        self.reader.show_notes([*self.opening.notes(), *end_notes(self.canvas, ends), *self.time_notes(picture)])

    def _vertical(self, values: NDArray[np.float64]) -> tuple[float, float, tuple[Tick, ...]]:
        finite = values[np.isfinite(values)]
        if self.axis.logarithmic:
            low, high = self._decades.fit([*np.log10(finite[finite > 0])])
            return low, high, log_ticks(low, high)
        top = self._y_top.fit(float(finite.max()))
        return 0.0, top, linear_ticks(0.0, top, 4)

    def _nearest(self, x: float) -> list[Readout]:
        return [] if self._picture is None else self.splits.nearest(self._picture.readings, x)

    def _tabled(self) -> Table:
        return readings_table(named(self._picture, self._looks), losses())

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
