"""Ensembles: members alone are the trainer's, together they are the mean of their softmax outputs."""

import numpy as np
import pytest

from simulator.analysis.spread.ensemble import answered_together, ensemble, snapshot_ensemble, softmax
from simulator.errors import ExperimentError
from simulator.experiment.files import encode
from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer
from tests import reference

pytestmark = pytest.mark.validation


def small(**training):
    return from_plain(
        {
            "data": {"kind": "spiral"},
            "network": [{"kind": "dense", "units": 6}, {"kind": "tanh"}],
            "training": {"epochs": 10, "learning_rate": 0.3, **training},
        }
    )


def trained(asked, steps):
    """Return the reference's shares of the classes after so many steps, and the validation labels."""
    dataset = asked.data.load(asked.seeds.data)
    training, validation = reference.preprocessed(asked, dataset)
    weights = reference.initial_weights(asked, dataset.width, dataset.classes)
    weights = reference.train(asked, weights, steps, training).weights
    return reference.softmax(reference.forward(asked, weights, validation.features)[-1]), validation.labels


def test_that_members_and_their_mean_are_the_reference_s():
    asked = small()
    found = ensemble(asked, members=3)
    steps = Trainer(Run(asked)).steps_per_epoch * 10
    shares = []
    for number in range(3):
        seeds = {"seeds.weights": asked.seeds.weights + number, "seeds.order": asked.seeds.order + number}
        member, labels = trained(apply(asked, seeds), steps)
        shares.append(member)
        assert found.members[number] == pytest.approx((member.argmax(axis=1) == labels).mean())
    together = ((shares[0] + shares[1] + shares[2]) / 3).argmax(axis=1)
    assert found.together == pytest.approx((together == labels).mean())
    assert found.examples == labels.size
    assert found.steps == (steps,) * 3
    assert found.mean == pytest.approx(np.mean(found.members))
    assert found.complete
    assert len(set(found.members)) > 1


def test_that_snapshots_are_states_of_one_run():
    asked = small()
    found = snapshot_ensemble(asked, snapshots=4)
    per_epoch = Trainer(Run(asked)).steps_per_epoch
    assert found.steps == tuple(round(10 * per_epoch * n / 4) for n in range(1, 5))
    shares = []
    for steps, accuracy in zip(found.steps, found.members, strict=True):
        member, labels = trained(asked, steps)
        shares.append(member)
        assert accuracy == pytest.approx((member.argmax(axis=1) == labels).mean())
    assert found.together == pytest.approx((np.mean(shares, axis=0).argmax(axis=1) == labels).mean())


def test_that_the_first_member_and_the_last_snapshot_are_the_experiment_itself():
    asked = load("digits").experiment
    trainer = Trainer(Run(asked))
    trainer.advance(20 * trainer.steps_per_epoch)
    accuracy = trainer.evaluate(trainer.setting.validation)[1]
    assert ensemble(asked, members=1).members == (accuracy,)
    assert snapshot_ensemble(asked, snapshots=3).members[-1] == accuracy


def test_that_sure_members_outvote_unsure_ones():
    """The mean of the shares decides, not the number of votes."""
    labels = np.array([0, 0, 1])
    sure = np.array([[0.99, 0.01], [0.6, 0.4], [0.1, 0.9]])
    unsure = np.array([[0.45, 0.55], [0.3, 0.7], [0.6, 0.4]])
    alone, together = answered_together([sure, unsure, unsure], labels)
    assert alone == pytest.approx((1, 0, 0))
    assert together == pytest.approx(2 / 3)  # 0.63 and 0.57 are right, 0.4 is not
    assert np.isnan(answered_together([], labels)[1])


def test_that_softmax_is_the_reference_s_and_does_not_overflow():
    scores = np.array([[1.0, 2.0, 3.0], [1e4, 0.0, -1e4]], np.float32)
    np.testing.assert_allclose(softmax(scores), reference.softmax(scores.astype(np.float64)), rtol=1e-12)
    assert softmax(scores).dtype == np.float64


def test_that_diverged_members_are_counted_and_left_out():
    asked = apply(load("digits").experiment, {"training.learning_rate": 1e9})
    found = ensemble(asked, members=2)
    assert (found.members, found.diverged, found.complete) == ((), 2, True)
    assert np.isnan(found.together)
    assert np.isnan(found.mean)
    assert snapshot_ensemble(asked).diverged == 1


def test_that_early_stopping_gives_fewer_snapshots():
    found = snapshot_ensemble(small(patience=1, learning_rate=1e-9), snapshots=5)
    assert len(found.members) < 5


def test_that_without_validation_examples_it_says_so():
    asked = apply(small(), {"split.validation": 0})
    for function in (ensemble, snapshot_ensemble):
        with pytest.raises(ExperimentError, match="validation examples"):
            function(asked)


def test_that_it_can_be_stopped_and_reports_progress():
    for function in (ensemble, snapshot_ensemble):
        shares = []
        found = function(small(), 4, stop=lambda shares=shares: len(shares) >= 2, progress=shares.append)
        assert not found.complete
        assert len(found.members) == 2
        assert shares == [0.25, 0.5]


def test_that_it_repeats_itself_and_leaves_the_experiment_alone():
    asked = small()
    before = encode(Run(asked))
    for function in (ensemble, snapshot_ensemble):
        first, second = function(asked, 2), function(asked, 2)
        assert (first.members, first.together) == (second.members, second.together)
    assert encode(Run(asked)) == before
