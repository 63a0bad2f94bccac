"""The learning-rate range test against plain gradient descent, and the range it suggests."""

import numpy as np
import pytest

from simulator.analysis.clock import Clock
from simulator.analysis.curves import range_test as ranges
from simulator.analysis.curves.range_test import RangeTest, range_test, widening_sweep
from simulator.experiment.files import encode
from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer
from tests import reference

pytestmark = pytest.mark.validation


def linear(**training):
    """A linear network on all of 120 points at a time."""
    plain = {
        "data": {"kind": "blobs", "examples": 120},
        "split": {"validation": 0},
        "training": {"batch_size": 120, "optimizer": {"kind": "sgd", "momentum": 0}, **training},
    }
    return from_plain(plain)


def test_that_one_small_step_lowers_the_loss_by_rate_times_the_squared_gradient():
    asked = linear()
    found = range_test(asked, low=1e-3, high=1e-2, points=2, seeds=1, steps=1)
    dataset = asked.data.load(asked.seeds.data)
    weights = reference.initial_weights(asked, dataset.width, dataset.classes)
    training, _ = reference.preprocessed(asked, dataset)
    losses, gradients = reference.loss_and_gradients(asked, weights, training.features, training.labels)
    squared = float((reference.flat(gradients) ** 2).sum())
    np.testing.assert_allclose(found.rates, [1e-3, 1e-2])
    np.testing.assert_allclose(losses.data - found.losses[0], found.rates * squared, rtol=0.02)
    assert found.first == pytest.approx([losses.data], rel=1e-5)


def test_that_every_run_is_the_trainer_s():
    asked = apply(load("digits").experiment, {"training.schedule": {"kind": "decay", "factor": 0.1}})
    found = range_test(asked, low=1e-3, high=1e-1, points=3, seeds=2, steps=40)
    for seed in (0, 1):
        for point, rate in enumerate((1e-3, 1e-2, 1e-1)):
            patch = {"seeds.weights": asked.seeds.weights + seed, "seeds.order": asked.seeds.order + seed}
            patch |= {"training.learning_rate": rate, "training.schedule": {"kind": "constant"}}
            trainer = Trainer(Run(apply(asked, patch)))
            assert found.first[seed] == pytest.approx(trainer.evaluate(trainer.setting.probe)[0], rel=1e-6)
            trainer.advance(40)
            assert found.losses[seed, point] == pytest.approx(trainer.evaluate(trainer.setting.probe)[0], rel=1e-6)
    np.testing.assert_allclose(found.median, found.losses.mean(axis=0))


def test_that_steps_go_on_beyond_the_epochs_of_the_experiment():
    found = range_test(linear(epochs=1, patience=1), low=0.1, high=0.1, points=1, seeds=1, steps=50)
    short = range_test(linear(epochs=1), low=0.1, high=0.1, points=1, seeds=1, steps=1)
    assert found.losses[0, 0] < 0.9 * short.losses[0, 0]


def test_that_the_ends_of_the_sweep_are_too_low_and_too_high():
    found = range_test(load("digits").experiment)
    low, high = found.suggested
    assert found.rates.size == 13
    assert found.losses.shape == (3, 13)
    np.testing.assert_allclose(found.rates[[0, -1]], [1e-6, 10])
    assert found.complete
    assert found.median[0] > 0.95 * found.first.mean()
    assert not found.diverged[:6].any()
    assert found.diverged[-1]
    assert 1e-4 < low < 0.05 < high < 1  # the experiment's own rate, 0.05, lies within
    inside = (found.rates >= low) & (found.rates <= high)
    assert (found.median[inside] <= 0.8 * np.log(10)).all()
    assert not found.diverged[inside].any()


def test_that_a_network_that_cannot_learn_gets_no_range():
    """Ten layers of tanh with tiny weights (slide D2), in so few steps."""
    found = range_test(load("D2").experiment, low=1e-4, high=1e-2, points=2, seeds=1, steps=5)
    assert found.complete
    assert found.suggested is None


def suggested(rates, losses, first=1.0, zero=1.0):
    return RangeTest(rates, losses, np.full(len(losses), first), zero, 100, complete=True).suggested


