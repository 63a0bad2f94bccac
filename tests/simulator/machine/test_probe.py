"""One pass in a room of its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.machine.probe import Inputs, Probe
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.runs import fingerprint, weights_of
from tests.strategies import any_networks, small_experiments


def probe_of(trainer):
    return Probe(trainer.program, trainer.state)


@given(small_experiments())
def test_that_a_pass_shows_every_value_and_every_gradient(experiment):
    trainer = Trainer(Run(experiment), np.float64)
    setting, probe = trainer.setting, probe_of(trainer)
    probe.forward(setting.inputs, setting.training)
    probe.backward()
    training, _ = reference.preprocessed(experiment, setting.dataset)
    values = reference.forward(experiment, weights_of(trainer), training.features)
    _, dscores = reference.softmax_cross_entropy(values[-1], training.labels)
    _, deltas = reference.backward(experiment, weights_of(trainer), values, dscores)
    for operation, (value, delta) in enumerate(zip(values, deltas, strict=True), start=-1):
        np.testing.assert_allclose(probe.output(operation), value, rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(probe.delta(operation), delta, rtol=1e-9, atol=1e-11)


@given(small_experiments())
def test_that_the_local_derivative_is_that_of_the_activation(experiment):
    trainer = Trainer(Run(experiment), np.float64)
    setting, probe = trainer.setting, probe_of(trainer)
    probe.forward(setting.inputs, setting.training)
    training, _ = reference.preprocessed(experiment, setting.dataset)
    values = reference.forward(experiment, weights_of(trainer), training.features)
    for operation, entry in enumerate(experiment.network):
        if entry.elementwise:
            slope = reference.slope_at(experiment, weights_of(trainer), operation, values[operation])
            np.testing.assert_allclose(probe.local_derivative(operation), slope, rtol=1e-8, atol=1e-10)


@given(small_experiments(), st.integers(0, 4))
def test_that_a_probe_disturbs_no_run(experiment, steps):
    trainer = Trainer(Run(experiment))
    trainer.advance(steps)
    before = fingerprint(trainer), trainer.state.gradients.tobytes()
    probe = probe_of(trainer)
    probe.forward(trainer.setting.inputs, trainer.setting.training)
    probe.backward()
    assert (fingerprint(trainer), trainer.state.gradients.tobytes()) == before


@given(small_experiments(networks=any_networks(test=st.just("running"))))
def test_that_scores_do_not_depend_on_the_pieces_they_are_computed_in(experiment):
    trainer = Trainer(Run(experiment))
    probe, setting = probe_of(trainer), trainer.setting
    many = np.tile(setting.training, 1 + 2 * probe.program.capacity // setting.training.size)
    scores = probe.scores(setting.inputs, many)
    assert scores.shape == (many.size, setting.dataset.classes)
    once = probe.scores(setting.inputs, setting.training)
    np.testing.assert_allclose(scores[: once.shape[0]], once, rtol=1e-5, atol=1e-6)


def test_that_other_points_are_seen_under_the_same_preprocessing():
    trainer = Trainer(Run(small_spiral()))
    inputs = trainer.setting.inputs
    points = trainer.setting.dataset.features[:5].copy()
    other = inputs.at(points)
    np.testing.assert_array_equal(other.shift, inputs.shift)
    np.testing.assert_array_equal(other.scale, inputs.scale)
    np.testing.assert_array_equal(other.numbers, points)
    probe = probe_of(trainer)
    np.testing.assert_array_equal(probe.scores(other, np.arange(5)), probe.scores(inputs, np.arange(5, dtype=np.int64)))


def test_that_inputs_are_shared_and_cannot_be_written_to():
    trainer = Trainer(Run(small_spiral()))
    inputs = trainer.setting.inputs
    assert isinstance(inputs, Inputs)
    assert np.shares_memory(inputs.numbers, trainer.setting.dataset.features)
    with pytest.raises(ValueError, match="read-only"):
        inputs.numbers[0, 0] = 1


def small_spiral():
    return from_plain({"data": {"kind": "spiral", "examples": 30}, "preprocessing": {"kind": "standardise"}})
