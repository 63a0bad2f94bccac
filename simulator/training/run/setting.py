"""What a run needs of its data: loaded, split, preprocessed, and the samples that are measured."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.formats.faults import shown
from simulator.data.portrait import Portrait, portrait
from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.machine.probe import Inputs
from simulator.message import N_, Message, counted
from simulator.training.frames.curves import Samples
from simulator.training.frames.picture import RunFacts

LARGEST_SAMPLE = 1000
MOST_NAMED = 8
NEVER_EARLY = N_("early stopping never stops this run, as there are no validation examples; raise the validation share")


@dataclass(frozen=True, eq=False)
class Setting:
    """The data side of a run.

    Attributes
    ----------
    training, validation
        Indices of all examples of each part.
    probe
        Indices of the training examples that frames are measured on, at most 1,000, chosen by the data seed.
    read_training, read_validation
        Indices of the examples that accuracies are measured on: equally many of both, at most 1,000 each.
    """

    dataset: Dataset
    inputs: Inputs
    training: NDArray[np.int64]
    validation: NDArray[np.int64]
    probe: NDArray[np.int64]
    read_training: NDArray[np.int64]
    read_validation: NDArray[np.int64]

    @property
    def samples(self) -> Samples:
        """On how many examples of each split accuracies are read, and how many there are."""
        sets = (self.read_training, self.read_validation, self.training, self.validation)
        return Samples(*(int(each.size) for each in sets))

    @property
    def notes(self) -> tuple[Message, ...]:
        """What a user should know of the data: where they come from, what preprocessing kept, what training lacks."""
        notes = (self.dataset.source_note, self.inputs.transform.note, self._not_trained_on)
        return tuple(note for note in notes if note is not None)

    @property
    def _not_trained_on(self) -> Message | None:
        """Say which classes the split leaves to validation alone."""
        there = self.dataset.class_counts
        trained = np.bincount(self.dataset.labels[self.training], minlength=self.dataset.classes)
        missing = [place for place, count in enumerate(there) if count and not trained[place]]
        if not missing or self.training.size + self.validation.size < self.dataset.examples:
            return None
        names = ", ".join(shown(self.dataset.class_names[place]) for place in missing[:MOST_NAMED])
        return counted(
            "a class has no training example ({count:,} of {classes:,}): {names}; choose another '{field}'",
            "classes have no training example ({count:,} of {classes:,}): {names}; choose another '{field}'",
            len(missing),
            {"classes": len(there), "names": names, "field": Message(N_("Split order"))},
        )

    @cached_property
    def portrait(self) -> Portrait | None:
        """What can be seen of a table's columns before any training; None for pictures."""
        return portrait(self.dataset, self.training, self.probe, self.inputs.transform)

    @property
    def nbytes(self) -> int:
        """Bytes of the examples, as they came and as the network gets them, and of the indices."""
        given = [array for array in (self.inputs.pixels, self.inputs.numbers) if array.size]
        own = [array for array in given if not np.may_share_memory(array, self.dataset.features)]
        indices = (self.training, self.validation, self.probe, self.read_training, self.read_validation)
        return self.dataset.nbytes + sum(array.nbytes for array in (*own, *indices))

    def without_data(self) -> "Setting":
        """Return what is left when the examples are given back: how wide they are, and which classes there are."""
        none = np.zeros(0, np.int64)
        empty = np.zeros((0, self.dataset.width), self.dataset.features.dtype)
        dataset = replace(self.dataset, features=empty, labels=none)
        return Setting(dataset, self.inputs.without_data(), none, none, none, none, none)

    def facts(self, experiment: Experiment, parameters: int) -> RunFacts:
        """Return what does not change while a run of so many parameters trains."""
        loss, formula = experiment.loss.guessing(self.dataset.labels[self.training], self.dataset.classes)
        unheard = experiment.training.patience is not None and not self.validation.size
        return RunFacts(
            dataset=self.dataset,
            training=self.training,
            validation=self.validation,
            parameters=parameters,
            probe_examples=self.probe.size,
            validation_examples=self.read_validation.size,
            guessing_loss=loss,
            guessing_formula=formula,
            notes=(*self.notes, Message(NEVER_EARLY)) if unheard else self.notes,
            portrait=self.portrait,
        )


def same_data(one: Experiment, other: Experiment) -> bool:
    """Tell whether runs of both may share a setting."""
    parts = ("data", "split", "preprocessing")
    return one.seeds.data == other.seeds.data and all(getattr(one, part) == getattr(other, part) for part in parts)


def prepare(experiment: Experiment, dtype: np.dtype[Any], dataset: Dataset | None = None) -> Setting:
    """Load, split and measure the data of `experiment`; its examples may be given where they are there already."""
    seed = experiment.seeds.data
    dataset = experiment.data.load(seed) if dataset is None else dataset
    if dataset.examples < 2:
        raise ExperimentError(Message(N_("the data set has fewer than two examples")))
    training, validation = experiment.split.indices(dataset.labels, seed)
    transform = experiment.preprocessing.fit(dataset.features[training], dataset.image_shape)
    training = training[: experiment.split.train_on]
    chosen = np.random.default_rng([seed, 2]).permutation(training)
    read_validation = validation[:LARGEST_SAMPLE]
    # Without validation the training accuracy stands alone, on as many examples as there may be.
    count = read_validation.size or LARGEST_SAMPLE
    return Setting(
        dataset=dataset,
        inputs=Inputs.of(dataset.features, dataset.labels, transform, dtype),
        training=training,
        validation=validation,
        probe=chosen[:LARGEST_SAMPLE],
        read_training=chosen[:count],
        read_validation=read_validation,
    )
