"""Limits on gradients and weights hold at every step, and touch nothing else."""

import numpy as np
import pytest

from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer
from tests import every_kind, reference
from tests.runs import parameters, weights_of

STEPS = 25


def norms(trainer):
    """The norm of the incoming weights of every unit (of every piece of a maxout)."""
    kinds = reference.with_parameters(trainer.experiment)
    weights = [layer[0] for kind, layer in zip(kinds, weights_of(trainer), strict=True) if kind in reference.PENALISED]
    return np.concatenate([np.linalg.norm(W.astype(float), axis=0) for W in weights])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("limit", [0.3, 1.0])
def test_that_after_every_step_no_unit_s_incoming_norm_exceeds_the_limit(optimizer, limit, dtype):
    trainer = Trainer(Run(every_kind.experiment(optimizer=optimizer, max_norm=limit, learning_rate=0.05)), dtype)
    assert norms(trainer).max() > limit
    for _ in range(STEPS):
        trainer.advance(1)
        assert norms(trainer).max() <= limit * (1 + 10 * np.finfo(dtype).eps)


def test_that_a_limit_set_while_it_trains_holds_from_the_next_step_on():
    trainer = Trainer(Run(every_kind.experiment()), np.float64)
    trainer.advance(3)
    trainer.edit({"training.max_norm": 0.5})
    assert norms(trainer).max() > 0.5
    trainer.advance(1)
    assert norms(trainer).max() <= 0.5 * (1 + 1e-12)


def test_that_the_largest_norm_leaves_all_but_weights_alone():
    """One step from the same place, with and without the limit."""
    free, limited = (Trainer(Run(every_kind.experiment(max_norm=limit)), np.float64) for limit in (None, 0.4))
    free.advance(1)
    limited.advance(1)
    kinds = reference.with_parameters(free.experiment)
    shorter = 0
    for kind, one, other in zip(kinds, weights_of(free), weights_of(limited), strict=True):
        for number, (before, after) in enumerate(zip(one, other, strict=True)):
            if number == 0 and kind in reference.PENALISED:
                np.testing.assert_allclose(after, reference.shrunk(before, 0.4), rtol=1e-12)
                shorter += (np.linalg.norm(before, axis=0) > 0.4).sum()
            else:
                np.testing.assert_array_equal(after, before)
    assert shorter > 10


def applied(limit, rate=1e-3, **patch):
    """The gradients applied by so many steps of plain descent from one place: what a step moved, over the rate."""
    experiment = apply(every_kind.experiment(clip_norm=limit, learning_rate=rate), patch)
    trainer = Trainer(Run(apply(experiment, {"training.optimizer": {"kind": "sgd"}})), np.float64)
    found = []
    for _ in range(STEPS):
        before = parameters(trainer)
        trainer.advance(1)
        found.append((before - parameters(trainer)) / rate)
    return found


@pytest.mark.parametrize("limit", [0.01, 0.5])
def test_that_the_applied_gradient_is_never_longer_than_the_clipping_norm(limit):
    lengths = [np.linalg.norm(gradient) for gradient in applied(limit)]
    assert max(lengths) <= limit * (1 + 1e-9)
    assert lengths[0] == pytest.approx(limit, rel=1e-9)  # it was longer


def test_that_clipping_keeps_the_direction():
    free, clipped = applied(None)[0], applied(0.1)[0]
    assert np.linalg.norm(free) > 0.1
    np.testing.assert_allclose(clipped / 0.1, free / np.linalg.norm(free), rtol=1e-6, atol=1e-9)


def test_that_a_wide_clipping_norm_changes_nothing():
    for free, clipped in zip(applied(None), applied(1e6), strict=True):
        np.testing.assert_array_equal(clipped, free)


def test_that_clipping_measures_the_gradient_with_its_penalty():
    """The penalty alone is longer than the limit here."""
    lengths = [np.linalg.norm(gradient) for gradient in applied(2.0, **{"training.l2": 100.0})]
    assert max(lengths) <= 2.0 * (1 + 1e-9)
