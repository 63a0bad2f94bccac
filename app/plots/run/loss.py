"""The loss of every step, its trailing mean, and the loss of a network that only guesses; of one run or of lanes."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from app.export.table import Table
from app.look.dashes import curve_pen
from app.look.marks import DASHES, LINE, SWATCH, LegendEntry
from app.look.numbers import count, number, short
from app.look.ticks import CoarseDecades, CoarseTop, Tick, linear_ticks, log_ticks
from app.plots.canvas.curve import THICK, add_curve, thinned
from app.plots.canvas.lanes import Lane
from app.plots.canvas.reader import Readout
from app.plots.canvas.time_axis import RECENT
from app.plots.canvas.time_plot import TimePlot
from app.plots.run.loss_notes import LossNotes
from app.plots.run.loss_trace import Trace, values_from
from app.plots.run.tables import losses_table, named
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme
from simulator.training import MOST_LANES, LossCurve, Picture

RAW: Final = "raw"
SMOOTH: Final = "smooth"
GUESS: Final = "guess"
_HEADROOM: Final = 1.35
"""The axis reaches the highest raw loss unless that is so much above the rest; then it is written in words."""
_USUAL: Final = 0.98
"""Of the raw losses are in view at least."""
_OUTSHONE: Final = 20
"""A lane that needs an axis so many times higher than guessing, or than the lowest lane, does not get it."""
_BESIDE: Final = 0.02
"""Of the time in view: a lane that has no point so near is not read out."""


class LossPlot(TimePlot):
    """Raw losses pale, the smoothed curve over them, linear or logarithmic."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Loss"), _("The loss of every training step will be drawn here."))
        self._traces: tuple[Trace, ...] = ()
        self._cut = ""
        self._unsmoothed = False
        self._y_top = CoarseTop()
        self._decades = CoarseDecades(least=0.9, fine=True)
        self.raws = tuple(add_curve(self.canvas, depth=3) for _lane in range(MOST_LANES))
        self.smooths = tuple(add_curve(self.canvas, depth=1, segmented=lane == 0) for lane in range(MOST_LANES))
        self._style()

    def legend(self) -> tuple[LegendEntry, ...]:
        if self._overlaid or self._small:
            return ()
        raw, smooth, _guess = self.series()
        return (replace(smooth, text=raw.text),) if self._unsmoothed else (raw, smooth)

    def series(self) -> tuple[LegendEntry, ...]:
        return (
            LegendEntry(RAW, _("each step"), SWATCH, self._theme.tokens.lanes_pale[0]),
            LegendEntry(SMOOTH, _("smoothed"), LINE, "accent"),
            LegendEntry(GUESS, _("guessing"), DASHES, "muted"),
        )

    def _style(self) -> None:
        tokens = self._theme.tokens
        for lane, (raw, smooth) in enumerate(zip(self.raws, self.smooths, strict=True)):
            raw.setPen(curve_pen(tokens.lanes_pale[lane], 2 if self.canvas.ink.is_large else 1))
            smooth.setPen(curve_pen(tokens.lanes[lane], self.canvas.ink.stroke(THICK), lane))

    def _settle(self, live: bool) -> None:
        # antialiased segments would overlap visibly, so the fine curve is one polyline
        for curve in self.smooths:
            curve.opts["antialias"] = not live
        self.smooths[0].setSegmentedLineMode("on" if live else "off")

    def _forget_values(self) -> None:
        self._y_top.forget()
        self._decades.forget()

    def _lay_empty(self) -> bool:
        guess = self._facts.guessing_loss if self._facts is not None else 1.0
        top = self._y_top.fit(1.08 * guess) if math.isfinite(guess) else 1.0
        name = "" if self._compact else _("step")
        self.axis.lay((0.0, 10.0), (0.0, top), linear_ticks(0.0, top, self._most_ticks()), name=name, room=0)
        return True

    def _missing(self, picture: Picture) -> str:
        if all(each.losses.step.size == 0 for each in (picture, *picture.beside)):
            return _("No step yet. The loss of every step will be drawn here.")
        return ""

    def _draw(self, picture: Picture) -> None:
        self.axis.by_epoch = False
        recent = self.axis.span == RECENT and picture.recent.step.size > 0
        losses = picture.recent if recent else picture.losses
        self._draw_traces(picture, (Trace(None, picture, losses, losses.step, losses.smooth_step),), ())
        end = self._traces[0].end() if self._traces and self._small else None
        value = "" if end is None or not self._is_shown(SMOOTH) else number(end[1])
        self._set_subtitle(self._cut or (_("by step") if self._tells_axis else ""), value, "accent")

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        # with other batch sizes, steps are no common measure of time
        self.axis.by_epoch = len({lane.picture.steps_per_epoch for lane in lanes}) > 1
        traces = []
        for lane in lanes:
            losses = self._lane_losses(lane.picture)
            times = [self.axis.times(lane.picture, steps) for steps in (losses.step, losses.smooth_step)]
            traces.append(Trace(lane.look, lane.picture, losses, *times))
        self._draw_traces(picture, tuple(traces), lanes)
        if self._tells_axis:
            self._set_subtitle(_("of the data, by epoch") if self.axis.by_epoch else _("of the data, by step"))
        else:
            self._set_subtitle(_("of the data, without penalties"))

    def _lane_losses(self, picture: Picture) -> LossCurve:
        """Return a lane's data losses; in the recent part one a step, unless there a penalty was added to them."""
        recent = picture.recent
        if self.axis.span != RECENT or not recent.step.size or picture.frame.penalty:
            return picture.data_losses
        edited = any(mark.kind == "edit" and mark.step >= recent.step[0] for mark in picture.marks)
        return picture.data_losses if edited else recent

    def _draw_traces(self, picture: Picture, traces: tuple[Trace, ...], lanes: Sequence[Lane]) -> None:
        self._traces = traces = tuple(trace for trace in traces if trace.at.size)
        unsmoothed = all(trace.is_unsmoothed for trace in traces)
        if unsmoothed != self._unsmoothed:
            self._unsmoothed = unsmoothed
            self.legend_changed.emit()
        last = max((float(trace.at[-1]) for trace in traces), default=0.0)
        recent = picture.recent.step
        begins = self.axis.along(picture, float(recent[0]) - 1) if recent.size else last
        times = self.axis.time_range(begins, last, 1.0 if self.axis.by_epoch else 10.0)
        bottom, top, ticks = self._vertical(times[0])
        guess = None if self._small else self._guess()
        notes = LossNotes(self.canvas, traces, guess, self.axis.place, self._theme.tokens, small=self._small)
        name = "" if self._compact else _("epoch") if self.axis.by_epoch else _("step")
        self.axis.lay(times, (bottom, top), ticks, name=name, room=notes.room())
        self._draw_items()
        words = notes.notes(self._is_shown(RAW), self._is_shown(SMOOTH), self.axis.logarithmic)
        self._cut = notes.cut
        self.reader.show_notes([*words, *self.time_notes(picture, lanes)])

    def _draw_items(self) -> None:
        drawn = {trace.lane: trace for trace in self._traces}
        for lane, (raw, smooth) in enumerate(zip(self.raws, self.smooths, strict=True)):
            trace = drawn.get(lane)
            raw.setVisible(trace is not None and self._is_shown(RAW))
            smooth.setVisible(trace is not None and self._is_shown(SMOOTH))
            if trace is None:
                continue
            losses = trace.losses
            wide = self.canvas.pixel_x(float(trace.at[-1])) - self.canvas.pixel_x(float(trace.at[0]))
            at, low, high = trace.envelope(wide)
            raw.setData(np.repeat(at, 2), self.axis.placed(np.stack([low, high], axis=1).ravel()))
            kept = slice(None) if lane == 0 else thinned(losses.smooth.size)
            smooth.setData(trace.smooth_at[kept], self.axis.placed(losses.smooth)[kept])
        nowhere = [trace for trace in self._traces if self.axis.logarithmic and trace.without_place().size]
        times = np.concatenate([np.zeros(0), *(trace.without_place() for trace in nowhere)])
        self.axis.show_floor(times, max((trace.half_bucket for trace in nowhere), default=0.0))

    def _guess(self) -> tuple[float, str] | None:
        """Return the loss of guessing and its formula in words."""
        if self._facts is None or not self._is_shown(GUESS):
            return None
        words = _("guessing · {formula}").format(formula=translate_message(self._facts.guessing_formula))
        return self._facts.guessing_loss, words

    def _vertical(self, start: float) -> tuple[float, float, tuple[Tick, ...]]:
        """Return both ends of the loss axis as drawn, and its ticks, for what is in view from time `start` on."""
        # of the recent losses a look from near by is wanted, and guessing may be far off
        near = self.axis.span == RECENT
        guess = math.nan if near or self._facts is None else self._facts.guessing_loss
        if self.axis.logarithmic:
            low, high, smooth = (values_from(self._traces, name, start) for name in ("low", "high", "smooth"))
            positive = low[low > 0]
            least = float(positive.min()) if positive.size else 0.0
            held = [least, float(high.max(initial=0.0)), float(smooth.max(initial=0.0)), guess]
            bottom, top = self._decades.fit([math.log10(value) for value in held if value > 0])
            return bottom, top, log_ticks(bottom, top, self._most_ticks() + 1)
        tops = [_wanted_top(trace, start) for trace in self._traces]
        guessed = 1.08 * guess if math.isfinite(guess) else 0.0
        # a lane that explodes would press all others flat; how far up it goes is written
        usual = self._facts.guessing_loss if self._facts is not None else 0.0
        most = _OUTSHONE * max(usual, min((each for each, _peak in tops if each > 0), default=0.0))
        kept = [each for each in tops if each[0] <= most] or tops
        wanted = max([guessed, *(each for each, _peak in kept)])
        peak = max((each for _wanted, each in kept), default=0.0)
        top = self._y_top.fit(peak if wanted < peak <= _HEADROOM * wanted else wanted)
        return 0.0, top, linear_ticks(0.0, top, self._most_ticks())

    def _most_ticks(self) -> int:
        return 3 if self._small else 4

    def _nearest(self, x: float) -> list[Readout]:
        found = [(trace, point) for trace in self._traces if (point := trace.nearest(x)) is not None]
        found = [(trace, point) for trace, point in found if math.isfinite(self.axis.place(point[1]))]
        if not found:
            return []
        anchor = min((point[0] for _trace, point in found), key=lambda time: abs(time - x))
        low, high = self.canvas.x_range
        near = [(trace, point) for trace, point in found if abs(point[0] - anchor) <= _BESIDE * (high - low)]
        text = self._reading_words(anchor, near)
        near.sort(key=lambda each: abs(each[1][0] - anchor))
        return [
            Readout(time, self.axis.place(value), text, trace.colour(self._theme.tokens), trace.mark)
            for trace, (time, value) in near
        ]

    def _reading_words(self, time: float, found: list[tuple[Trace, tuple[float, float]]]) -> str:
        if self.axis.by_epoch:
            when = _("epoch {epoch}").format(epoch=short(float(f"{time:.3g}")))
        else:
            when = _("step {step}").format(step=count(round(time)))
        if not self._overlaid:
            return _("{when} · loss {loss}").format(when=when, loss=number(found[0][1][1]))
        values = [f"{trace.look.letter} {number(point[1])}" for trace, point in found if trace.look is not None]
        return " · ".join([when, *values])

    def loss_runs(self) -> tuple[int, ...]:
        return tuple(picture.run_id for _letter, picture in named(self._picture, self._looks))

    def _tabled(self) -> Table:
        return losses_table(named(self._picture, self._looks), self.losses, penalised=not self._overlaid)

    def _describe(self, picture: Picture) -> str:
        losses = picture.losses
        end = Trace(None, picture, losses, losses.step, losses.smooth_step).end()
        sentences = []
        if end is not None:
            step = round(losses.step[-1])
            words = ngettext(
                "After {step} step the smoothed loss is {loss}.",
                "After {step} steps the smoothed loss is {loss}.",
                step,
            )
            sentences.append(words.format(step=count(step), loss=number(end[1])))
        if self._facts is not None:
            sentences.append(
                _("Guessing gives {loss} = {formula}.").format(
                    loss=number(self._facts.guessing_loss),
                    formula=translate_message(self._facts.guessing_formula),
                )
            )
        if losses.first_bad_step is not None:
            sentences.append(_("From step {step} on the loss is not finite.").format(step=count(losses.first_bad_step)))
        return " ".join(sentences)

    def _describe_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> str:
        sentences = []
        for lane in lanes:
            losses = lane.picture.data_losses
            end = Trace(lane.look, lane.picture, losses, losses.step, losses.smooth_step).end()
            if end is not None:
                step = round(losses.step[-1])
                words = ngettext(
                    "{lane}: after {step} step the smoothed data loss is {loss}.",
                    "{lane}: after {step} steps the smoothed data loss is {loss}.",
                    step,
                )
                sentences.append(words.format(lane=lane.look.words, step=count(step), loss=number(end[1])))
            if losses.first_bad_step is not None:
                sentences.append(
                    _("{lane}: from step {step} on the loss is not finite.").format(
                        lane=lane.look.words, step=count(losses.first_bad_step)
                    )
                )
        return " ".join(sentences)


def _wanted_top(trace: Trace, start: float) -> tuple[float, float]:
    """Return how high an axis must reach for nearly all of the losses from time `start` on, and for all."""
    high, smooth = values_from([trace], "high", start), values_from([trace], "smooth", start)
    usual = 0.0
    if high.size:
        rank = int(_USUAL * (high.size - 1))
        # np.percentile takes thirty times as long
        usual = float(np.partition(high, rank)[rank])
    return max(1.05 * float(smooth.max(initial=0.0)), usual), float(high.max(initial=0.0))
