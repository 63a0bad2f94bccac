"""A class that only validation examples have: it cannot be learned."""

import numpy as np

from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import class_counts, every_class_alike, fact, training_size
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message, counted


def examples_of_unseen_classes(record: RunRecord) -> Series:
    """Return how many validation examples are of a class that no training example has."""
    training, validation = class_counts(record)
    return fact(record, float(validation[training == 0].sum()))


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say which class it is, and how many validation examples it has."""
    training, validation = class_counts(record)
    unseen = np.flatnonzero((training == 0) & (validation > 0))
    values = {
        "count": strong(evidence.value, "count"),
        "examples": Measured(record.facts.validation.size, "count"),
        "classes": Measured(unseen.size, "count"),
        "name": record.facts.dataset.class_names[int(unseen[validation[unseen].argmax()])],
    }
    if unseen.size > 1:
        text = N_(
            "{count} of {examples} validation examples are of {classes} classes of which no example trains, such as "
            "{name}: the network cannot answer them."
        )
        return Message(text, values)
    return counted(
        "{count} of {examples} validation examples is of class {name}, of which no example trains: the network cannot "
        "answer it.",
        "{count} of {examples} validation examples are of class {name}, of which no example trains: the network "
        "cannot answer it.",
        round(evidence.value),
        values,
    )


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return another split."""
    return every_class_alike(record)


DIAGNOSIS = Diagnosis(
    rank=3,
    title=N_("A class has no training example"),
    story=N_(
        "What no training example shows is not learned. Files are often sorted by class, and rare classes fall to one "
        "side by chance."
    ),
    slide="F7",
    proof="accuracy",
    quantity=examples_of_unseen_classes,
    threshold=1.0,
    side="above",
    hold=Hold(),
    unless_found=("one_class", "number_classes"),
    before=True,
    sample=training_size,
    explains=("overfitting",),
    aim="validation",
    sentence=sentence,
    remedy=remedy,
)
