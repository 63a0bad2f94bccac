"""The four learning rates of slide H1, trained side by side."""

import numpy as np
import pytest

from simulator.analysis.curves.rates import rate_curves
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.training.run.trainer import Trainer

BUILT_IN = {"H1-low": "low", "H1": "good", "H1-high": "high", "H1-very-high": "very high"}


def test_that_the_lecture_s_rates_get_the_lecture_s_names():
    rates = [load(name).experiment.training.learning_rate for name in BUILT_IN]
    seen = []
    found = rate_curves(load("H1").experiment, rates, 20, show=seen.append)
    assert [run.name for run in found.runs] == list(BUILT_IN.values())
    assert found.complete
    setting = Trainer(load("H1")).setting
    shares = np.bincount(setting.dataset.labels[setting.training]) / setting.training.size
    assert found.untrained == pytest.approx(-np.sum(shares * np.log(shares)), rel=1e-12)
    for name, run in zip(BUILT_IN, found.runs, strict=True):
        apart = Trainer(load(name))
        losses, _penalties = apart.advance(10_000)
        assert run.curve.mean.tobytes() == losses.tobytes()
        assert run.last == losses[-29:].mean()
    assert all(not part.complete and part.runs[0].name is None for part in seen)
    assert [part.runs[0].curve.step.size for part in seen] == sorted(part.runs[0].curve.step.size for part in seen)


@pytest.mark.parametrize("seed", range(8))
def test_that_the_names_hold_for_other_weights_and_orders(seed):
    asked = apply(load("H1").experiment, {"seeds.weights": seed, "seeds.order": seed})
    rates = [load(name).experiment.training.learning_rate for name in BUILT_IN]
    assert [run.name for run in rate_curves(asked, rates, 20).runs] == list(BUILT_IN.values())


@pytest.mark.parametrize("smaller", [0.0015, 0.003])
def test_that_a_rate_far_under_the_good_one_is_low(smaller):
    """At 13 times less it levels out too high: by its shape alone it looks like a rate that is too high."""
    asked = apply(load("H1").experiment, {"training.optimizer.momentum": 0.0})
    found = rate_curves(asked, [smaller, 13 * smaller], 20)
    assert found.runs[0].name == "low"


def test_that_a_stopped_measurement_has_no_names():
    asked = iter([False] * 9 + [True] * 9)
    found = rate_curves(load("H1").experiment, [0.02, 0.1], 20, stop=lambda: next(asked))
    assert not found.complete
    assert 0 < found.runs[0].curve.step.size < 580
    assert found.runs[0].name is None


def test_that_a_rate_beyond_all_numbers_breaks_off_alone():
    found = rate_curves(load("H2-dying").experiment, [1e30, 0.02], 2)
    assert found.runs[0].curve.first_bad_step is not None
    assert np.isnan(found.runs[0].last)
    assert [run.name for run in found.runs] == ["very high", "good"]
