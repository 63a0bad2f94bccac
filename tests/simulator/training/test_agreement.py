"""A run agrees with the reference, step by step."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.experiment.run import Edit, Run
from simulator.training.trainer import Trainer
from tests import reference
from tests.runs import advance, parameters, trained_by_reference
from tests.strategies import live_patches, small_experiments

pytestmark = pytest.mark.validation

EXACT = {"rtol": 1e-9, "atol": 1e-11}
SINGLE = {"rtol": 1e-4, "atol": 1e-4}

steps = st.integers(1, 40)
edit_logs = st.lists(st.tuples(st.integers(0, 30), live_patches()), max_size=3).map(
    lambda edits: sorted(edits, key=lambda edit: edit[0])
)


def edited(experiment, edits):
    run = Run(experiment)
    for step, patch in edits:
        run = run.with_edit(step, patch)
    return run


def rounding_decides(run):
    """Tell whether L1's sign(W) may meet weights that would be 0 but for rounding."""
    begins = [run.experiment.output, *(entry for entry in run.experiment.network if entry.kind == "dense")]
    equal = any(entry.weights.kind in ("zeros", "constant") for entry in begins)
    return equal and any(run.at(edit.step).training.l1 > 0 for edit in (Edit(0, {}), *run.edits))


def assert_agrees(run, count, dtype, close):
    assume(not rounding_decides(run))
    trainer = Trainer(run, dtype)
    data, penalties = advance(trainer, count, 1000)
    expected = trained_by_reference(run, count)
    np.testing.assert_allclose(data, [loss.data for loss in expected.losses], **close)
    np.testing.assert_allclose(penalties, [loss.penalty for loss in expected.losses], **close)
    np.testing.assert_allclose(parameters(trainer), reference.flat(expected.weights), **close)


@given(small_experiments(), steps)
def test_that_a_run_in_float64_is_the_reference_s(experiment, count):
    assert_agrees(Run(experiment), count, np.float64, EXACT)


@given(small_experiments(), steps)
def test_that_a_run_in_float32_is_nearly_the_reference_s(experiment, count):
    assert_agrees(Run(experiment), count, np.float32, SINGLE)


@given(small_experiments(), edit_logs)
def test_that_a_run_with_live_edits_is_the_reference_s(experiment, edits):
    assert_agrees(edited(experiment, edits), 40, np.float64, EXACT)


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
    assume(not rounding_decides(Run(experiment)))
    trainer = Trainer(Run(experiment), np.float64)
    for _ in range(epochs):
        trainer.advance(10_000, to_epoch_end=True)
    data = trainer.facts.dataset
    weights = trained_by_reference(Run(experiment), trainer.step).weights
    training, validation = reference.preprocessed(experiment, data)
    readings = trainer.readings.readings()
    assert readings.epoch.tolist() == list(range(epochs + 1))
    if len(validation.labels):
        scores = reference.forward(experiment, weights, validation.features)[-1]
        loss, _ = reference.softmax_cross_entropy(scores, validation.labels)
        assert readings.validation_loss[-1] == pytest.approx(loss, rel=1e-9)
        assert readings.validation_accuracy[-1] == reference.accuracy(experiment, weights, validation)
    else:
        assert np.isnan(readings.validation_loss).all()
        assert np.isnan(readings.validation_accuracy).all()
        scores = reference.forward(experiment, weights, training.features)[-1]
        loss, _ = reference.softmax_cross_entropy(scores, training.labels)
        assert readings.training_loss[-1] == pytest.approx(loss, rel=1e-9)
