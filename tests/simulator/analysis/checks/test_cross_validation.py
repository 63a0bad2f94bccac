"""k-fold cross-validation against plain NumPy, fold by fold."""

import numpy as np
import pytest

from simulator.analysis.checks.cross_validation import CrossValidation, Score, cross_validate, folds_of
from simulator.analysis.copies import start
from simulator.errors import ExperimentError
from simulator.experiment.files import encode
from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer
from tests import reference

pytestmark = pytest.mark.validation


def small(**more):
    return from_plain(
        {
            "data": {"kind": "moons", "examples": 103},
            "network": [{"kind": "dense", "units": 5}, {"kind": "tanh"}],
            "training": {"epochs": 4, "batch_size": 16, "learning_rate": 0.2},
            **more,
        }
    )


@pytest.mark.parametrize("order", ["shuffled", "stratified", "file"])
def test_that_every_example_validates_once(order):
    asked = small(split={"order": order})
    settings = [start(part).setting for part in folds_of(asked, 4)]
    dealt = np.concatenate([setting.validation for setting in settings])
    assert sorted(dealt) == list(range(103))
    assert {setting.validation.size for setting in settings} == {25, 26}
    for setting in settings:
        assert sorted([*setting.training, *setting.validation]) == list(range(103))


def test_that_stratified_folds_hold_the_classes_alike():
    shares = [start(part).setting for part in folds_of(small(split={"order": "stratified"}), 5)]
    ones = [setting.dataset.labels[setting.validation].sum() for setting in shares]
    assert max(ones) - min(ones) <= 1


def test_that_every_fold_is_trained_and_judged_as_in_numpy():
    """Preprocessing measures the training part of the fold alone."""
    asked = small(preprocessing={"kind": "standardise"})
    found = cross_validate(asked, folds=3)
    dataset = asked.data.load(asked.seeds.data)
    raw = dataset.features.astype(np.float64)
    order = np.random.default_rng([asked.seeds.data, 1]).permutation(103)
    pieces = np.array_split(order, 3)
    for number, fold in enumerate(found.folds):
        rest = np.concatenate([piece for other, piece in enumerate(pieces) if other != number])
        x = (raw - raw[rest].mean(axis=0)) / raw[rest].std(axis=0)
        weights = reference.initial_weights(asked, 2, 2)
        steps = 4 * -(-rest.size // 16)
        trained = reference.train(asked, weights, steps, reference.Examples(x[rest], dataset.labels[rest]))
        held = reference.Examples(x[pieces[number]], dataset.labels[pieces[number]])
        losses, _ = reference.loss_and_gradients(asked, trained.weights, held.features, held.labels)
        assert fold.accuracy == pytest.approx(reference.accuracy(asked, trained.weights, held))
        assert fold.loss == pytest.approx(losses.data, rel=1e-4)
        assert fold.examples == pieces[number].size
        assert not fold.diverged


def test_that_mean_and_spread_are_those_of_the_folds():
    folds = tuple(Score(accuracy, 1.0, 50, False, 1.0) for accuracy in (0.7, 0.8, 0.9))
    found = CrossValidation(folds, folds[0], 4, 3.0, True)
    assert found.mean == pytest.approx(0.8)
    assert found.spread == pytest.approx(0.1)
    assert folds[1].error == pytest.approx(np.sqrt(0.8 * 0.2 / 50))
    assert np.isnan(CrossValidation((), None, 4, 0.0, False).mean)
    assert np.isnan(CrossValidation(folds[:1], None, 4, 0.0, False).spread)


def test_that_the_single_split_stands_beside_and_is_the_last_fold_where_the_shares_agree():
    asked = apply(small(), {"data.examples": 100, "split.validation": 0.25})
    found = cross_validate(asked, folds=4)
    trainer = Trainer(Run(asked))
    trainer.advance(4 * trainer.steps_per_epoch)
    loss, accuracy = trainer.evaluate(trainer.setting.validation)
    assert (found.single.accuracy, found.single.loss) == (accuracy, loss)
    assert (found.folds[-1].accuracy, found.folds[-1].loss) == (accuracy, loss)
    assert found.complete
    assert found.epochs == 4
    assert found.seconds >= sum(fold.seconds for fold in found.folds)


def test_that_without_validation_examples_the_folds_stand_alone():
    found = cross_validate(small(split={"validation": 0}), folds=2)
    assert found.single is None
    assert len(found.folds) == 2
    assert found.complete


def test_that_train_on_holds_in_every_fold():
    asked = small(split={"train_on": 10})
    assert [start(part).setting.training.size for part in folds_of(asked, 3)] == [10] * 3


def test_that_an_experiment_without_end_gets_20_epochs_and_others_what_is_asked_for():
    asked = apply(small(), {"training.epochs": None})
    assert cross_validate(asked, folds=2).epochs == 20
    assert cross_validate(asked, folds=2, epochs=3).epochs == 3
    assert cross_validate(small(), folds=2).epochs == 4


def test_that_diverged_folds_are_marked():
    found = cross_validate(apply(load("digits").experiment, {"training.learning_rate": 1e9}), folds=2, epochs=2)
    assert all(fold.diverged for fold in found.folds)
    assert found.single.diverged


@pytest.mark.parametrize("folds", [0, 1, 104])
def test_that_an_impossible_number_of_folds_is_said(folds):
    with pytest.raises(ExperimentError, match="folds must be between 2 and the 103 examples"):
        cross_validate(small(), folds=folds)


def test_that_it_can_be_stopped_and_reports_progress():
    shares = []
    found = cross_validate(small(), folds=3, stop=lambda: len(shares) >= 2, progress=shares.append)
    assert not found.complete
    assert found.single is not None
    assert len(found.folds) == 1
    assert shares == [0.25, 0.5]


def test_that_it_repeats_itself_and_leaves_the_experiment_alone():
    asked = small()
    before = encode(Run(asked))
    first, second = (cross_validate(asked, folds=3) for _ in range(2))
    assert [fold.loss for fold in first.folds] == [fold.loss for fold in second.folds]
    assert encode(Run(asked)) == before
