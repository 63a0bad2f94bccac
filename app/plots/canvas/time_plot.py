"""What all plots over time share: which part of time is in view, a logarithmic axis, events, the step on display."""

import math
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from app.look.dashes import curve_pen
from app.look.marks import CIRCLE, DIAMOND, TRIANGLE
from app.look.numbers import count
from app.look.options import Answer, Option
from app.look.ticks import Tick, coarse_window
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.curve import Curve
from app.plots.canvas.curve_plot import CurvePlot
from app.plots.canvas.lanes import Lane
from app.plots.canvas.notes import AnyNote, MarkNote, RuleNote
from app.system.i18n import _, translate_message
from app.theme import Theme
from simulator.training import Mark, Picture

SPAN: Final = "span"
RECENT: Final = "recent"
ALL: Final = "all"
FIXED: Final = "fixed"
SCALE: Final = "scale"
LINEAR: Final = "linear"
LOG: Final = "log"

_EVENT: Final = 8
_NEAR: Final = 9
"""Pixels from an event's mark within which the mouse asks for its words."""
_MOST_EVENTS: Final = 40
"""Marks drawn of one run: of more, the newest."""
_KNOB: Final = 7
_FLOOR: Final = 6
"""Pixels of the band on the axis for values that a logarithmic axis has no place for; half of it is in view."""
_EVENT_LOOKS: Final = {"fork": (DIAMOND, "muted"), "edit": (TRIANGLE, "muted"), "diverged": ("cross", "warn")}


