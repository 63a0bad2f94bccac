"""A run agrees with the reference, step by step."""

from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer
from tests import every_kind, reference
from tests.runs import advance, at_test, parameters, trained_by_reference, weights_of
from tests.strategies import edited_runs, small_experiments

pytestmark = [pytest.mark.slow, pytest.mark.validation]

EXACT = {"rtol": 1e-9, "atol": 1e-11}
SINGLE = {"rtol": 1e-4, "atol": 1e-4}

KNOWN = sorted({**reference.ACTIVATIONS, **reference.OTHER_LAYERS})
MANY = settings(max_examples=max(80, settings().max_examples))

steps = st.integers(1, 40)


def everything(trained):
    """Losses, weights and running statistics in one row."""
    running = [part for place in sorted(trained.running) for part in trained.running[place]]
    return np.concatenate([np.ravel(trained.losses), reference.flat(trained.weights), *running])


@contextmanager
def unless_rounding_decides(run, count, close):
    """Let a drawn run go that stands on an edge: there the least change of its first weights changes it as well."""
    try:
        yield
    except AssertionError:
        kept = everything(trained_by_reference(run, count))
        for way in (1e-3, -1e-3, 1e-2, -1e-2):
            moved = everything(trained_by_reference(run, count, moved=way * close["atol"]))
            assume(np.allclose(kept, moved, **close))
        raise


def both(run, count, dtype):
    """Train the run, and let the reference train it; return everything of both."""
    trainer = Trainer(run, dtype)
    data, penalties = advance(trainer, count, 1000)
    expected = trained_by_reference(run, count)
    found = reference.Trained(
        [reference.Losses(a + b, a, b) for a, b in zip(data, penalties, strict=True)],
        weights_of(trainer),
        at_test(trainer).running,
    )
    return everything(found), everything(expected)


def assert_agrees(run, count, dtype, close):
    found, expected = both(run, count, dtype)
    with unless_rounding_decides(run, count, close):
        np.testing.assert_allclose(found, expected, **close)


@MANY
@given(small_experiments(), steps)
def test_that_a_run_in_float64_is_the_reference_s(experiment, count):
    assert_agrees(Run(experiment), count, np.float64, EXACT)


@given(small_experiments(), steps)
def test_that_a_run_in_float32_is_nearly_the_reference_s(experiment, count):
    assert_agrees(Run(experiment), count, np.float32, SINGLE)


@MANY
@given(edited_runs())
def test_that_a_run_with_live_edits_is_the_reference_s(run):
    assert_agrees(run, 40, np.float64, EXACT)


@given(edited_runs())
def test_that_a_run_with_live_edits_in_float32_is_nearly_the_reference_s(run):
    assert_agrees(run, 40, np.float32, SINGLE)


@pytest.mark.parametrize("schedule", reference.SCHEDULES)
@pytest.mark.parametrize("optimizer", reference.RULES)
def test_that_a_network_of_every_kind_trains_as_the_reference_s(optimizer, schedule):
    """With a remainder of one at every epoch's end."""
    run = Run(every_kind.experiment(KNOWN, optimizer, schedule))
    assert len(Trainer(run).facts.training) % run.experiment.training.batch_size == 1
    np.testing.assert_allclose(*both(run, 40, np.float64), **EXACT)
    np.testing.assert_allclose(*both(run, 40, np.float32), **SINGLE)


@given(small_experiments())
def test_that_the_weights_at_the_start_are_the_reference_s(experiment):
    trainer = Trainer(Run(experiment))
    data = trainer.facts.dataset
    expected = reference.flat(reference.initial_weights(experiment, data.width, data.classes))
    np.testing.assert_array_equal(parameters(trainer), expected.astype(np.float32))


@given(small_experiments(), steps)
def test_that_epochs_are_counted_as_the_reference_counts_them(experiment, count):
    trainer = Trainer(Run(experiment))
    advance(trainer, count, 7)
    *_, (*_, epoch) = reference.mini_batches({0: experiment}, len(trainer.facts.training), count)
    assert trainer.step == count
    assert trainer.epoch == pytest.approx(epoch, rel=1e-12)


@given(small_experiments(), st.integers(0, 3))
def test_that_readings_at_epoch_ends_are_the_reference_s_accuracies(experiment, epochs):
    trainer = Trainer(Run(experiment), np.float64)
    for _ in range(epochs):
        trainer.advance(10_000, to_epoch_end=True)
    data = trainer.facts.dataset
    weights, how = weights_of(trainer), at_test(trainer)
    training, validation = reference.preprocessed(experiment, data)
    readings = trainer.readings.readings()
    assert readings.epoch.tolist() == list(range(epochs + 1))
    if len(validation.labels):
        scores = reference.forward(experiment, weights, validation.features, how)[-1]
        loss, _ = reference.softmax_cross_entropy(scores, validation.labels)
        assert readings.validation_loss[-1] == pytest.approx(loss, rel=1e-9)
        assert readings.validation_accuracy[-1] == reference.accuracy(experiment, weights, validation, how)
    else:
        assert np.isnan(readings.validation_loss).all()
        assert np.isnan(readings.validation_accuracy).all()
        scores = reference.forward(experiment, weights, training.features, how)[-1]
        loss, _ = reference.softmax_cross_entropy(scores, training.labels)
        assert readings.training_loss[-1] == pytest.approx(loss, rel=1e-9)
