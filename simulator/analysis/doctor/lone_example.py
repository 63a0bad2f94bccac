"""Batch norm over mini-batches of one example: every value becomes 0 (slide E1)."""

from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import fact, no_sample
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import strong
from simulator.message import N_, Message

USUAL = 32


def examples_of_a_batch(record: RunRecord) -> Series | None:
    """Return the examples of a mini-batch; None where no layer looks at them together."""
    if not any(entry.needs_batch for entry in record.experiment.network):
        return None
    return fact(record, min(record.experiment.training.batch_size, record.facts.training.size))


def sentence(_record: RunRecord, evidence: Evidence) -> Message:
    """Say how many examples a mini-batch has."""
    text = N_(
        "Mini-batches have {examples} example, and batch norm subtracts their mean: every unit gives its shift, "
        "whatever it is shown, and no gradient passes."
    )
    return Message(text, {"examples": strong(evidence.value, "count")})


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return larger mini-batches, where there are examples for them."""
    size = min(USUAL, int(record.facts.training.size))
    if size <= record.experiment.training.batch_size:
        return None
    text = N_("Mini-batches of {size} examples.")
    patch = {"training.batch_size": size}
    return Remedy("batch", Message(N_("Batch size {size}"), {"size": size}), Message(text, {"size": size}), patch)


DIAGNOSIS = Diagnosis(
    rank=8,
    title=N_("Batch norm sees one example at a time"),
    story=N_(
        "Batch norm takes mean and variance over the mini-batch. Of one example the mean is the example itself, so "
        "what is left is 0."
    ),
    slide="E1",
    proof="activations",
    quantity=examples_of_a_batch,
    threshold=1.0,
    side="below",
    hold=Hold(),
    before=True,
    sample=no_sample,
    explains=("dead", "vanishing", "rate_too_large", "rate_too_small", "underfitting", "divergence", "guessing"),
    sentence=sentence,
    remedy=remedy,
)
