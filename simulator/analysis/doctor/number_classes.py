"""Dozens of classes that are numbers: a quantity to predict, not a class (no regression here)."""

from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import fact
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.data.formats.classes import FEW_CLASSES, ROWS_OF_A_CLASS, are_numbers
from simulator.message import N_, Message


def classes_that_are_numbers(record: RunRecord) -> Series | None:
    """Return how many classes there are, where all their names are numbers."""
    names = record.facts.dataset.class_names
    return fact(record, len(names)) if are_numbers(names) else None


def have_few_examples(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether a class has few examples on average, or a name that is no whole number."""
    dataset = record.facts.dataset
    return dataset.examples < ROWS_OF_A_CLASS * dataset.classes or any(float(name) % 1 for name in dataset.class_names)


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how many different values there are among how many examples."""
    dataset = record.facts.dataset
    low, high = sorted(dataset.class_names, key=float)[:: dataset.classes - 1]
    text = N_(
        "{classes} classes for {examples} examples, and all are numbers, from {low} to {high}: this looks like a "
        "quantity. Cut it into a few groups in the file, or choose another column of classes."
    )
    values = {
        "classes": strong(evidence.value, "count"),
        "examples": Measured(dataset.examples, "count"),
        "low": low,
        "high": high,
    }
    return Message(text, values)


def remedy(_record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return nothing: the file has to be changed."""
    return None


DIAGNOSIS = Diagnosis(
    rank=2,
    title=N_("The classes are really a number"),
    story=N_(
        "Softmax tells classes apart and knows no order: 21.7 and 21.8 are as different to it as 5 and 50. A class of "
        "which there are one or two examples cannot be learned."
    ),
    slide="F1",
    proof="accuracy",
    quantity=classes_that_are_numbers,
    threshold=FEW_CLASSES + 1.0,
    side="above",
    hold=Hold(),
    needs=(have_few_examples,),
    before=True,
    sample=lambda record: record.facts.dataset.examples,
    explains=("overfitting", "underfitting", "evaluation_noise", "guessing"),
    sentence=sentence,
    remedy=remedy,
)
