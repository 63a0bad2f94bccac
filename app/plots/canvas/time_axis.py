"""The two axes of a plot over time: which part of time is in view, and a linear or a logarithmic axis of values."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.look.dashes import curve_pen
from app.look.numbers import count
from app.look.options import Answer, Option
from app.look.ticks import CoarseTop, Tick, coarse_window, linear_ticks, log_ticks, spaced, whole_between, whole_ticks
from app.plots.canvas.axes import Axes, Margins, TickMaker, data_area
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.curve import Curve
from app.plots.canvas.ends import end_room
from app.plots.canvas.epochs import epochs_at, step_at
from app.plots.canvas.time_unit import EPOCH, STEP, unit_option, unit_ticks
from app.system.i18n import _
from simulator.training import Picture

SPAN: Final = "span"
RECENT: Final = "recent"
ALL: Final = "all"
FIXED: Final = "fixed"
SCALE: Final = "scale"
LINEAR: Final = "linear"
LOG: Final = "log"

_FLOOR: Final = 6
"""Pixels of the band on the axis for values that a logarithmic axis has no place for; half of it is in view."""
_LABEL_ROOM: Final = 1.6
"""A label and the air beside it, in widths of the label."""
_LINES_APART: Final = 1.7
"""Lines of height from one tick of the values to the next."""
_LEAST_LINES: Final = 1.6
"""Lines of height that the curves keep before the ticks of time give way."""
_LABEL_SHARE: Final = 0.75
"""About this share of a plot's width has ticks; the rest is for axis and values."""


