"""The gap between training and validation (slide H3): when it opened, and what the numbers say the case is. No numba.

The slide says: a large gap is overfitting, no gap is too little capacity. Four numbers decide here what "large", "no"
and "yet" mean; `docs/model.md` gives the reasons.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.training.frames.curves import Readings

Case = Literal["overfitting", "low capacity", "fine", "too early"]
Reason = Literal["", "nothing validates", "not finite", "few readings", "few examples", "guessing", "rising", "falling"]

LEAST: Final = 0.02
"""A gap below 2 points is none, however many examples there are."""
ERRORS: Final = 2.0
"""Nor is one below so many standard errors of the difference: the draw of the examples makes as much."""
LARGE: Final = 0.05
"""An open gap of 5 points and more is called overfitting."""
GOOD: Final = 0.9
"""A network that is right on so many of its own training examples has the capacity for them."""
READINGS: Final = 3
"""After so many epochs a case is named."""
GUESSING: Final = 0.95
"""A training loss above this part of the loss of guessing: nothing is learned yet."""
FALL: Final = 0.1
"""A training loss that fell by this part over the newest quarter of the epochs is still falling."""
RISE: Final = 0.1
"""One that lies by this part over its own least is not at rest."""
QUARTER: Final = 0.25


@dataclass(frozen=True)
class Gap:
    """What the readings say.

    Attributes
    ----------
    case
        "too early" means too early to say.
    reason
        Why it is too early; empty for the other cases.
    training, validation
        Newest accuracies (0..1); NaN where nothing validates.
    margin
        What the gap must exceed to count as open: the larger of `LEAST` and `ERRORS` standard errors.
    opened
        The first epoch from which every reading's gap exceeds its margin; None while the gap is closed.
    epoch
        Of the newest reading.
    training_loss, validation_loss
        Newest data losses.
    least_loss
        The least training loss of all readings.
    earlier_loss, earlier_epoch
        The training loss at the start of the newest quarter of the epochs, and that epoch.
    best_validation_loss, best_validation_epoch
        The least validation loss of all readings, and its epoch; NaN where nothing validates.
    """

    case: Case
    reason: Reason
    training: float
    validation: float
    margin: float
    opened: float | None
    epoch: float
    training_loss: float
    validation_loss: float
    least_loss: float
    earlier_loss: float
    earlier_epoch: float
    best_validation_loss: float
    best_validation_epoch: float

    @property
    def size(self) -> float:
        """Training minus validation accuracy; negative where validation is ahead."""
        return self.training - self.validation


def margins(
    training: NDArray[np.float64], validation: NDArray[np.float64], training_examples: int, validation_examples: int
) -> NDArray[np.float64]:
    """Return what the gap of each reading (n,) must exceed: the larger of 2 points and 2 standard errors.

    A share p of n examples has the variance p (1 - p) / n; those of two samples add up.
    """
    variance = training * (1 - training) / training_examples + validation * (1 - validation) / validation_examples
    return np.maximum(LEAST, ERRORS * np.sqrt(variance))


def opened_at(epoch: NDArray[np.float64], gap: NDArray[np.float64], margin: NDArray[np.float64]) -> float | None:
    """Return the first epoch from which on every gap (n,) exceeds its margin; None where the newest does not."""
    closed = np.flatnonzero(~(gap > margin))
    first = int(closed[-1]) + 1 if closed.size else 0
    return float(epoch[first]) if first < epoch.size else None


def judge_gap(
    readings: Readings, training_examples: int, validation_examples: int, guessing_loss: float = math.inf
) -> Gap | None:
    """Name the case from the readings of a run; None before the first one.

    Parameters
    ----------
    training_examples, validation_examples
        How many examples the accuracies were measured on.
    guessing_loss
        The loss of guessing.
    """
    if not readings.epoch.size:
        return None
    epoch, loss = readings.epoch, readings.training_loss
    training, validation = readings.training_accuracy, readings.validation_accuracy
    validates = validation_examples > 0 and bool(np.isfinite(validation[-1]))
    margin = margins(training, validation, training_examples, validation_examples) if validates else np.zeros(0)
    opened = opened_at(epoch, training - validation, margin) if validates else None
    # a record that begins at an edit has no epoch 0
    earlier = int(np.flatnonzero(epoch <= epoch[-1] - QUARTER * (epoch[-1] - epoch[0]))[-1])
    best = _least(readings.validation_loss)
    finite = loss[np.isfinite(loss)]
    found = Gap(
        case="too early",
        reason="",
        training=float(training[-1]),
        validation=float(validation[-1]),
        margin=float(margin[-1]) if validates else math.nan,
        opened=opened,
        epoch=float(epoch[-1]),
        training_loss=float(loss[-1]),
        validation_loss=float(readings.validation_loss[-1]),
        least_loss=float(finite.min()) if finite.size else math.nan,
        earlier_loss=float(loss[earlier]),
        earlier_epoch=float(epoch[earlier]),
        best_validation_loss=math.nan if best is None else float(readings.validation_loss[best]),
        best_validation_epoch=math.nan if best is None else float(epoch[best]),
    )
    case, reason = _case(found, validates, int(np.count_nonzero(epoch > epoch[0])), guessing_loss)
    return Gap(**{**vars(found), "case": case, "reason": reason})


def _case(gap: Gap, validates: bool, readings: int, guessing_loss: float) -> tuple[Case, Reason]:
    """Return the case and, where it is too early, why. The order is that of what is certain first."""
    if not math.isfinite(gap.training_loss):
        return "too early", "not finite"
    if not validates:
        return "too early", "nothing validates"
    if readings < READINGS:
        return "too early", "few readings"
    if gap.size >= LARGE:
        # one reading alone is one draw of luck
        lasting = gap.opened is not None and gap.opened < gap.epoch
        return ("overfitting", "") if lasting else ("too early", "few examples")
    if gap.training >= GOOD:
        return "fine", ""
    if gap.training_loss > GUESSING * guessing_loss:
        return "too early", "guessing"
    if gap.training_loss > (1 + RISE) * gap.least_loss:
        return "too early", "rising"
    if gap.training_loss < (1 - FALL) * gap.earlier_loss:
        return "too early", "falling"
    return "low capacity", ""


def _least(values: NDArray[np.float64]) -> int | None:
    finite = np.flatnonzero(np.isfinite(values))
    return int(finite[np.argmin(values[finite])]) if finite.size else None
