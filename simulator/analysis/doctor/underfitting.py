"""A network too small for its data (slide H3)."""

import numpy as np

from simulator.analysis.doctor.conditions import CAUSES, reading_sample, validation_sample
from simulator.analysis.doctor.cures import against
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.overfitting import gap_of
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

REST = 0.12


def training_accuracy(record: RunRecord) -> Series | None:
    """Return the training accuracy, by reading."""
    return Series(record.readings.step, record.readings.training_accuracy[:, None])


def capacity_is_low(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether the readings say so: no gap, and the loss at rest far from 0.

    A network with hidden layers that only guesses may be waiting on a plateau; a linear one can do no better.
    """
    gap = gap_of(record)
    if gap is None:
        return False
    return gap.case == "low capacity" or (gap.reason == "guessing" and not record.hidden)


def is_at_rest(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether the training loss fell by less than an eighth over the newer half of the run."""
    losses, step = record.readings.training_loss, record.readings.step
    middle = float(np.interp((step[0] + step[-1]) / 2, step, losses))
    return float(losses[-1]) >= (1 - REST) * middle


def sentence(record: RunRecord, _evidence: Evidence) -> Message:
    """Say both accuracies, and that nothing moves any more."""
    gap = gap_of(record)
    assert gap is not None
    text = N_(
        "Training {training} of {of_training}, validation {validation} of {of_validation}, and the loss rests at "
        "{loss}. {parameters} weights and biases can do no better."
    )
    values = {
        "training": strong(gap.training, "share"),
        "of_training": Measured(reading_sample(record), "count"),
        "validation": Measured(gap.validation, "share"),
        "of_validation": Measured(validation_sample(record), "count"),
        "loss": Measured(gap.training_loss),
        "parameters": Measured(record.facts.parameters, "count"),
    }
    return Message(text, values)


DIAGNOSIS = Diagnosis(
    rank=19,
    title=N_("The network underfits"),
    story=N_(
        "It is no better on the examples it trains on, so more of them will not help: the network cannot bend "
        "enough. More units or one more layer can."
    ),
    slide="H3",
    proof="gap",
    quantity=training_accuracy,
    threshold=0.8,
    side="below",
    hold=Hold(steps=200, epochs=10),
    needs=(capacity_is_low, is_at_rest),
    unless_found=(
        *CAUSES,
        "identical_units",
        "saturated",
        "exploding",
        "rate_too_large",
        "vanishing",
        "dead",
        "rate_too_small",
        "divergence",
    ),
    explains=("guessing",),
    sample=reading_sample,
    sentence=sentence,
    remedy=against("low capacity"),
)
