"""What came of a proposed change, beside what comes of none."""

import math
from dataclasses import dataclass
from typing import Final

from simulator.analysis.doctor.diagnosis import Aim
from simulator.analysis.doctor.remedies import Remedy

GAIN: Final = 0.05
"""Of the loss of guessing, that the change must take away: less is the noise of mini-batches."""
POINTS: Final = 0.02
"""Of validation accuracy, likewise."""
SURER: Final = 0.8
"""Times the standard error of the validation accuracy, or less."""


@dataclass(frozen=True)
class Twin:
    """How a training from step 0 did.

    Attributes
    ----------
    steps
        Updates made.
    loss
        Mean data loss of the newest mini-batches.
    guessing_loss
        The least loss of a network that does not look at its input.
    training_accuracy, validation_accuracy
        At its end; NaN where nothing validates.
    validation_examples
        How many examples the latter was measured on.
    dead_units, units
        Hidden units that give 0 for every example, and all that could.
    diverged
        Whether it left the road.
    """

    steps: int
    loss: float
    guessing_loss: float
    training_accuracy: float
    validation_accuracy: float
    validation_examples: int
    dead_units: int
    units: int
    diverged: bool

    @property
    def error(self) -> float:
        """The standard error of the validation accuracy (Agresti and Coull 1998); infinite where nothing validates."""
        if not self.validation_examples or not math.isfinite(self.validation_accuracy):
            return math.inf
        share = (self.validation_accuracy * self.validation_examples + 2) / (self.validation_examples + 4)
        return math.sqrt(share * (1 - share) / (self.validation_examples + 4))


@dataclass(frozen=True)
class Trial:
    """A twin with the change and one without, after equally many steps where both came so far.

    Attributes
    ----------
    remedy
        What was changed: for a learning rate, the best of those that were tried.
    changed, unchanged
        The twins.
    aim
        What the change is to mend.
    complete
        Whether all steps were made: a large network makes fewer, by its multiply-adds.
    """

    remedy: Remedy
    changed: Twin
    unchanged: Twin
    aim: Aim
    complete: bool

    @property
    def helps(self) -> bool:
        """Whether the change is better than none: only then it is a cure."""
        changed, unchanged = self.changed, self.unchanged
        if changed.diverged or not math.isfinite(changed.loss):
            return False
        if self.aim == "sureness":
            return changed.error <= SURER * unchanged.error
        if self.aim == "validation":
            return changed.validation_accuracy >= unchanged.validation_accuracy + POINTS
        # a run that broke off, or is worse than guessing, is not mended by one that guesses
        worst = changed.guessing_loss
        before = worst if unchanged.diverged or not math.isfinite(unchanged.loss) else min(unchanged.loss, worst)
        return changed.loss <= before - GAIN * worst
