"""The sweep over init scale and learning rate (E3), on a small grid."""

import math

import numpy as np
import pytest

from simulator.analysis.batch_norm.sweep import scale_sweep, sweep_seconds
from simulator.analysis.batch_norm.sweep_plan import SWEEP_PLANS, SweepPlan
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

TINY = SweepPlan(depth=10, width=30, steps=100, scales=(0.001, 0.2, 2.0), rates=(0.1, 0.3))


@pytest.fixture(scope="module")
def swept():
    shown = []
    return scale_sweep(TINY, show=shown.append), shown


def test_that_only_the_right_scale_learns_without_batch_norm_and_all_do_with_it(swept):
    result, _shown = swept
    assert result.made == TINY.cells == 12
    without, with_norm = result.accuracy
    assert (without[:, 0] < 0.15).all()
    assert (without[:, 1] > 0.5).all()
    assert (without[:, 2] < 0.3).all()
    assert (with_norm[:, 1:] > 0.7).all()
    assert (with_norm[:, 0] > without[:, 0] + 0.05).all()  # slower at the extremes
    assert result.chance == pytest.approx(0.1, abs=0.01)


def test_that_a_cell_is_the_accuracy_of_that_network(swept):
    result, _shown = swept
    trainer = Trainer(Run(TINY.experiment(0.2, 0.3, normalised=False)))
    trainer.advance(TINY.steps)
    assert result.accuracy[0, 1, 1] == trainer.evaluate(trainer.setting.probe)[1]


def test_that_cells_appear_as_they_come(swept):
    _result, shown = swept
    assert [result.made for result in shown] == list(range(1, 13))
    assert np.isfinite(shown[0].accuracy[0, 0, 0])
    assert np.isnan(shown[0].accuracy[1, 0, 0])


def test_that_a_stopped_sweep_returns_what_there_is():
    shown = []
    result = scale_sweep(TINY, stop=lambda: len(shown) == 3, show=shown.append)
    assert result.made == 3


def test_that_a_network_that_diverges_is_marked():
    plan = SweepPlan(depth=1, width=5, steps=150, scales=(1.0,), rates=(1e9,))
    assert scale_sweep(plan).diverged[0, 0, 0]


def test_that_the_estimate_grows_with_the_work():
    """Ten times the steps and twice the rates take longer, whatever the computer does meanwhile."""
    more = SweepPlan(depth=10, width=30, steps=10_000, scales=(0.001, 0.2, 2.0), rates=(0.1, 0.3, 1.0, 3.0))
    assert 0 < sweep_seconds(TINY) < sweep_seconds(more)


def test_that_the_lecture_s_network_is_among_the_plans():
    plan = SWEEP_PLANS[-1]
    assert str(plan.title) == "784-10×500-10"
    assert plan.kept_scale == pytest.approx(1 / math.sqrt(500))
    wanted = load("E3").experiment
    ours = plan.experiment(0.01, 0.1, normalised=True)
    assert apply(ours, {"name": wanted.name, "training.epochs": 3}) == wanted
