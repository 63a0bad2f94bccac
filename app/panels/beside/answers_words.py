"""Why accuracy and loss may say different things: of answers all alike, and of answers that are no numbers. No Qt."""

import math
from html import escape
from typing import Final

import numpy as np

from app.look import numbers
from app.system.i18n import _
from simulator.training import Readings, RunFacts

STANDS: Final = 0.01
"""A loss that has changed by no more stands still."""
CLIMBED: Final = 0.05
"""Share by which accuracy must have risen to be worth a sentence."""


def why_accuracy_climbs(readings: Readings, read: int) -> str:
    """Return why accuracy rose while the loss stands (slide F4); empty where that is not so.

    Parameters
    ----------
    read
        How many of the readings had been made by the step on display.
    """
    if read < 2:
        return ""
    losses, shares = readings.training_loss[:read], readings.training_accuracy[:read]
    if not (abs(losses[-1] - losses[0]) <= STANDS and shares[-1] - shares[0] >= CLIMBED):
        return ""
    text = _(
        "Accuracy rose from {before} to {after} and the loss stands at {loss}: the class that is right still gets "
        "about {share}, but is the largest by a hair more often. Accuracy asks which is largest, the loss how sure."
    )
    return text.format(
        before=numbers.percent(float(shares[0])),
        after=numbers.percent(float(shares[-1])),
        loss=numbers.number(float(losses[-1])),
        share=numbers.percent(math.exp(-float(losses[-1]))),
    )


def what_no_numbers_answer(readings: Readings, read: int, facts: RunFacts) -> str:
    """Return what accuracy makes of scores that are no numbers (slide F5); empty where they are numbers."""
    validates = facts.validation_examples > 0
    losses = readings.validation_loss if validates else readings.training_loss
    shares = readings.validation_accuracy if validates else readings.training_accuracy
    if not read or math.isfinite(losses[read - 1]):
        return ""
    sample = facts.validation[: facts.validation_examples] if validates else facts.training
    share = float(np.mean(facts.dataset.labels[sample] == 0))
    if validates and abs(share - float(shares[read - 1])) > 0.5 / max(sample.size, 1):
        return ""  # some answers are numbers still
    text = _(
        "The scores are NaN, and then every answer is the first class, “{name}”: the accuracy is its share, "
        "{share} of the {examples} examples that are asked."
    )
    return text.format(
        name=escape(facts.dataset.class_names[0]), share=numbers.percent(share), examples=numbers.count(sample.size)
    )
