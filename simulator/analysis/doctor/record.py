"""What the doctor is told of a run: recorded numbers alone, up to the step on display."""

from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.experiment import Experiment
from simulator.training.frames.curves import LossCurve, Readings, Track
from simulator.training.frames.frame import Frame, LayerFrame
from simulator.training.frames.picture import Picture, RunFacts

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A run since its last edit: what was measured before another rate came into force says nothing of this one.

    Attributes
    ----------
    experiment
        The values in force.
    start, frame
        The frames of step 0 and of the step on display.
    began
        The step of the last edit or fork; 0 without any.
    track, losses, readings
        From `began` to the step on display; `losses` without the penalty. A curve keeps its smoothed points as well.
    steps_per_epoch
        At the batch size in force.
    life
        The track from step 0: what is dead stays so, whatever rate comes into force.
    penalties
        Smoothed, at `losses.smooth_step`.
    """

    experiment: Experiment
    facts: RunFacts
    start: Frame
    frame: Frame
    began: int
    track: Track
    losses: LossCurve
    readings: Readings
    steps_per_epoch: int
    life: Track
    penalties: Numbers = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(cls, picture: Picture, facts: RunFacts, experiment: Experiment) -> "RunRecord":
        """Return the record of what a picture shows; `experiment` holds the values in force there."""
        step = picture.frame.step
        edits = [mark.step for mark in picture.marks if mark.kind != "diverged" and mark.step <= step]
        began = max(edits, default=0)
        losses, everything = (_cut_losses(curve, began, step) for curve in (picture.data_losses, picture.losses))
        return cls(
            experiment=experiment,
            facts=facts,
            start=picture.start,
            frame=picture.frame,
            began=began,
            track=_cut_track(picture.track, began, step),
            losses=losses,
            readings=_cut_readings(picture.readings, began, step),
            steps_per_epoch=max(picture.steps_per_epoch, 1),
            life=_cut_track(picture.track, 0, step),
            penalties=everything.smooth - losses.smooth,
        )

    @property
    def steps(self) -> int:
        """Updates made since `began`."""
        return self.frame.step - self.began

    @property
    def epochs(self) -> float:
        """Passes over the training set since `began`."""
        return self.steps / self.steps_per_epoch

    @cached_property
    def hidden(self) -> tuple[int, ...]:
        """Indices in `Frame.layers` of the layers with weights, output left out."""
        return tuple(index for index in self.weighted if index != len(self.frame.layers) - 1)

    @cached_property
    def weighted(self) -> tuple[int, ...]:
        """Indices in `Frame.layers` of all layers with weights."""
        return tuple(index for index, layer in enumerate(self.frame.layers) if layer.weight_gradient is not None)

    def layer(self, index: int) -> LayerFrame:
        """Return a layer of the step on display."""
        return self.frame.layers[index]

    @cached_property
    def guessing_loss(self) -> float:
        """The least loss of a network that does not look at its input."""
        return self.facts.guessing_loss

    @cached_property
    def chance(self) -> float:
        """The accuracy of one answer for all: the share of the most frequent class."""
        labels = self.facts.dataset.labels[self.facts.training]
        return float(np.bincount(labels).max() / labels.size)

    @cached_property
    def first_loss(self) -> float:
        """Data loss at `began`."""
        finite = self.readings.training_loss[np.isfinite(self.readings.training_loss)]
        return float(finite[0]) if finite.size else self.guessing_loss

    @cached_property
    def loss(self) -> float:
        """Data loss now: the mean of the newest mini-batches. NaN or infinite where it is no number any more."""
        smooth = self.losses.smooth
        if self.losses.first_bad_step is not None:
            return np.nan
        return float(smooth[-1]) if smooth.size else self.first_loss

    @property
    def learned(self) -> float:
        """Share of the loss of guessing that is gone: 0 knows nothing, 1 everything; NaN where there is no loss."""
        return 1 - self.loss / self.guessing_loss if self.guessing_loss else 1.0

    @property
    def accuracy(self) -> float:
        """Newest training accuracy; NaN before the first reading."""
        return float(self.readings.training_accuracy[-1]) if self.readings.step.size else np.nan


def _cut_track(track: Track, first: int, last: int) -> Track:
    kept = (track.step >= first) & (track.step <= last)
    return Track(*(getattr(track, each.name)[kept] for each in fields(track)))


def _cut_readings(readings: Readings, first: int, last: int) -> Readings:
    kept = (readings.step >= first) & (readings.step <= last)
    # the newest reading before an edit is the state it found
    before = np.flatnonzero(readings.step < first)
    if before.size and not (readings.step == first).any():
        kept[before[-1]] = True
    return Readings(*(getattr(readings, each.name)[kept] for each in fields(readings)))


def _cut_losses(losses: LossCurve, first: int, last: int) -> LossCurve:
    kept = (losses.step > first) & (losses.step <= last)
    smooth = (losses.smooth_step > first) & (losses.smooth_step <= last)
    bad = losses.first_bad_step
    return replace(
        losses,
        step=losses.step[kept],
        low=losses.low[kept],
        mean=losses.mean[kept],
        high=losses.high[kept],
        smooth_step=losses.smooth_step[smooth],
        smooth=losses.smooth[smooth],
        first_bad_step=bad if bad is not None and bad <= last + 1 else None,
    )
