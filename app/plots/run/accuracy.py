"""Training and validation accuracy by epoch and the gap between them; with lanes, how well each one validates."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.export.table import Table
from app.look import facts
from app.look.dashes import curve_pen
from app.look.marks import LINE, LegendEntry
from app.look.numbers import count, percent, short
from app.look.ticks import log_percent_ticks, percent_ticks
from app.plots.canvas.canvas import Margins
from app.plots.canvas.curve import THICK, add_curve, last_finite, nearest_index, thinned
from app.plots.canvas.ends import End, end_notes, end_width, floor_note
from app.plots.canvas.lanes import Lane, end_words
from app.plots.canvas.notes import AnyNote
from app.plots.canvas.reader import Readout
from app.plots.canvas.time_axis import RECENT
from app.plots.canvas.time_plot import TimePlot
from app.plots.run.opening import Opening
from app.plots.run.share_axis import ShareAxis
from app.plots.run.splits import ACCURACY, TRAINING, VALIDATION, SplitCurves
from app.plots.run.tables import accuracies, named, readings_table
from app.system.i18n import _, ngettext
from app.theme import Theme
from simulator.analysis.doctor import Gap
from simulator.training import MOST_LANES, Picture, Readings, RunFacts

_THIN: Final = 1
_LEAST_RECENT: Final = 10
"""Epochs that the recent part shows at least: one epoch of losses has two readings."""
_END_SHARE: Final = 0.36
"""Of the width, for the words at the ends of curves."""


class AccuracyPlot(TimePlot):
    """Curves of shares from 0 to 1; the lower end moves in fifths."""

    def __init__(self, theme: Theme, title: str = "", short_title: str = "") -> None:
        empty = _("The share of right answers will be drawn here, once an epoch.")
        super().__init__(theme, title or _("Accuracy"), empty, by_epoch=True)
        self.short_title = short_title or self.title
        self.opening = Opening(self.canvas, at_top=False)
        self.shares = ShareAxis(self.canvas)
        self._lanes: tuple[Lane, ...] = ()
        self.splits = SplitCurves(self.canvas, self.axis, theme, ACCURACY, self._is_shown)
        # the dashed curve has few points; all of them lie under it, pale
        self.readings = add_curve(self.canvas, depth=3)
        self.lane_readings = tuple(add_curve(self.canvas, depth=3) for _lane in range(MOST_LANES))
        self.lane_curves = tuple(add_curve(self.canvas, depth=1, segmented=lane == 0) for lane in range(MOST_LANES))
        self._set_overlaid(False)
        self._style()

    def set_opened(self, gap: Gap | None) -> None:
        """Mark the epoch at which the gap opened."""
        self.opening.gap = gap
        self.refresh()

    def legend(self) -> tuple[LegendEntry, ...]:
        return () if self._small else self.series()

    def series(self) -> tuple[LegendEntry, ...]:
        validates = self._facts is None or self._facts.validation.size > 0
        if self._overlaid:
            return (LegendEntry(TRAINING, _("training"), LINE, "muted"),) if validates else ()
        return self.splits.legend(self._compact, validates)

    def _style(self) -> None:
        tokens = self._theme.tokens
        self.splits.style()
        self.readings.setPen(curve_pen(tokens.lanes_pale[1], _THIN))
        for lane, (thin, curve) in enumerate(zip(self.lane_readings, self.lane_curves, strict=True)):
            thin.setPen(curve_pen(tokens.lanes_pale[lane], _THIN))
            curve.setPen(curve_pen(tokens.lanes[lane], self.canvas.ink.stroke(THICK), lane))

    def _settle(self, live: bool) -> None:
        self.splits.settle(live)
        for curve in self.lane_curves:
            curve.opts["antialias"] = not live
        self.lane_curves[0].setSegmentedLineMode("on" if live else "off")

    def _set_overlaid(self, overlaid: bool) -> None:
        self.splits.set_visible(not overlaid)
        self.readings.setVisible(not overlaid)
        for item in (*self.lane_readings, *self.lane_curves):
            item.setVisible(False)

    def _take_facts(self, _facts: RunFacts) -> None:
        self.legend_changed.emit()

    def _forget_values(self) -> None:
        self.shares.forget()

    def _missing(self, picture: Picture) -> str:
        return self._empty if last_finite(picture.readings.training_accuracy) is None else ""

    # one run ---------------------------------------------------------------------------------------------------------

    def _draw(self, picture: Picture) -> None:
        readings = picture.readings
        self.splits.draw(readings)
        self.readings.setVisible(self._is_shown(VALIDATION) and thinned(readings.epoch.size).size < readings.epoch.size)
        self.readings.setData(readings.epoch, self.axis.placed(readings.validation_accuracy))
        ends = self.splits.ends(picture, whole=not self._small)
        words = [] if self._small else [self.splits.widest("99.9 %"), *(end.text for end in ends)]
        self._lay(picture, [readings], words)
        self._say_gap(picture)
        shown = (readings.training_accuracy, readings.validation_accuracy)
        odd = self._without_place([(readings.epoch, values) for values in shown])
        written = self._written(ends, [readings])
        self.reader.show_notes([*written, *odd, *self.opening.notes(), *self.time_notes(picture)])

    def _written(self, ends: Sequence[End], readings: Sequence[Readings]) -> list[AnyNote]:
        """Return what stands at the ends of curves and among them."""
        if not self._small:
            return end_notes(self.canvas, ends)
        curves = [
            (each.epoch, self.axis.placed(values))
            for each in readings
            for values in (each.training_accuracy, each.validation_accuracy)
        ]
        return self.shares.small_notes(ends, curves)

    def _lay_empty(self) -> bool:
        nothing = np.zeros(0)
        bottom, top, ticks = self.shares.fit(nothing, nothing if self._small else None, logarithmic=False)
        self.axis.lay((0.0, 4.0), (bottom, top), ticks, name="" if self._compact else _("epoch"), room=0)
        return True

    def _lay(self, picture: Picture, readings: Sequence[Readings], words: Sequence[str]) -> None:
        """Fit the axes to all readings in view; `words` stand right of the curves."""
        last = max(float(each.epoch[-1]) for each in readings)
        begins = self.axis.along(picture, float(picture.recent.step[0]) - 1) if picture.recent.step.size else last
        times = self.axis.time_range(max(0.0, min(begins, last - _LEAST_RECENT)), last, 4.0)
        start = times[0] if self.axis.span == RECENT else 0.0
        late = _from(readings, max(start, last / 4)) if self._small else None
        bottom, top, ticks = self.shares.fit(_from(readings, start), late, logarithmic=self.axis.logarithmic)
        room = max((end_width(self.canvas.ink, text) for text in words), default=0.0) + self.canvas.ink.px(14)
        name = "" if self._compact else _("epoch")
        up = log_percent_ticks if self.axis.logarithmic else percent_ticks
        self.axis.lay(
            times, (bottom, top), ticks, name=name, room=room, margins=Margins(top=8 if self._small else 12), up=up
        )

    def _without_place(self, curves: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> list[AnyNote]:
        """Band the axis and say how many readings are no number, or 0 on a logarithmic axis."""
        odd = []
        for epoch, values in curves:
            finite = np.isfinite(values)
            if finite.any():
                odd.append(epoch[~finite | (self.axis.logarithmic & (values <= 0))])
        times = np.concatenate([np.zeros(0), *odd])
        self.axis.show_floor(times, 0.3)
        if not times.size:
            return []
        words = ngettext(
            "{number} reading has no place on this axis", "{number} readings have no place on this axis", times.size
        ).format(number=count(times.size))
        return [floor_note(self.canvas, words, float(times.min()))]

    def _say_gap(self, picture: Picture) -> None:
        """Say the gap alone at the end of a small title line, or with all that belongs to it after the title."""
        found = facts.read(picture)
        if self._small:
            self._set_subtitle("", found.short_gap if found is not None else "")
        else:
            self._set_subtitle(self._gap_words(picture))

    def _gap_words(self, picture: Picture) -> str:
        """Return the gap, its sample and, of a past moment, its step: what has no room is left out from the end."""
        found = facts.read(picture)
        if not np.isfinite(picture.readings.validation_accuracy).any():
            gap = _("no validation examples")
        else:
            gap = "" if found is None else found.gap
        parts = [gap] if gap else []
        if found is not None and parts:
            parts.append(found.sample)
            if picture.at is not None:
                parts.append(_("step {step}").format(step=count(found.step)))
        if self._tells_axis:
            parts.append(_("by epoch"))
        return " · ".join(parts)

    # lanes -----------------------------------------------------------------------------------------------------------

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        self._lanes = tuple(lanes)
        drawn = {lane.look.index: lane.picture.readings for lane in lanes}
        for index, (thin, curve) in enumerate(zip(self.lane_readings, self.lane_curves, strict=True)):
            readings = drawn.get(index)
            curve.setVisible(readings is not None)
            thin.setVisible(readings is not None and self._is_shown(TRAINING))
            if readings is not None:
                kept = slice(None) if index == 0 else thinned(readings.epoch.size)
                curve.setData(readings.epoch[kept], self.axis.placed(counted(readings))[kept])
                thin.setData(readings.epoch, self.axis.placed(readings.training_accuracy))
        ends = self._lane_ends(lanes, "")
        whole = [] if self._small else self._lane_ends(lanes, "99.9 %")
        self._lay(picture, list(drawn.values()), [end.text for end in whole])
        validate = any(np.isfinite(readings.validation_accuracy).any() for readings in drawn.values())
        parts = [_("validation") if validate else _("training: no validation examples"), _sample_of(lanes, validate)]
        if self._tells_axis:
            parts.append(_("by epoch"))
        self._set_subtitle(" · ".join(parts))
        odd = self._without_place([(readings.epoch, counted(readings)) for readings in drawn.values()])
        written = self._written(ends, list(drawn.values()))
        self.reader.show_notes([*written, *odd, *self.time_notes(picture, lanes)])

    def _lane_ends(self, lanes: Sequence[Lane], widest: str) -> list[End]:
        """Return the ends of the lanes' curves; with `widest`, all with that value: the room they need at most."""
        found = [(lane, last_finite(self.axis.placed(counted(lane.picture.readings)))) for lane in lanes]
        there = [(lane, at) for lane, at in found if at is not None]
        values = [float(counted(lane.picture.readings)[at]) for lane, at in there]
        room = _END_SHARE * self.canvas.viewport().width()
        texts = [widest or percent(value) for value in values]
        words = end_words([lane.look for lane, _at in there], texts, room, self.canvas.ink)
        tokens = self._theme.tokens
        return [
            End(
                float(lane.picture.readings.epoch[at]),
                self.axis.place(value),
                text,
                lane.look.colour(tokens),
                lane.look.ink(tokens),
                lane.look.mark,
            )
            for (lane, at), value, text in zip(there, values, words, strict=True)
        ]

    # reading ---------------------------------------------------------------------------------------------------------

    def _nearest(self, x: float) -> list[Readout]:
        if self._picture is None:
            return []
        if self._overlaid:
            return self._nearest_of_lanes(x)
        return self.splits.nearest(self._picture.readings, x)

    def _nearest_of_lanes(self, x: float) -> list[Readout]:
        """Return the readings of all lanes at the epoch nearest to `x`; lanes that did not come so far are left out."""
        times = np.unique(np.concatenate([lane.picture.readings.epoch for lane in self._lanes]))
        at = nearest_index(times, x)
        if at is None:
            return []
        epoch = float(times[at])
        found: list[tuple[Lane, float]] = []
        for lane in self._lanes:
            values = counted(lane.picture.readings)[lane.picture.readings.epoch == epoch]
            found += [(lane, float(value)) for value in values[:1]]
        parts = [f"{lane.look.letter} {percent(value)}" for lane, value in found]
        text = " · ".join([_("epoch {epoch}").format(epoch=short(epoch)), *parts])
        tokens = self._theme.tokens
        return [
            Readout(epoch, self.axis.place(value), text, lane.look.colour(tokens), lane.look.mark)
            for lane, value in found
        ]

    def _tabled(self) -> Table:
        return readings_table(named(self._picture, self._looks), accuracies())

    def _describe(self, picture: Picture) -> str:
        found, whole = facts.read(picture), facts.read_on_all(picture)
        told = ["" if found is None else facts.sentence(found), "" if whole is None else facts.sentence_on_all(whole)]
        return " ".join(text for text in told if text)

    def _describe_lanes(self, _picture: Picture, lanes: Sequence[Lane]) -> str:
        words = _("{lane}: {sentence}")
        return " ".join(words.format(lane=lane.look.words, sentence=self._describe(lane.picture)) for lane in lanes)


def _from(readings: Sequence[Readings], start: float) -> NDArray[np.float64]:
    """Return all accuracies from an epoch on."""
    both = [(each.epoch, values) for each in readings for values in (each.training_accuracy, each.validation_accuracy)]
    return np.concatenate([values[epoch >= start] for epoch, values in both])


def counted(readings: Readings) -> NDArray[np.float64]:
    """Return the accuracies that lanes are compared on: validation, or training where nothing validates."""
    validates = np.isfinite(readings.validation_accuracy).any()
    return readings.validation_accuracy if validates else readings.training_accuracy


def _sample_of(lanes: Sequence[Lane], validate: bool) -> str:
    """Return on how many examples the accuracies of lanes were read; of each lane where they differ."""
    samples = [lane.picture.samples for lane in lanes]
    counts = [sample.validation if validate else sample.training for sample in samples]
    text = ngettext("{number} example", "{number} examples", counts[0])
    if len(set(counts)) == 1:
        return text.format(number=count(counts[0]))
    words = _("{lane} {number}")
    each = [words.format(lane=lane.look.letter, number=count(size)) for lane, size in zip(lanes, counts, strict=True)]
    return _("examples: {counts}").format(counts=", ".join(each))
