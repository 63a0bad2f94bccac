"""What the diagnoses of data and settings share: they are known before the first step and stay as they are."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.doctor.diagnosis import Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.message import N_, Message


def fact(record: RunRecord, value: float) -> Series:
    """Return a quantity that is the same from the beginning to the step on display."""
    step = np.unique([record.began, record.frame.step]).astype(np.float64)
    return Series(step, np.full((step.size, 1), float(value)))


def class_counts(record: RunRecord) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many training and how many validation examples each class has."""
    labels, classes = record.facts.dataset.labels, record.facts.dataset.classes
    training = np.bincount(labels[record.facts.training], minlength=classes)
    return training, np.bincount(labels[record.facts.validation], minlength=classes)


def training_size(record: RunRecord) -> int:
    """Return the number of training examples."""
    return int(record.facts.training.size)


def no_sample(_record: RunRecord) -> int:
    """Return 0: a setting is read, not measured."""
    return 0


def column_name(record: RunRecord, column: int) -> str:
    """Return the name of a column, or its number counted from 1."""
    names = record.facts.dataset.feature_names
    return names[column] if column < len(names) else str(column + 1)


def every_class_alike(record: RunRecord) -> Remedy | None:
    """Return a split that shuffles, or one with the same share of every class where it does so already."""
    order = record.experiment.split.order
    if order == "stratified":
        return None
    if order == "file":
        text = N_("Training and validation examples are drawn from the whole file, not cut off at its end.")
        return Remedy("split", Message(N_("Shuffle")), Message(text), {"split.order": "shuffled"})
    text = N_("Every class has the same share of the training and of the validation examples.")
    return Remedy("split", Message(N_("Every class alike")), Message(text), {"split.order": "stratified"})
