"""The gradient lens against plain NumPy, and what theory says of the step."""

import numpy as np
import pytest

from simulator.analysis.gradients.gradient_check import gradient_check
from simulator.analysis.gradients.lens import STEPS, gradient_lens
from simulator.data.sources.moons import Moons
from simulator.experiment.experiment import Experiment
from simulator.initializers.normal import Normal
from simulator.layers.dense import Dense
from simulator.layers.relu import ReLU
from simulator.layers.tanh import Tanh

SMOOTH = Experiment(data=Moons(), network=(Dense(units=6, key=1), Tanh()))


@pytest.fixture(scope="module")
def smooth():
    return gradient_lens(SMOOTH)


def test_that_entries_are_gradients_beside_their_quotients(smooth):
    assert smooth.finite
    assert [layer.judged for layer in smooth.layers] == [2 * 6 + 6, 6 * 2 + 2]
    for layer in smooth.layers:
        assert layer.analytic.size == layer.judged
        assert layer.numeric == pytest.approx(layer.analytic, rel=1e-6, abs=1e-9)
        assert layer.kinks == 0
    found = gradient_check(SMOOTH)
    assert [layer.largest for layer in smooth.layers] == [layer.largest for layer in found.layers]


def test_that_the_error_is_a_v_with_the_slopes_of_theory(smooth):
    sweep = smooth.sweep
    logs = np.log10(sweep.double)
    # right of the bottom the third derivative: error ~ h^2
    right = (sweep.steps > 1e-4) & (sweep.steps < 1e-1)
    assert np.polyfit(np.log10(STEPS[right]), logs[right], 1)[0] == pytest.approx(2, abs=0.15)
    # left of it rounding: error ~ 1 / h
    left = sweep.steps < 1e-6
    assert np.polyfit(np.log10(STEPS[left]), logs[left], 1)[0] == pytest.approx(-1, abs=0.2)
    step, least = sweep.best(sweep.double)
    assert 1e-6 < step < 1e-3
    assert least < 1e-9
    # 24 bits give the same V further up and further right
    single_step, single = sweep.best(sweep.single)
    assert single_step > 10 * step
    assert 1e-7 < single < 1e-3
    # a step that is lost in the weight moves nothing
    assert sweep.single[0] == 1


def test_that_large_steps_of_relu_cross_kinks_and_small_ones_do_not():
    found = gradient_lens(Experiment(data=Moons(), network=(Dense(units=12, key=1), ReLU())))
    crossing = found.sweep.crossing
    assert crossing[0] == 0
    assert crossing[-1] > 0
    assert (np.diff(crossing) >= 0).all()


def test_that_numbers_that_are_none_are_said_and_it_can_be_stopped():
    layers = (Dense(units=6, weights=Normal(scale=100), key=key) for key in range(1, 161))
    wild = Experiment(data=Moons(), network=tuple(layers))
    found = gradient_lens(wild)
    assert not found.finite
    assert found.sweep is None
    assert gradient_lens(SMOOTH, stop=lambda: True) is None
    told = []
    gradient_lens(SMOOTH, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
