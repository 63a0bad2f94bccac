"""The bench, against plain NumPy and the experiments of the library."""

from dataclasses import replace

import numpy as np
import pytest
from msgspec.structs import replace as struct_replace

from simulator.analysis.signal.bench import Bench
from simulator.analysis.signal.layer_signal import ROW_BINS
from simulator.analysis.signal.recipe import Recipe, gaussian
from simulator.analysis.signal.signal import measure_signal
from simulator.experiment.library import load
from simulator.initializers import INITIALIZERS
from simulator.layers import LAYERS
from simulator.layers.relu import ReLU
from simulator.layers.sigmoid import Sigmoid
from simulator.layers.tanh import Tanh
from simulator.training.run.setting import prepare

LIBRARY = {
    "D1": Recipe(2, 50, Tanh(), INITIALIZERS["zeros"](), load("D1").experiment),
    "D2": Recipe(10, 500, Tanh(), INITIALIZERS["normal"](scale=0.01)),
    "D3": Recipe(10, 500, Tanh(), INITIALIZERS["normal"](scale=1.0)),
    "D4": Recipe(10, 500, Tanh(), INITIALIZERS["xavier"]()),
    "D5": Recipe(10, 500, ReLU(), INITIALIZERS["xavier"]()),
    "D6": Recipe(10, 500, ReLU(), INITIALIZERS["he"]()),
    "D7-xavier": Recipe(30, 100, ReLU(), INITIALIZERS["xavier"](), load("D7").experiment),
    "D8": Recipe(10, 500, ReLU(), INITIALIZERS["lsuv"]()),
}
PLAIN = {
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
}


@pytest.fixture(scope="module")
def bench():
    return Bench()


def small(activation, scale=1.0, **more):
    return Recipe(4, 60, LAYERS[activation](), INITIALIZERS["xavier"](gain=scale), **more)


def plain_layers(recipe, x):
    """Return (weights, sums, outputs) of every layer, computed in NumPy in float64."""
    for key in range(1, recipe.layers + 1):
        rng = np.random.default_rng([recipe.seed, key])
        weights = rng.standard_normal((x.shape[1], recipe.units)) * recipe.weights.gain / np.sqrt(x.shape[1])
        z = x @ weights
        yield weights, z, (x := PLAIN[recipe.activation.kind][0](z))


def gaussian_input(units):
    """The 1,000 examples in the order in which frames look at them."""
    x = np.random.default_rng([0, 0]).standard_normal((1000, units)).astype(np.float32).astype(np.float64)
    return x[prepare(gaussian(units), np.dtype(np.float32)).probe]


@pytest.mark.parametrize("name", LIBRARY)
def test_that_a_recipe_is_the_library_s_experiment(name):
    expected = load(name).experiment
    found = LIBRARY[name].experiment()
    assert struct_replace(found, name=expected.name) == expected


@pytest.mark.parametrize("name", ["D1", "D7-xavier", "D8"])
def test_that_the_bench_measures_what_the_experiment_starts_with(bench, name):
    recipe = LIBRARY[name]
    if name == "D8":
        recipe = replace(recipe, layers=3, units=80)
    one, other = bench.measure(recipe).signal, measure_signal(recipe.experiment())
    assert one.input_gradient_std == other.input_gradient_std
    for ours, theirs in zip(one.layers, other.layers, strict=True):
        np.testing.assert_array_equal(ours.histogram.counts, theirs.histogram.counts)
        for field in ("mean", "std", "dead", "blocked", "gradient_std", "weight_gradient_std", "sum_variance"):
            assert getattr(ours, field) == getattr(theirs, field)


@pytest.mark.validation
@pytest.mark.parametrize(("activation", "scale"), [("tanh", 1.0), ("tanh", 20.0), ("relu", 1.0), ("sigmoid", 4.0)])
def test_that_every_number_is_plain_numpy_s(bench, activation, scale):
    recipe = small(activation, scale, seed=3)
    signal = bench.measure(recipe).signal
    assert signal.examples == 1000
    x = gaussian_input(60)
    passed = list(plain_layers(recipe, x))
    back = np.random.default_rng([3, 0, 1]).standard_normal((1000, 60))
    for index, (weights, z, h) in reversed(list(enumerate(passed))):
        layer, slope = signal.layers[index], PLAIN[activation][1](z)
        assert layer.mean == pytest.approx(h.mean(), abs=2e-6)
        assert layer.std == pytest.approx(h.std(), rel=1e-4)
        assert layer.blocked == pytest.approx((slope < 1e-3).mean(), abs=1e-4)
        assert layer.dead == ((h == 0).all(axis=0) & (slope == 0).all(axis=0)).mean()
        assert layer.sum_variance == pytest.approx(z.var(), rel=1e-4)
        assert layer.gradient_std == pytest.approx(back.std(), rel=1e-4)
        before = x if index == 0 else passed[index - 1][2]
        mean_gradient = before.T @ (back * slope) / 1000
        assert layer.weight_gradient_std == pytest.approx(np.sqrt((mean_gradient**2).mean()), rel=1e-4)
        back = (back * slope) @ weights.T
    assert signal.input_gradient_std == pytest.approx(back.std(), rel=1e-4)


