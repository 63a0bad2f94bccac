"""A loss that leaves the road (slides F5, F6)."""

import numpy as np

from simulator.analysis.doctor.conditions import batch_sample, found_dead
from simulator.analysis.doctor.cures import other_rate
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

FACTOR = 0.1  # times the rate


def times_the_first(record: RunRecord) -> Series | None:
    """Return the smoothed data loss over the first one; infinite from the first step whose loss is no number."""
    losses = record.losses
    reference = max(record.first_loss, record.guessing_loss)
    if not losses.smooth_step.size or not reference:
        return None
    step, times = losses.smooth_step, losses.smooth / reference
    if losses.first_bad_step is not None:
        step, times = np.append(step, losses.first_bad_step), np.append(times, np.inf)
    return Series(step, times[:, None])


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how large the loss is, or from where on it is none."""
    if record.losses.first_bad_step is not None:
        text = N_("The loss of step {step} is NaN or infinite. It was {first} at the start.")
        values = {"step": strong(record.losses.first_bad_step, "count"), "first": Measured(record.first_loss)}
        return Message(text, values)
    text = N_("The loss is {loss}, {times} times that of the start.")
    return Message(text, {"loss": Measured(record.loss), "times": strong(evidence.value)})


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy:
    """Return a rate ten times smaller."""
    return other_rate(record, FACTOR)


DIAGNOSIS = Diagnosis(
    rank=17,
    title=N_("Training diverges"),
    story=N_(
        "Each step makes the loss larger, so the next gradient and the next step are larger still, until the "
        "numbers end in NaN. An answer made of NaN counts as class 0 (slide F5)."
    ),
    slide="F5",
    proof="loss",
    quantity=times_the_first,
    threshold=3.0,
    side="above",
    hold=Hold(),
    unless=(found_dead,),
    explains=("guessing",),
    sample=batch_sample,
    sentence=sentence,
    remedy=remedy,
)
