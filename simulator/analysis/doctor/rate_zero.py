"""A learning rate of 0: nothing moves."""

from simulator.analysis.doctor.cures import rate_remedy
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import fact, no_sample
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import strong
from simulator.message import N_, Message

USUAL = 0.01


def learning_rate(record: RunRecord) -> Series:
    """Return the learning rate in force."""
    return fact(record, record.experiment.training.learning_rate)


def sentence(_record: RunRecord, evidence: Evidence) -> Message:
    """Say what it is."""
    text = N_("The learning rate is {rate}: every update is multiplied by it, so no weight will ever change.")
    return Message(text, {"rate": strong(evidence.value, "round")})


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy:
    """Return a rate that moves something."""
    return rate_remedy(record.experiment, USUAL)


DIAGNOSIS = Diagnosis(
    rank=7,
    title=N_("The learning rate is 0"),
    story=N_("The update is the learning rate times the gradient. Any rate above 0 learns something, if slowly."),
    slide="F4",
    proof="update_ratio_time",
    quantity=learning_rate,
    threshold=0.0,
    side="below",
    hold=Hold(),
    before=True,
    sample=no_sample,
    explains=("rate_too_small", "underfitting", "guessing"),
    sentence=sentence,
    remedy=remedy,
)
