"""Copies of an experiment with something switched off, or with other examples. The original stays as it is."""

from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.preprocessing.none import NoPreprocessing
from simulator.data.sources import Source
from simulator.data.split import Split
from simulator.experiment.experiment import Divergence, Experiment, Seeds
from simulator.experiment.run import Run
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dropout import Dropout
from simulator.schedules.constant import ConstantRate
from simulator.training.run.setting import Setting
from simulator.training.run.trainer import Trainer

DEFAULT_EPOCHS = 20  # of an experiment that has no end of its own


class GivenSplit(Split, frozen=True, kw_only=True, eq=False):
    """A split whose parts are given. It lives in memory only: no file holds one."""

    training: Any
    validating: Any

    def indices(self, labels: NDArray[np.int64], seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self.training, self.validating


class GivenData(Source, frozen=True, kw_only=True, eq=False):
    """A data set that is given. It lives in memory only: no file holds one."""

    dataset: Any

    def load(self, seed: int) -> Dataset:
        held: Dataset = self.dataset
        return held


def with_prepared_data(experiment: Experiment) -> Experiment:
    """Return a copy whose data are preprocessed once, where each trainer would compute the axes anew."""
    seed = experiment.seeds.data
    dataset = experiment.data.load(seed)
    training, _validation = experiment.split.indices(dataset.labels, seed)
    transform = experiment.preprocessing.fit(dataset.features[training], dataset.image_shape)
    if transform.matrix is None:
        return experiment
    given = Dataset(transform.apply(dataset.features), dataset.labels, dataset.class_names)
    return replace(experiment, data=GivenData(dataset=given), preprocessing=NoPreprocessing())


def with_examples(
    experiment: Experiment,
    training: NDArray[np.int64],
    validation: NDArray[np.int64],
    train_on: int | None = None,
) -> Experiment:
    """Return a copy that trains on the examples of these numbers; preprocessing measures all of `training`.

    Parameters
    ----------
    train_on
        Only the first so many train.
    """
    return replace(experiment, split=GivenSplit(training=training, validating=validation, train_on=train_on))


def without_regularisation(experiment: Experiment) -> Experiment:
    """Return a copy without penalties, largest norm and dropout; schedule, epochs and early stopping are off too."""
    training = replace(
        endless(experiment).training,
        l2=0.0,
        l1=0.0,
        max_norm=None,
        schedule=ConstantRate(),
        divergence=Divergence(),
    )
    network = tuple(
        replace(entry, probability=0.0) if isinstance(entry, Dropout) else entry for entry in experiment.network
    )
    return replace(experiment, network=network, training=training)


def with_batch_statistics(experiment: Experiment) -> Experiment:
    """Return a copy whose batch norm measures the examples it is given at test time too.

    Running averages lag behind weights that move fast; what is asked here is what the weights can do.
    """
    network = tuple(
        replace(entry, test="batch") if isinstance(entry, BatchNorm) else entry for entry in experiment.network
    )
    return replace(experiment, network=network)


def endless(experiment: Experiment) -> Experiment:
    """Return a copy that trains until it is stopped."""
    return replace(experiment, training=replace(experiment.training, epochs=None, patience=None))


def with_end(experiment: Experiment, epochs: int | None) -> Experiment:
    """Return a copy that trains so many epochs: those asked for, else the experiment's own, else `DEFAULT_EPOCHS`."""
    epochs = epochs or experiment.training.epochs or DEFAULT_EPOCHS
    return replace(experiment, training=replace(experiment.training, epochs=epochs))


def reseeded(experiment: Experiment, number: int) -> Experiment:
    """Return the copy of that number with other weights and another order; number 0 is the experiment itself."""
    seeds = experiment.seeds
    return replace(experiment, seeds=Seeds(data=seeds.data, weights=seeds.weights + number, order=seeds.order + number))


def start(
    experiment: Experiment, dtype: type[np.floating[Any]] = np.float32, setting: Setting | None = None
) -> Trainer:
    """Return a trainer of the experiment, without edits; a `setting` of the same data is shared, not prepared again."""
    return Trainer(Run(experiment), dtype, setting)