class TimePlot(CurvePlot):
    """Curves over steps or epochs: the recent part, all, or a part that stays; linear or logarithmic.

    What a subclass must give besides: `times`, `step_read`. It lays its axes by `time_range` and `lay`.
    """

    usual_scale: ClassVar[str] = LINEAR

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self._span = ALL
        self._scale = self.usual_scale
        self._held_x: tuple[tuple[float, float], tuple[Tick, ...]] | None = None
        self._held_y: tuple[tuple[float, float], tuple[Tick, ...]] | None = None
        self._laid = False
        self._pointed: int | None = None
        self._marked: int | None = None
        self._events: list[tuple[float, Mark]] = []
        self.floor = Curve(self.canvas, connect="pairs")
        self.canvas.add(self.floor)
        self.canvas.tooltip_at = self._event_at

    # what the reader chooses -----------------------------------------------------------------------------------------

    @property
    def span(self) -> str:
        """Which part of time is in view: `RECENT`, `ALL` or `FIXED`."""
        return self._span

    @property
    def logarithmic(self) -> bool:
        """Whether values are on a logarithmic axis."""
        return self._scale == LOG

    def options(self) -> tuple[Option, ...]:
        spans = (
            Answer(ALL, _("all"), _("From the first step to the newest")),
            Answer(RECENT, _("recent"), _("The last steps, one by one")),
            Answer(FIXED, _("fixed"), _("The axes stay as they are")),
        )
        scales = (
            Answer(LINEAR, _("linear"), _("Equal steps mean equal differences")),
            Answer(LOG, _("log"), _("Equal steps mean equal factors")),
        )
        return Option(SPAN, _("Time in view"), spans, self._span), Option(SCALE, _("Scale"), scales, self._scale)

    def set_option(self, key: str, value: str) -> None:
        if key == SPAN:
            self.set_span(value)
        elif key == SCALE:
            self.set_logarithmic(value == LOG)

    def set_span(self, span: str) -> None:
        """Choose which part of time is in view; `FIXED` keeps both axes as they are now."""
        if span == self._span:
            return
        self._span = span
        canvas, fixed = self.canvas, span == FIXED and self._laid
        self._held_x = (canvas.x_range, canvas.axes.bottom) if fixed else None
        self._held_y = (canvas.y_range, canvas.axes.left) if fixed else None
        self._x_top.forget()
        self._forget_values()
        self.options_changed.emit()
        self.refresh()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose a logarithmic or a linear axis for the values."""
        if logarithmic != self.logarithmic:
            self._scale = LOG if logarithmic else LINEAR
            self._held_y = None
            self.options_changed.emit()
            self.refresh()

    def mark_step(self, step: int | None) -> None:
        if step != self._marked:
            self._marked = step
            self._write()

    # for subclasses --------------------------------------------------------------------------------------------------

    def times(self, picture: Picture, steps: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of steps of `picture`'s run on the time axis."""
        raise NotImplementedError

    def along(self, picture: Picture, step: float) -> float:
        """Return the place of one step on the time axis."""
        return float(self.times(picture, np.array([step], dtype=np.float64))[0])

    def step_read(self, picture: Picture, time: float) -> int:
        """Return the step of `picture`'s run at a place of the time axis."""
        raise NotImplementedError

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

    def time_range(self, recent: float, last: float, least: float) -> tuple[float, float]:
        """Return the ends of the time axis; `recent` is where the recent part begins, `least` the shortest axis."""
        if self._span == RECENT and recent < last:
            return coarse_window(recent, last)
        return 0.0, self._x_top.fit(max(last, least))

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
    ) -> None:
        """Show these ends of both axes, `room` pixels free at the right, or those that were fixed.

        `ruled` says whether lines go from the left to the right: the axis, and faint ones from the ticks.
        """
        bottom = self._held_x[1] if self._held_x else self.time_ticks(times[1], times[0])
        if self._held_y:
            values, ticks = self._held_y
        rules = tuple(tick.at for tick in ticks if ruled and tick.at > values[0])
        self.canvas.set_axes(Axes(ticks, bottom, rules, name, bottom_line=ruled), margins or Margins())
        # labels at the left take their room first
        x_range = self._held_x[0] if self._held_x else (times[0], self.view_top(times[1], room, times[0]))
        self.canvas.set_range(x_range, values)
        self._laid = True
        if self._span == FIXED:
            self._held_x, self._held_y = (x_range, bottom), (values, ticks)

    def show_floor(self, times: NDArray[np.float64], half: float) -> None:
        """Band the axis at `times`, `half` to either side: values there have no place on the axis."""
        bottom = self.canvas.y_range[0]
        self.floor.setVisible(times.size > 0)
        self.floor.setPen(curve_pen(self._theme.tokens.warn, self._theme.px(_FLOOR)))
        self.floor.setData(np.stack([times - half, times + half], axis=1).ravel(), np.full(2 * times.size, bottom))

    def time_notes(self, picture: Picture, lanes: Sequence[Lane] = ()) -> list[AnyNote]:
        """Return the step on display, where it is a past one, and what happened to the runs."""
        area = self.canvas.area
        notes: list[AnyNote] = []
        if picture.at is not None:
            column = self.canvas.pixel_x(self.along(picture, picture.frame.step))
            if area.left() - 1 <= column <= area.right():
                notes.append(RuleNote(column, area.top(), column, area.bottom(), "text"))
                notes.append(MarkNote(CIRCLE, column, area.top(), "text", _KNOB))
        self._events = []
        runs = [(lane.picture, lane.look.colour(self._theme.tokens)) for lane in lanes] or [(picture, "")]
        for run, colour in runs:
            notes += self._event_notes(run, colour)
        return notes

    def _forget(self) -> None:
        super()._forget()
        self._forget_values()
        self._marked = None

    def _forget_values(self) -> None:
        """Give up the ends of the value axis that were kept for the sake of calm."""

    def _read(self, x: float | None) -> None:
        super()._read(x)
        readouts = self._readouts()
        picture = self._picture
        step = self.step_read(picture, readouts[0].x) if readouts and picture is not None else None
        if step != self._pointed:
            self._pointed = step
            self.step_pointed.emit(step)

    def _hover_notes(self) -> list[AnyNote]:
        notes = super()._hover_notes()
        if notes or self._marked is None or self._picture is None or self._words_instead():
            return notes
        area, canvas = self.canvas.area, self.canvas
        column = canvas.pixel_x(self.along(self._picture, self._marked))
        if not area.left() <= column <= area.right():
            return []
        found = self._nearest(canvas.to_data(QPointF(column, 0)).x())
        marks: Iterator[AnyNote] = (
            MarkNote(each.shape, canvas.pixel_x(each.x), canvas.pixel_y(each.y), each.mark)
            for each in found
            if math.isfinite(each.y)
        )
        return [RuleNote(column, area.top(), column, area.bottom()), *marks]

    def _event_notes(self, picture: Picture, colour: str) -> Iterator[AnyNote]:
        area = self.canvas.area
        for mark in picture.marks[-_MOST_EVENTS:]:
            column = self.canvas.pixel_x(self.along(picture, mark.step))
            if area.left() - 1 <= column <= area.right():
                shape, usual = _EVENT_LOOKS[mark.kind]
                self._events.append((column, mark))
                yield MarkNote(shape, column, area.bottom(), colour or usual, _EVENT)

    def _event_at(self, place: QPointF) -> str:
        """Return the words of the event under the mouse."""
        row, column = self.canvas.pixel_y(place.y()), self.canvas.pixel_x(place.x())
        if row < self.canvas.area.bottom() - 2 * _NEAR:
            return ""
        near = [mark for at, mark in self._events if abs(at - column) <= _NEAR]
        words = _("Step {step}: {words}")
        return "\n".join(words.format(step=count(mark.step), words=translate_message(mark.message)) for mark in near)