class TimeAxis:
    """Steps or epochs across: the recent part, all, or a part that stays; values up.

    Parameters
    ----------
    scale
        `LINEAR` or `LOG`.
    by_epoch
        Whether time is in epochs instead of steps; may change with every picture.
    """

    def __init__(self, canvas: Canvas, scale: str = LINEAR, *, by_epoch: bool = False) -> None:
        self._canvas = canvas
        self.by_epoch = by_epoch
        self.picture: Picture | None = None
        """Whose time it is."""
        self._unit = ""
        self.span = ALL
        self._scale = scale
        self._top = CoarseTop()
        self._held_x: tuple[tuple[float, float], tuple[Tick, ...]] | None = None
        self._held_y: tuple[tuple[float, float], tuple[Tick, ...]] | None = None
        self._laid = False
        self.floor = Curve(canvas, connect="pairs")
        canvas.add(self.floor)

    # what the reader chooses -----------------------------------------------------------------------------------------

    @property
    def logarithmic(self) -> bool:
        """Whether values are on a logarithmic axis."""
        return self._scale == LOG

    @property
    def native(self) -> str:
        """What places on the axis count."""
        return EPOCH if self.by_epoch else STEP

    @property
    def unit(self) -> str:
        """What is written on the axis."""
        return self._unit or self.native

    @property
    def name(self) -> str:
        """The word for what is written on the axis."""
        return unit_option(self.unit, self.native).words

    def set_unit(self, unit: str) -> None:
        """Count time in steps, epochs or examples seen."""
        self._unit = unit

    def options(self) -> tuple[Option, ...]:
        """Return what may be chosen: what time is counted in, the part of it, and the scale."""
        spans = (
            Answer(ALL, _("all"), _("From the first step to the newest")),
            Answer(RECENT, _("recent"), _("The last steps, one by one")),
            Answer(FIXED, _("fixed"), _("The axes stay as they are")),
        )
        scales = (
            Answer(LINEAR, _("linear"), _("Equal steps mean equal differences")),
            Answer(LOG, _("log"), _("Equal steps mean equal factors")),
        )
        return (
            Option(SPAN, _("Time in view"), spans, self.span),
            unit_option(self.unit, self.native),
            Option(SCALE, _("Scale"), scales, self._scale, _("Logarithmic")),
        )

    def set_span(self, span: str) -> None:
        """Choose which part of time is in view; `FIXED` keeps both axes as they are now."""
        self.span = span
        canvas, fixed = self._canvas, span == FIXED and self._laid
        self._held_x = (canvas.x_range, canvas.axes.bottom) if fixed else None
        self._held_y = (canvas.y_range, canvas.axes.left) if fixed else None
        self.forget()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose a logarithmic or a linear axis for the values."""
        self._scale = LOG if logarithmic else LINEAR
        self._held_y = None

    def forget(self) -> None:
        """Give up the end of time that was kept for the sake of calm."""
        self._top.forget()

    # places ----------------------------------------------------------------------------------------------------------

    def times(self, picture: Picture, steps: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of steps of `picture`'s run on the time axis."""
        return epochs_at(picture, steps) if self.by_epoch else steps

    def along(self, picture: Picture, step: float) -> float:
        """Return the place of one step on the time axis."""
        return float(self.times(picture, np.array([step], dtype=np.float64))[0])

    def step_read(self, picture: Picture, time: float) -> int:
        """Return the step of `picture`'s run at a place of the time axis."""
        return step_at(picture, time) if self.by_epoch else round(time)

    def place(self, value: float) -> float:
        """Return the place of a value on its axis; NaN where it has none."""
        if not self.logarithmic:
            return value
        return math.log10(value) if value > 0 and math.isfinite(value) else math.nan

    def placed(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of values on their axis; NaN where they have none."""
        if not self.logarithmic:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(values > 0, np.log10(values), np.nan)

    # laying out ------------------------------------------------------------------------------------------------------

    def time_range(self, recent: float, last: float, least: float) -> tuple[float, float]:
        """Return the ends of the time axis; `recent` is where the recent part begins, `least` the shortest axis."""
        if self.span == RECENT and recent < last:
            return coarse_window(recent, last)
        return 0.0, self._top.fit(max(last, least))

    def lay(
        self,
        times: tuple[float, float],
        values: tuple[float, float],
        ticks: tuple[Tick, ...],
        *,
        name: str,
        room: float,
        margins: Margins | None = None,
        ruled: bool = True,
        up: TickMaker | None = None,
    ) -> None:
        """Show these ends of both axes, `room` pixels free at the right, or those that were fixed.

        `ruled` says whether lines go from the left to the right: the axis, and faint ones from the ticks. `up` makes
        ticks of values for a part that is zoomed to, where they are not plain numbers.
        """
        room = end_room(self._canvas, room)
        bottom = self._held_x[1] if self._held_x else self._ticks(times[1], times[0])
        if self._held_y:
            values, ticks = self._held_y
        usual = (log_ticks if self.logarithmic else linear_ticks) if ruled else None
        across = self._between if self.unit != self.native else linear_ticks if self.by_epoch else whole_between
        name = self.name if name or self.unit != self.native else ""
        end = times[1] if self._canvas.ink.is_large else None
        margins = margins or Margins()
        if data_area(Axes(bottom=bottom), margins, self._canvas.viewport().size(), self._canvas.ink).height() < (
            _LEAST_LINES * self._canvas.ink.height()
        ):
            bottom, name = (), ""
        if ruled:
            ticks = self._with_room(ticks, values, Axes(bottom=bottom, name=name), margins)
        rules = tuple(tick.at for tick in ticks if ruled and tick.at > values[0])
        axes = Axes(ticks, bottom, rules, name, bottom_line=ruled, end=end, up=up or usual, across=across)
        self._canvas.set_axes(axes, margins)
        # labels at the left take their room first
        x_range = self._held_x[0] if self._held_x else (times[0], self._view_top(times[1], room, times[0]))
        self._canvas.set_range(x_range, values)
        self._laid = True
        if self.span == FIXED:
            self._held_x, self._held_y = (x_range, bottom), (values, ticks)

    def show_floor(self, times: NDArray[np.float64], half: float) -> None:
        """Band the axis at `times`, `half` to either side: values there have no place on the axis."""
        canvas = self._canvas
        bottom = canvas.y_range[0]
        self.floor.setVisible(times.size > 0)
        self.floor.setPen(curve_pen(canvas.ink.colour("warn"), canvas.ink.px(_FLOOR)))
        self.floor.setData(np.stack([times - half, times + half], axis=1).ravel(), np.full(2 * times.size, bottom))

    def _view_top(self, top: float, room: float, low: float) -> float:
        """Return where an axis from `low` must end so that `room` pixels stay free right of `top`."""
        width = self._canvas.area.width()
        return low + (top - low) * width / max(width / 3, width - room)

    def _with_room(
        self, ticks: tuple[Tick, ...], values: tuple[float, float], under: Axes, margins: Margins
    ) -> tuple[Tick, ...]:
        """Return the ticks of values that have room over each other; of a low plot the first and the last."""
        canvas, ink = self._canvas, self._canvas.ink
        height = data_area(under, margins, canvas.viewport().size(), ink).height()
        kept = spaced(ticks, _LINES_APART * ink.height() / height * (values[1] - values[0]))
        return kept if len(kept) > 1 or len(ticks) < 2 else spaced((ticks[0], ticks[-1]), 0.0)

    def _ticks(self, top: float, low: float) -> tuple[Tick, ...]:
        """Return ticks from `low` to `top`, as many as there is room for."""
        label = self._canvas.ink.width(count(round(top))) * _LABEL_ROOM
        most = int(_LABEL_SHARE * self._canvas.viewport().width() / max(1.0, label))
        if self.unit != self.native:
            return self._between(low, top, max(2, min(5, most)))
        return whole_ticks(top, max(2, min(5, most)), low)

    def _between(self, low: float, high: float, most: int) -> tuple[Tick, ...]:
        """Return ticks in the unit that was chosen."""
        return () if self.picture is None else unit_ticks(self.picture, self.native, self.unit, low, high, most)
