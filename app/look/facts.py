"""Accuracies as the window says them, with step and sample: headers, cards and the story read them here. No Qt."""

import math
from dataclasses import dataclass
from typing import Final, Literal

from app.look import numbers
from app.system.i18n import _, ngettext
from simulator.training import LayerFrame, Picture

SATURATED: Final = 0.05
"""Only a larger share of saturated values is worth a word."""
Fault = Literal["", "not finite", "dead", "saturated"]


@dataclass(frozen=True)
class Accuracies:
    """Shares right at one step, and on how many examples each was measured; NaN where nothing validates."""

    step: int
    epoch: float
    training: float
    validation: float
    training_examples: int
    validation_examples: int

    @property
    def gap(self) -> str:
        """The gap in words: "gap 7 points"; "no gap" only where both shares are written alike."""
        return gap_words(self.training, self.validation)

    @property
    def short_gap(self) -> str:
        """The gap as briefly as it goes: "gap 7 points", "gap −2 points", "gap 0 points"."""
        if not (math.isfinite(self.training) and math.isfinite(self.validation)):
            return ""
        if numbers.percent(self.training) == numbers.percent(self.validation):
            return _("gap {points}").format(points=numbers.points(0.0, 0.0))
        if self.training > self.validation:
            return _("gap {points}").format(points=numbers.points(self.training, self.validation))
        ahead = numbers.points(self.validation, self.training)
        return _("gap {points}").format(points=f"{numbers.MINUS}{ahead}")

    @property
    def sample(self) -> str:
        """What was measured: "80 examples of each"."""
        return sample_words(self.training_examples, self.validation_examples)


def fault(layer: LayerFrame) -> Fault:
    """Return what is wrong with a layer, the worst first: cards and the story name the same."""
    if layer.output.not_finite:
        return "not finite"
    if layer.dead_units:
        return "dead"
    return "saturated" if (layer.saturated or 0.0) > SATURATED else ""


def read(picture: Picture) -> Accuracies | None:
    """Return the newest reading up to the step on display; None before the first."""
    readings, samples = picture.readings, picture.samples
    count = readings.step.size if picture.at is None else int((readings.step <= picture.frame.step).sum())
    if not count:
        return None
    return Accuracies(
        step=int(readings.step[count - 1]),
        epoch=float(readings.epoch[count - 1]),
        training=float(readings.training_accuracy[count - 1]),
        validation=float(readings.validation_accuracy[count - 1]),
        training_examples=samples.training,
        validation_examples=samples.validation,
    )


def read_on_all(picture: Picture) -> Accuracies | None:
    """Return the figures of the whole sets; None where there are none of the step on display."""
    whole = picture.whole
    if whole is None or picture.at not in (None, whole.step):
        return None
    return Accuracies(
        step=whole.step,
        epoch=whole.epoch,
        training=whole.training_accuracy,
        validation=whole.validation_accuracy,
        training_examples=whole.training_examples,
        validation_examples=whole.validation_examples,
    )


def gap_words(training: float, validation: float) -> str:
    """Return the gap of two shares, as it agrees with how they are written."""
    if not (math.isfinite(training) and math.isfinite(validation)):
        return ""
    if numbers.percent(training) == numbers.percent(validation):
        return _("no gap")
    if training > validation:
        return _("gap {points}").format(points=numbers.points(training, validation))
    return _("validation ahead by {points}").format(points=numbers.points(validation, training))


def sample_words(training: int, validation: int) -> str:
    """Return on how many examples both splits were measured."""
    if not validation:
        words = ngettext("{count} training example", "{count} training examples", training)
        return words.format(count=numbers.count(training))
    if training == validation:
        words = ngettext("{count} example of each", "{count} examples of each", training)
        return words.format(count=numbers.count(training))
    words = _("{training} training and {validation} validation examples")
    return words.format(training=numbers.count(training), validation=numbers.count(validation))


def sentence(found: Accuracies) -> str:
    """Say a reading, with its step and its sample."""
    values = {
        "training": numbers.percent(found.training),
        "validation": numbers.percent(found.validation),
        "gap": found.gap,
        "sample": found.sample,
        "step": numbers.count(found.step),
    }
    if not math.isfinite(found.validation):
        text = _(
            "Training {training}, on {sample}, read at step {step}. No examples are held back, so nothing tells how it "
            "does on new ones."
        )
    else:
        text = _("Training {training}, validation {validation}: {gap}, on {sample}, read at step {step}.")
    return text.format(**values)


def sentence_on_all(found: Accuracies) -> str:
    """Say the figures of the whole sets, and that they are for the eye alone."""
    values = {
        "training": numbers.percent(found.training),
        "validation": numbers.percent(found.validation),
        "of_training": numbers.count(found.training_examples),
        "of_validation": numbers.count(found.validation_examples),
        "step": numbers.count(found.step),
    }
    if not math.isfinite(found.validation):
        return _(
            "All {of_training} training examples at step {step}: {training}. The doctor goes by the sample."
        ).format(**values)
    return _(
        "All examples at step {step}: {training} of {of_training} in training, {validation} of {of_validation} in "
        "validation. The doctor goes by the sample."
    ).format(**values)
