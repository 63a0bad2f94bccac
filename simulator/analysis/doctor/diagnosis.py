"""What a diagnosis declares, and how a declaration is held against a record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from simulator.analysis.doctor.record import Numbers, RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.message import Message

NEWEST: Final = "newest"
EVER: Final = "ever"
EASED: Final = 0.8
"""Of its threshold, where a finding that stands begins to go."""
Aim = Literal["loss", "validation", "sureness"]


def frame_sample(record: RunRecord) -> int:
    """Return how many examples frames are measured on."""
    return record.facts.probe_examples


@dataclass(frozen=True, eq=False)
class Series:
    """A quantity over time.

    Attributes
    ----------
    step
        Shape (k,).
    values
        Shape (k, n): one column a layer, or one for the whole run; NaN where it is not known.
    layers
        Indices in `Frame.layers` of the columns; empty for the whole run.
    """

    step: Numbers
    values: Numbers
    layers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What speaks for a diagnosis.

    Attributes
    ----------
    value
        The quantity: its newest value, or its most extreme one where it counts whenever it was.
    since
        The first step from which it was beyond the threshold without a break.
    step
        The step at which `value` was measured.
    layer
        Index in `Frame.layers` of the worst layer, or None.
    layers
        All layers it holds for, the lowest first.
    """

    value: float
    since: int
    step: int
    layer: int | None = None
    layers: tuple[int, ...] = ()


Condition = Callable[[RunRecord, Evidence], bool]


@dataclass(frozen=True)
class Hold:
    """How long a quantity must be beyond its threshold.

    Attributes
    ----------
    steps, epochs
        Both must have passed.
    when
        Up to the step on display ("newest"), or at any time ("ever"; then nothing must have passed).
    from_start
        Since the first record: what comes later has another cause.
    """

    steps: int = 0
    epochs: float = 0.0
    when: Literal["newest", "ever"] = NEWEST
    from_start: bool = False


@dataclass(frozen=True)
class Diagnosis:
    """One thing that can be wrong with a run. Its id is the name of its file.

    Attributes
    ----------
    rank
        Causes before symptoms: what may explain another has the smaller rank.
    title
        Marked words; ``{layer}`` is the worst layer's name.
    story
        Marked sentences: how it comes about, and where the slide simplifies.
    slide
        The lecture's row it belongs to.
    proof
        The id of the view that shows it.
    quantity
        What is measured; None where this run has no such thing.
    threshold, side
        From where on the quantity speaks for the diagnosis: "above" or "below", the threshold included.
    hold
        How long it must have been there.
    sentence
        Says it with the measured number.
    needs
        What must be true as well.
    unless
        What excludes it.
    unless_found
        Ids of diagnoses of smaller rank that exclude it.
    explains
        Ids of diagnoses of larger rank that follow from this one.
    independent
        Where this is true it follows from nothing else.
    remedy
        What to change, or None where nothing can be proposed.
    aim
        What a remedy is to mend: the loss, how the network does on validation examples, or how sure that number is.
    before
        Whether it can be told before the first step: then it is an item of the checklist as well.
    sample
        How many examples the quantity was measured on; 0 where it is a setting.
    """

    rank: int
    title: str
    story: str
    slide: str
    proof: str
    quantity: Callable[[RunRecord], Series | None]
    threshold: float
    side: Literal["above", "below"]
    hold: Hold
    sentence: Callable[[RunRecord, Evidence], Message]
    remedy: Callable[[RunRecord, Evidence], Remedy | None]
    needs: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    unless_found: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    independent: Condition | None = None
    aim: Aim = "loss"
    before: bool = False
    sample: Callable[[RunRecord], int] = frame_sample

    def evidence(self, record: RunRecord, standing: bool = False) -> Evidence | None:
        """Return what speaks for it in this record, or None.

        A finding that is `standing` goes where the quantity has come back well behind the threshold: less would make
        it come and go.
        """
        series = self.quantity(record)
        if series is None or not series.step.size:
            return None
        found = self._evidence(series, record, self.threshold * self._eased if standing else self.threshold)
        if found is None or any(not need(record, found) for need in self.needs):
            return None
        return None if any(excludes(record, found) for excludes in self.unless) else found

    @property
    def _eased(self) -> float:
        return EASED if self.side == "above" else 1 / EASED

    def _evidence(self, series: Series, record: RunRecord, threshold: float) -> Evidence | None:
        sign = 1.0 if self.side == "above" else -1.0
        places = []
        for column in range(series.values.shape[1]):
            place = self._column(series.step, sign * series.values[:, column], sign * threshold, record)
            if place is not None:
                places.append((place[0], -column, *place[1:]))
        if not places:
            return None
        extreme, column, since, step = max(places)
        layers = tuple(sorted(series.layers[-place[1]] for place in places)) if series.layers else ()
        return Evidence(sign * extreme, since, step, series.layers[-column] if series.layers else None, layers)

    def _column(
        self, step: Numbers, values: Numbers, threshold: float, record: RunRecord
    ) -> tuple[float, int, int] | None:
        """Return (value, since, step) of one column, or None where it does not hold; larger values are worse."""
        known = ~np.isnan(values)
        step, values = step[known], values[known]
        beyond = values >= threshold
        if self.hold.when == EVER:
            worst = int(np.argmax(values)) if beyond.any() else 0
            return (float(values[worst]), int(step[np.argmax(beyond)]), int(step[worst])) if beyond.any() else None
        if not beyond.size or not beyond[-1]:
            return None
        breaks = np.flatnonzero(~beyond)
        first = int(breaks[-1]) + 1 if breaks.size else 0
        if self.hold.from_start and first > 0:
            return None
        lasted = step[-1] - step[first]
        needed = max(self.hold.steps, self.hold.epochs * record.steps_per_epoch)
        # a run that broke off has no more to show
        cut_short = not np.isfinite(record.loss) and first == 0
        if lasted < needed and not cut_short:
            return None
        finite = np.flatnonzero(np.isfinite(values))
        last = int(finite[-1]) if finite.size and finite[-1] >= first else -1
        return float(values[last]), int(step[first]), int(step[last])