@pytest.mark.parametrize(("activation", "scale"), [("tanh", 1.0), ("relu", 1.0), ("relu", 9.0), ("sigmoid", 4.0)])
def test_that_histograms_are_numpy_s_without_the_zeros(bench, activation, scale):
    recipe = small(activation, scale)
    signal = bench.measure(recipe).signal
    assert (signal.low, signal.high) == {"tanh": (-1, 1), "relu": (0, 3), "sigmoid": (0, 1)}[activation]
    for layer, (_weights, _z, h) in zip(signal.layers, plain_layers(recipe, gaussian_input(60)), strict=True):
        expected, _edges = np.histogram(h[h != 0], ROW_BINS, (signal.low, signal.high))
        # float32 puts a value at an edge into the bin beside it
        np.testing.assert_allclose(layer.histogram.counts, expected, atol=3)
        assert layer.histogram.zeros == pytest.approx((h == 0).sum(), abs=2)
        assert layer.histogram.above == pytest.approx((h > signal.high).sum(), abs=2)
        known = layer.histogram
        assert known.counts.sum() + known.below + known.above + known.zeros + known.not_finite == known.total


def test_that_the_bins_of_a_row_do_not_follow_the_weights(bench):
    wide = [bench.measure(small("relu", scale)).signal.high for scale in (0.1, 1.0, 30.0)]
    assert wide == [3, 3, 3]


def test_that_what_is_kept_changes_no_number():
    """Sliders there and back: other scales, depths, widths and seeds in between."""
    bench = Bench()
    for recipe in (small("relu"), small("relu", 0.3), replace(small("relu"), layers=7), replace(small("relu"), seed=9)):
        bench.measure(recipe)
        bench.measure(replace(recipe, units=90))
    for recipe in (small("relu", 0.7), replace(small("relu", 0.7), seed=9), replace(small("tanh"), layers=6)):
        kept, fresh = bench.measure(recipe).signal, Bench().measure(recipe).signal
        assert kept.input_gradient_std == fresh.input_gradient_std
        assert [layer.std for layer in kept.layers] == [layer.std for layer in fresh.layers]


@pytest.mark.parametrize("scheme", INITIALIZERS)
def test_that_a_kept_draw_is_the_experiment_s(scheme):
    bench = Bench()
    size = INITIALIZERS[scheme].size
    for factor in (1.0, 0.37):
        weights = INITIALIZERS[scheme](**({size: factor} if size else {}))
        recipe = Recipe(3, 40, Tanh(), weights)
        signal = bench.measure(recipe).signal
    assert [layer.std for layer in signal.layers] == [layer.std for layer in measure_signal(recipe.experiment()).layers]


def test_that_the_way_forward_is_shown_first(bench):
    shown = []
    whole = bench.measure(replace(small("tanh"), seed=77), show=shown.append)
    assert [reading.signal.complete for reading in shown] == [False]
    assert whole.signal.complete
    assert [layer.std for layer in shown[0].signal.layers] == [layer.std for layer in whole.signal.layers]


def test_that_a_measurement_ends_when_it_is_no_longer_wanted(bench):
    recipe = replace(small("tanh"), seed=78)
    asked = []
    assert bench.measure(recipe, stop=lambda: asked.append(1) is None and len(asked) > 2) is None
    assert bench.spread(recipe, 5, stop=lambda: True) is None
    assert bench.measure(recipe) is not None


def test_that_the_spread_is_that_of_other_draws(bench):
    told = []
    spread = bench.spread(replace(small("relu"), seed=4), 30, progress=told.append)
    assert spread.stds.shape == (30, 4)
    assert told[-1] == 1
    first = small("relu", seed=1_000_000)
    expected = [h.std() for _w, _z, h in plain_layers(first, gaussian_input(60))]
    np.testing.assert_allclose(spread.stds[0], expected, rtol=1e-4)
    inside = (spread.stds >= spread.low) & (spread.stds <= spread.high)
    assert inside.mean() == pytest.approx(0.9, abs=0.04)
    again = bench.spread(replace(small("relu"), seed=5), 10)
    np.testing.assert_array_equal(again.stds, spread.stds)


def test_that_numbers_that_overflow_are_said(bench):
    recipe = Recipe(30, 100, ReLU(), INITIALIZERS["normal"](scale=100.0))
    signal = bench.measure(recipe).signal
    assert np.isfinite(signal.layers[0].std)
    assert signal.layers[-1].histogram.not_finite > 0
    assert np.isnan(signal.layers[-1].std)
    assert not signal.layers[-1].identical
    last = signal.layers[-1]
    assert (last.dead, last.silent, last.saturated, last.blocked) == (None, None, None, None), "of no numbers"
    assert signal.layers[0].dead is not None


def test_that_units_that_give_0_are_silent_whatever_their_derivative(bench):
    zeros = INITIALIZERS["zeros"]()
    for activation, dead in ((Tanh(), 0.0), (ReLU(), 1.0)):
        layers = bench.measure(Recipe(3, 50, activation, zeros, load("D1").experiment)).signal.layers
        assert [(layer.silent, layer.dead) for layer in layers] == [(1.0, dead)] * 3
    assert all(layer.silent == 0.0 for layer in bench.measure(small("tanh")).signal.layers)
    for layer in bench.measure(small("relu")).signal.layers:
        assert layer.silent == layer.dead


def test_that_a_constant_makes_all_units_the_same(bench):
    for weights in (INITIALIZERS["constant"](), INITIALIZERS["zeros"]()):
        signal = bench.measure(Recipe(3, 50, Sigmoid(), weights, load("D1").experiment)).signal
        assert all(layer.identical for layer in signal.layers)
    assert not any(layer.identical for layer in bench.measure(small("tanh")).signal.layers)


def test_that_layers_without_an_activation_have_no_blocked_share(bench):
    signal = bench.measure(Recipe(2, 30, None)).signal
    assert [layer.blocked for layer in signal.layers] == [None, None]
    assert signal.low < 0