def test_that_a_rate_that_diverges_from_one_start_is_not_suggested():
    rates = np.array([1e-3, 1e-2, 1e-1, 1.0])
    losses = np.array([[0.9, 0.5, 0.3, 0.2], [0.9, 0.6, 0.3, 0.2], [0.9, 0.5, 0.3, np.inf]])
    assert suggested(rates, losses) == (1e-2, 1e-1)
    losses[2, 3] = 3.5
    assert suggested(rates, losses) == (1e-2, 1e-1)
    losses[2, 3] = 0.9
    assert suggested(rates, losses) == (1e-2, 1.0)


def test_that_the_range_is_one_stretch_round_the_best():
    rates = np.geomspace(1e-4, 1, 5)
    losses = np.array([[0.7, 0.95, 0.5, 0.3, 0.79]])
    assert suggested(rates, losses) == pytest.approx((1e-2, 1.0))
    assert suggested(rates[:2], losses[:, :2]) == pytest.approx((1e-4, 1e-4))


def test_that_20_per_cent_is_enough_and_less_is_not():
    rates = np.array([0.1])
    assert suggested(rates, np.array([[0.8]])) == (0.1, 0.1)
    assert suggested(rates, np.array([[0.81]])) is None
    assert suggested(rates, np.array([[np.nan]])) is None


def test_that_a_fifth_is_taken_from_the_best_constant_answer_and_not_from_the_first_loss():
    rates = np.array([1e-3, 1e-2, 1e-1])
    losses = np.array([[30.0, 2.2, 1.8]])
    assert suggested(rates, losses, first=50.0, zero=2.3) == (0.1, 0.1)
    assert suggested(rates, losses[:, :2], first=50.0, zero=2.3) is None
    # a first loss under the constant answer's: one class is rare and was guessed right
    assert suggested(rates, np.array([[0.21, 0.17, 0.15]]), first=0.1, zero=0.22) == (1e-2, 1e-1)


def test_that_the_zero_is_the_entropy_of_the_training_labels():
    asked = apply(linear(), {"data.classes": 3})
    labels = asked.data.load(asked.seeds.data).labels
    shares = np.bincount(labels) / labels.size
    found = range_test(asked, points=1, low=0.1, high=0.1, seeds=1, steps=1)
    assert found.zero == pytest.approx(-np.sum(shares * np.log(shares)), rel=1e-12)


# --- the budget ---


def test_that_the_steps_double_until_a_rate_learns():
    steps = []
    for rate in (3e-2, 1e-2, 3e-3, 1e-3, 3e-4):
        found = widening_sweep(linear(), np.array([rate]), 1, Clock())
        steps.append(found.steps)
        assert (found.suggested is None) == (rate == 3e-4)
        if found.steps > 100:
            assert range_test(linear(), rate, rate, points=1, seeds=1, steps=found.steps // 2).suggested is None
    assert steps == [100, 200, 800, 1600, 1600]


@pytest.mark.parametrize(("times", "steps"), [(0, 100), (399, 100), (401, 200), (1599, 400), (10_000, 1600)])
def test_that_a_large_network_gets_fewer_steps_by_its_multiply_adds(monkeypatch, times, steps):
    monkeypatch.setattr(ranges, "sweep", lambda *a: RangeTest(a[1], np.ones((2, 1)), np.ones(2), 1.0, a[3], True))
    step = 120 * (3 * (2 * 3 + 3) + 10_000)
    found = widening_sweep(linear(), np.array([1e-8]), 2, Clock(), budget=2 * step * times)
    assert found.steps == steps


def test_that_a_stopped_sweep_returns_what_it_has():
    shares = []
    found = range_test(linear(), points=5, seeds=2, steps=10, stop=lambda: len(shares) >= 4, progress=shares.append)
    assert not found.complete
    assert np.isfinite(found.losses).sum() == 4
    assert np.isnan(found.losses[:, 2:]).all()
    assert shares == pytest.approx([0.1, 0.2, 0.3, 0.4])


def test_that_it_repeats_itself_and_leaves_the_experiment_alone():
    asked = load("spiral").experiment
    before = encode(Run(asked))
    first, second = (range_test(asked, points=4, seeds=2, steps=20) for _ in range(2))
    np.testing.assert_array_equal(first.losses, second.losses)
    assert not (first.losses[0] == first.losses[1]).any()
    assert encode(Run(asked)) == before
