"""Columns of very different size, or far from 1: no one learning rate suits them all (slide C1)."""

import numpy as np

from simulator.analysis.doctor.conditions import learned_little
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import column_name, fact
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.data.portrait import Portrait
from simulator.message import N_, Message


def unevenness(record: RunRecord) -> Series | None:
    """Return the size of the largest input over the spread of the smallest, where one is not 1 for want of extremes."""
    seen = record.facts.portrait
    if seen is None:
        return None
    large, small = _extremes(seen)
    if small is None:
        return None
    return fact(record, max(float(seen.size[large]), 1.0) / min(float(seen.scatter[small]), 1.0))


def _extremes(seen: Portrait) -> tuple[int, int | None]:
    """Return the largest input, and the one with the least spread of those that vary."""
    varies = seen.scatter > 0
    small = int(np.argmin(np.where(varies, seen.scatter, np.inf))) if varies.any() else None
    return int(np.argmax(seen.size)), small


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Name both columns, and how large they are."""
    seen = record.facts.portrait
    assert seen is not None
    large, small = _extremes(seen)
    assert small is not None
    values = {
        "large": column_name(record, large),
        "size": strong(float(seen.size[large])),
        "small": column_name(record, small),
        "spread": strong(float(seen.scatter[small])),
        "times": Measured(evidence.value),
    }
    if seen.mixed:
        text = N_("The largest input is about {size}, the smallest varies by {spread}: {times} times less.")
    elif seen.size[large] < 1:
        text = N_("The largest numbers, those of {large}, are about {size}: the network hardly sees them.")
    elif seen.scatter[small] > 1:
        text = N_("The numbers of {large} are about {size}: a first layer that expects numbers near 1 is overdriven.")
    else:
        text = N_(
            "The numbers of {large} are about {size}, those of {small} vary by {spread}: {times} times less. What is "
            "a small step for one is a huge one for the other."
        )
    return Message(text, values)


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return standardised features."""
    if record.experiment.preprocessing.kind == "standardise":
        return None
    text = N_("Every feature gets mean 0 and spread 1 over the training examples.")
    return Remedy("standardise", Message(N_("Standardise")), Message(text), {"preprocessing": {"kind": "standardise"}})


DIAGNOSIS = Diagnosis(
    rank=6,
    title=N_("The features are not scaled"),
    story=N_(
        "The gradient of a weight is proportional to the feature it multiplies. A learning rate that suits a feature "
        "of 5,000 leaves one of 0.02 where it is; one that suits the small feature explodes on the large one."
    ),
    slide="C1",
    proof="activations",
    quantity=unevenness,
    threshold=100.0,
    side="above",
    hold=Hold(),
    needs=(learned_little,),
    before=True,
    explains=(
        "strong_penalty",
        "saturated",
        "exploding",
        "rate_too_large",
        "vanishing",
        "dead",
        "rate_too_small",
        "divergence",
        "underfitting",
        "guessing",
    ),
    sentence=sentence,
    remedy=remedy,
)
