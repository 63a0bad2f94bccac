"""Training examples that are all of one class: there is nothing to tell apart."""

import numpy as np

from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import class_counts, every_class_alike, fact, training_size
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message, counted


def classes_that_train(record: RunRecord) -> Series:
    """Return how many classes the training examples have."""
    return fact(record, float(np.count_nonzero(class_counts(record)[0])))


def sentence(record: RunRecord, _evidence: Evidence) -> Message:
    """Say which class it is, and how many there are."""
    training, validation = class_counts(record)
    classes = int(np.count_nonzero(training + validation))
    examples = training_size(record)
    values = {
        "count": strong(examples, "count"),
        "name": record.facts.dataset.class_names[int(training.argmax())],
        "classes": Measured(classes, "count"),
    }
    if classes == 1:
        return counted(
            "The only training example is of class {name}, and the data have no other.",
            "All {count} training examples are of class {name}, and the data have no other.",
            examples,
            values,
        )
    return counted(
        "The only training example is of class {name}; the data have {classes} classes. The loss falls to 0 and "
        "nothing is learned.",
        "All {count} training examples are of class {name}; the data have {classes} classes. The loss falls to 0 and "
        "nothing is learned.",
        examples,
        values,
    )


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return another split, where the data have more classes."""
    training, validation = class_counts(record)
    return every_class_alike(record) if np.count_nonzero(training + validation) > 1 else None


DIAGNOSIS = Diagnosis(
    rank=1,
    title=N_("All training examples are of one class"),
    story=N_(
        "Files are often sorted by class. A split that takes the last rows for validation leaves the first classes to "
        "training and the last ones to validation."
    ),
    slide="F7",
    proof="accuracy",
    quantity=classes_that_train,
    threshold=1.0,
    side="below",
    hold=Hold(),
    before=True,
    sample=training_size,
    explains=("overfitting", "evaluation_noise", "guessing"),
    aim="validation",
    sentence=sentence,
    remedy=remedy,
)
