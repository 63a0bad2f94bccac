"""Cuts through the loss against plain NumPy."""

import numpy as np
import pytest

from simulator.analysis.landscape import loss_slice
from simulator.experiment.library import load
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests import reference


def loss_of(trainer, parameters, sample):
    """Return the data loss of ReLU layers with these parameters, in plain NumPy."""
    setting = trainer.setting
    x = (setting.dataset.features[sample].astype(float) - setting.inputs.shift) * setting.inputs.scale
    blocks = [parameters[item.span].reshape(item.block.shape) for item in trainer.program.placed]
    for layer in range(0, len(blocks), 2):
        x = x @ blocks[layer] + blocks[layer + 1]
        if layer < len(blocks) - 2:
            x = np.maximum(x, 0)
    return reference.softmax_cross_entropy(x, setting.dataset.labels[sample])[0]


@pytest.fixture(scope="module")
def timeline():
    made = Timeline(Trainer(load("spiral")))
    made.advance(200)
    return made


def test_that_the_line_is_the_loss_of_mixed_weights(timeline):
    made = loss_slice.loss_line(timeline.past(), 0, 200, points=7)
    start, now = (timeline.restored(step) for step in (0, 200))
    first, last = (each.state.parameters.astype(float) for each in (start, now))
    setting = timeline.trainer.setting
    for share, training, validation in zip(made.shares, made.training, made.validation, strict=True):
        mixed = (1 - share) * first + share * last
        assert training == pytest.approx(loss_of(now, mixed, setting.probe), rel=1e-4)
        assert validation == pytest.approx(loss_of(now, mixed, setting.read_validation), rel=1e-4)
    assert made.shares[[0, -1]] == pytest.approx([-0.25, 1.25])
    assert made.distance == pytest.approx(np.linalg.norm(last - first))
    assert made.examples == setting.probe.size


def test_that_directions_are_as_long_as_each_unit_s_weights(timeline):
    trainer = timeline.trainer
    one, other = loss_slice.directions(trainer, 3)
    again, _other = loss_slice.directions(trainer, 3)
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)
    for item in trainer.program.placed:
        moved = one[item.span].reshape(item.block.shape)
        held = trainer.state.parameters[item.span].reshape(item.block.shape)
        if item.block.role == "weight":
            assert np.linalg.norm(moved, axis=0) == pytest.approx(np.linalg.norm(held, axis=0), rel=1e-5)
        else:
            assert not moved.any()


def test_that_the_plane_is_the_loss_of_moved_weights_and_the_run_stays(timeline):
    before = timeline.trainer.state.parameters.copy()
    shown = []
    made = loss_slice.loss_plane(timeline.past(), 200, points=3, show=shown.append)
    np.testing.assert_array_equal(timeline.trainer.state.parameters, before)
    across, up = loss_slice.directions(timeline.trainer, 0)
    sample = timeline.trainer.setting.probe[:500]
    for row in range(3):
        for column in range(3):
            moved = before.astype(float) + made.places[column] * across + made.places[row] * up
            assert made.losses[row, column] == pytest.approx(loss_of(timeline.trainer, moved, sample), rel=1e-4)
    assert made.centre == made.losses[1, 1]
    # the middle row comes first
    assert np.isfinite(shown[0].losses[1]).all()
    assert np.isnan(shown[0].losses[0]).all()


def test_that_it_can_be_stopped_and_tells_how_far_it_is(timeline):
    assert loss_slice.loss_line(timeline.past(), 0, 200, stop=lambda: True) is None
    assert loss_slice.loss_plane(timeline.past(), 200, stop=lambda: True) is None
    told = []
    loss_slice.loss_line(timeline.past(), 0, 200, points=5, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
