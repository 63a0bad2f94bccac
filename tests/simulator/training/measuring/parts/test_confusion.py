"""The confusion matrix against plain NumPy."""

import numpy as np
import pytest

from simulator.data.sources.moons import Moons
from simulator.data.split import Split
from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load
from simulator.experiment.run import Run
from simulator.layers.dense import Dense
from simulator.layers.tanh import Tanh
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.runs import weights_of


def test_that_the_cells_count_what_plain_numpy_takes_each_example_for():
    trainer = Trainer(load("digits"), np.float64)
    trainer.advance(40)
    made = frame_of(trainer, {"confusion"}).parts["confusion"]
    _training, (examples, labels) = reference.preprocessed(trainer.experiment, trainer.setting.dataset, np.float64)
    shares = reference.softmax(reference.forward(trainer.experiment, weights_of(trainer), examples)[-1])
    answers = shares.argmax(axis=1)
    counts = np.zeros((10, 10), int)
    for label, answer in zip(labels, answers, strict=True):
        counts[label, answer] += 1
    assert made.validates
    np.testing.assert_array_equal(made.counts, counts)
    np.testing.assert_allclose(made.chosen, shares.max(axis=1), rtol=1e-5)
    np.testing.assert_allclose(made.true, shares[np.arange(len(labels)), labels], rtol=1e-4)
    row, column = made.worst
    assert counts[row, column] == (counts - np.diag(np.diag(counts))).max() > 0
    mistakes = made.of(row, column)
    assert sorted(mistakes) == list(np.flatnonzero((labels == row) & (answers == column)))
    assert (np.diff(shares[mistakes].max(axis=1)) <= 0).all()


def test_that_the_diagonal_is_the_accuracy_that_was_read():
    trainer = Trainer(load("spiral"))
    trainer.advance(300)
    trainer.read()
    made = frame_of(trainer, {"confusion"}).parts["confusion"]
    assert made.right / made.sample.size == pytest.approx(trainer.readings.readings().validation_accuracy[-1])


def test_that_the_training_set_is_asked_where_nothing_validates():
    experiment = Experiment(data=Moons(), split=Split(validation=0.0), network=(Dense(units=4, key=1), Tanh()))
    trainer = Trainer(Run(experiment))
    made = frame_of(trainer, {"confusion"}).parts["confusion"]
    assert not made.validates
    np.testing.assert_array_equal(made.sample, trainer.setting.read_training)


def test_that_scores_that_are_no_numbers_are_no_answer():
    trainer = Trainer(Run(Experiment(data=Moons(), network=(Dense(units=4, key=1), Tanh()))))
    trainer.state.parameters[:] = np.nan
    made = frame_of(trainer, {"confusion"}).parts["confusion"]
    assert made.counts.sum() == 0
    assert made.unanswered == made.sample.size
    assert made.worst is None
