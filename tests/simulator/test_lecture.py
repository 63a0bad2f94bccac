"""What the slides show, measured: the signal through ten layers before any training (slides D2 to D6).

The figures are those of 20 seeds; `SCATTER` is the standard deviation of a single draw, in per cent of the figure.
"""

import math

import numpy as np
import pytest

from simulator.analysis.signal.signal import measure_signal
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer

pytestmark = [pytest.mark.slow, pytest.mark.validation]

SEEDS = range(5)
SEEDS_OF_THE_TABLE = 20
STDS = {
    "D2": [0.2136, 0.0477, 0.0107, 0.00238, 5.3e-4, 1.2e-4, 2.7e-5, 6.0e-6, 1.3e-6, 3.0e-7],
    "D3": [0.982, 0.9816, 0.9817, 0.9817, 0.9817, 0.9817, 0.9817, 0.9817, 0.9817, 0.9817],
    "D4": [0.6277, 0.4862, 0.4080, 0.3575, 0.3210, 0.2943, 0.2729, 0.2551, 0.2406, 0.2284],
    "D5": [0.584, 0.414, 0.297, 0.211, 0.148, 0.105, 0.075, 0.053, 0.037, 0.026],
    "D6": [0.826, 0.828, 0.840, 0.843, 0.840, 0.843, 0.850, 0.844, 0.847, 0.843],
}
RELU = [0.2, 2, 3, 4, 5, 5, 7, 9, 11, 12]
SCATTER = {
    "D2": np.linspace(0.2, 1.0, 10),
    "D3": np.full(10, 0.01),
    "D4": np.linspace(0.1, 0.7, 10),
    "D5": np.array(RELU),
    "D6": np.array(RELU),
}
ROUNDED = {  # half a unit of the last digit that the table gives
    "D2": [5e-5, 5e-5, 5e-5, 5e-6, 5e-6, 5e-6, 5e-7, 5e-8, 5e-8, 5e-9],
    "D3": [5e-4, *[1e-4] * 9],
    "D4": [5e-5] * 10,
    "D5": [5e-4] * 10,
    "D6": [5e-4] * 10,
}
GRADIENT_AT_INPUT = {"D3": 2.6e5, "D4": 0.27, "D5": 0.032, "D6": 1.0}


@pytest.fixture(scope="module")
def signals():
    """Every experiment's signal for every seed, measured once."""
    kept = {}

    def measured(name):
        if name not in kept:
            experiment = load(name).experiment
            kept[name] = [
                measure_signal(apply(experiment, {"seeds.data": 100 + seed, "seeds.weights": seed})) for seed in SEEDS
            ]
        return kept[name]

    return measured


def stds(signal):
    return np.array([layer.std for layer in signal.layers])


@pytest.mark.parametrize("name", STDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_that_the_spread_of_every_layer_is_the_table_s(signals, name, seed):
    expected = np.array(STDS[name])
    allowed = 4 * SCATTER[name] / 100 * expected + ROUNDED[name]
    assert (np.abs(stds(signals(name)[seed]) - expected) <= allowed).all()


@pytest.mark.parametrize("name", STDS)
def test_that_the_mean_over_the_seeds_comes_nearer(signals, name):
    expected = np.array(STDS[name])
    sd = SCATTER[name] / 100 * expected * math.sqrt(1 / len(SEEDS) + 1 / SEEDS_OF_THE_TABLE)
    mean = np.mean([stds(signal) for signal in signals(name)], axis=0)
    assert (np.abs(mean - expected) <= 4 * sd + ROUNDED[name]).all()


@pytest.mark.parametrize("name", ["D2", "D3", "D4"])
def test_that_tanh_keeps_the_mean_at_0(signals, name):
    for signal in signals(name):
        for layer in signal.layers:
            assert abs(layer.mean) < 0.01 * layer.std


@pytest.mark.parametrize(("name", "expected"), GRADIENT_AT_INPUT.items())
def test_that_the_gradient_at_the_input_is_the_table_s(signals, name, expected):
    mean = np.mean([signal.input_gradient_std for signal in signals(name)])
    assert mean == pytest.approx(expected, rel=0.15)


def test_that_small_weights_shrink_the_gradient_4_47_times_a_layer(signals):
    for signal in signals("D2"):
        gradients = np.array([signal.input_gradient_std, *(layer.gradient_std for layer in signal.layers)])
        # The last weights see a gradient that no tanh has damped; the first tanh is not quite linear.
        np.testing.assert_allclose(gradients[2:] / gradients[1:-1], 4.47, rtol=0.05)


def test_that_saturated_units_make_the_gradient_grow_3_5_times_a_layer(signals):
    for signal in signals("D3"):
        gradients = np.array([signal.input_gradient_std, *(layer.gradient_std for layer in signal.layers)])
        np.testing.assert_allclose(gradients[:-1] / gradients[1:], 3.5, rtol=0.1)
        for layer in signal.layers:
            assert layer.blocked == pytest.approx(0.85, abs=0.02)
            assert layer.saturated > 0.85


def test_that_he_keeps_the_gradient(signals):
    for signal in signals("D6"):
        gradients = np.array([layer.gradient_std for layer in signal.layers])
        np.testing.assert_allclose(gradients, 1, rtol=0.3)


def test_that_nine_units_of_a_hundred_are_silent_in_the_last_layer_of_he(signals):
    dead = np.mean([signal.layers[-1].dead for signal in signals("D6")])
    assert dead == pytest.approx(0.09, abs=0.04)
    assert all(signal.layers[0].dead == 0 for signal in signals("D6"))


def test_that_he_is_the_root_of_2_a_layer_above_xavier(signals):
    """The same draws, the same dead units."""
    for xavier, he in zip(signals("D5"), signals("D6"), strict=True):
        powers = math.sqrt(2) ** np.arange(1, 11)
        np.testing.assert_allclose(stds(he), stds(xavier) * powers, rtol=1e-4)
        assert [layer.dead for layer in he.layers] == [layer.dead for layer in xavier.layers]


def test_that_no_unit_of_tanh_is_dead(signals):
    for signal in signals("D4"):
        assert all(layer.dead == 0 for layer in signal.layers)


def test_that_dW_is_the_same_size_in_every_layer_though_dh_shrinks():
    """Slide D2's hint: the gradient of the weights is dL/dh times what came in, and that grows as much."""
    frame = frame_of(Trainer(Run(load("D2").experiment)))
    norms = np.array([layer.weight_gradient.norm for layer in frame.layers[2:-1]])
    np.testing.assert_allclose(norms, norms[0], rtol=0.3)
    deltas = [layer.output_gradient.norm for layer in frame.layers[1:-1]]
    assert deltas[-1] / deltas[0] > 1e5
