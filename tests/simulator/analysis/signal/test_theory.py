"""What wide layers of random weights do, against closed forms, integrals of SciPy, and plain NumPy with many units."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from simulator.analysis.signal.theory import POINTS, Entering, expected_signal, normal_rule
from simulator.initializers import INITIALIZERS
from simulator.layers import LAYERS
from simulator.machine.curve import Curve
from tests.simulator.test_lecture import ROUNDED, SCATTER, SEEDS_OF_THE_TABLE, STDS

pytestmark = pytest.mark.validation

GAUSSIAN = np.random.default_rng(5).standard_normal((1000, 500)).astype(np.float32)
UNIT = Entering.of(GAUSSIAN)
SLIDES = {
    "D2": ("tanh", "normal", {"scale": 0.01}),
    "D3": ("tanh", "normal", {"scale": 1.0}),
    "D4": ("tanh", "xavier", {}),
    "D5": ("relu", "xavier", {}),
    "D6": ("relu", "he", {}),
}
PLAIN = {
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "sigmoid": (lambda x: 1 / (1 + np.exp(-x)), lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
    "leaky_relu": (lambda x: np.where(x > 0, x, 0.01 * x), lambda x: np.where(x > 0, 1, 0.01)),
    "elu": (lambda x: np.where(x > 0, x, np.expm1(x)), lambda x: np.where(x > 0, 1, np.exp(x))),
}


def expected(activation, scheme, layers=10, units=500, entering=UNIT, **fields):
    curve = Curve(LAYERS[activation](), POINTS)
    theory = expected_signal(INITIALIZERS[scheme](**fields), curve.at, layers, units, entering)
    assert theory is not None
    return theory


@pytest.mark.parametrize(
    "function",
    [
        lambda z: 1.0,
        lambda z: z**2,
        lambda z: z**4,
        lambda z: max(z, 0),
        lambda z: math.tanh(z) ** 2,
        lambda z: math.tanh(22 * z) ** 2,
        lambda z: math.cosh(min(22 * abs(z), 300)) ** -4,
        lambda z: math.cosh(min(2000 * abs(z), 300)) ** -4,
    ],
)
def test_that_the_rule_integrates_as_scipy_does(function):
    z, w = normal_rule()
    density = 1 / math.sqrt(2 * math.pi)
    places = [side * place for side in (-1, 1) for place in (1e-3, 1e-2, 0.1, 1)]
    exact = quad(lambda x: function(x) * density * math.exp(-x * x / 2), -9, 9, points=[0, *places], limit=500)[0]
    assert sum(w * np.array([function(x) for x in z])) == pytest.approx(exact, rel=1e-4)


def test_that_relu_halves_the_square_of_xavier_and_keeps_that_of_he():
    size = math.sqrt(UNIT.squares.mean())
    powers = math.sqrt(0.5) ** np.arange(10)
    half_normal = math.sqrt(0.5 - 0.5 / math.pi)
    xavier, he = expected("relu", "xavier"), expected("relu", "he")
    np.testing.assert_allclose(xavier.std, half_normal * size * powers, rtol=1e-3)
    np.testing.assert_allclose(xavier.mean, size * powers / math.sqrt(2 * math.pi), rtol=1e-3)
    np.testing.assert_allclose(he.std, math.sqrt(2) * half_normal * size, rtol=1e-3)
    np.testing.assert_allclose([he.input_gradient, *he.gradient], 1, rtol=1e-6)
    assert xavier.input_gradient == pytest.approx(math.sqrt(0.5) ** 10, rel=1e-6)


def test_that_small_weights_shrink_dh_4_47_times_a_layer_and_leave_dW_alone():
    theory = expected("tanh", "normal", scale=0.01)
    gradients = np.array([theory.input_gradient, *theory.gradient])
    np.testing.assert_allclose(gradients[2:] / gradients[1:-1], 1 / (0.01 * math.sqrt(500)), rtol=0.01)
    np.testing.assert_allclose(theory.weight_gradient, theory.weight_gradient[0], rtol=0.002)


def test_that_large_weights_make_dh_grow_3_5_times_a_layer():
    theory = expected("tanh", "normal", scale=1.0)
    gradients = np.array([theory.input_gradient, *theory.gradient])
    np.testing.assert_allclose(gradients[:-1] / gradients[1:], 3.5, rtol=0.03)
    assert theory.input_gradient == pytest.approx(2.6e5, rel=0.05)


@pytest.mark.parametrize("name", SLIDES)
def test_that_theory_meets_the_lecture_s_table(name):
    activation, scheme, fields = SLIDES[name]
    theory = expected(activation, scheme, **fields)
    sd = SCATTER[name] / 100 / math.sqrt(SEEDS_OF_THE_TABLE)
    table = np.array(STDS[name])
    # 500 units are not infinitely many
    np.testing.assert_array_less(np.abs(theory.std - table), (4 * sd + 0.005) * table + ROUNDED[name])


def plain_pass(rng, activation, x, units, layers=3):
    """Return std and mean of the last layer, rms of each dL/dW, and std at the input, for weights of 2 / fan_in."""
    f, slope = PLAIN[activation]
    h, passed = x, []
    for _layer in range(layers):
        weights = rng.standard_normal((h.shape[1], units)) * math.sqrt(2 / h.shape[1])
        z = h @ weights
        passed.append((weights, h, slope(z)))
        h = f(z)
    back, sizes = rng.standard_normal(h.shape), []
    for weights, before, derivative in reversed(passed):
        back = back * derivative
        sizes.append(math.sqrt(((before.T @ back / len(x)) ** 2).mean()))
        back = back @ weights.T
    return np.array([h.std(), h.mean(), *reversed(sizes), back.std()])


@pytest.mark.parametrize("activation", PLAIN)
@pytest.mark.parametrize("sizes", ["alike", "of all sizes"])
def test_that_theory_meets_plain_numpy_with_many_units(activation, sizes):
    rng = np.random.default_rng(1)
    x = rng.standard_normal((200, 400))
    if sizes == "of all sizes":
        x *= np.exp(rng.uniform(-2, 1, (200, 1)))
    found = np.mean([plain_pass(rng, activation, x, 800) for _draw in range(3)], axis=0)
    theory = expected(activation, "he", 3, 800, Entering.of(x))
    assert theory.mean[-1] == pytest.approx(found[1], abs=0.03 * found[0])
    assert theory.std[-1] == pytest.approx(found[0], rel=0.04)
    np.testing.assert_allclose(theory.weight_gradient, found[2:-1], rtol=0.05)
    assert theory.input_gradient == pytest.approx(found[-1], rel=0.05)


def test_that_schemes_fitted_to_the_data_have_sums_of_variance_1():
    for scheme in ("lsuv", "data_dependent"):
        theory = expected("tanh", scheme)
        squashed = quad(lambda z: math.tanh(z) ** 2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi), -9, 9)[0]
        np.testing.assert_allclose(theory.std, math.sqrt(squashed), rtol=1e-3)


def test_that_there_is_no_theory_where_weights_are_not_random():
    curve = Curve(LAYERS["tanh"](), POINTS)
    assert expected_signal(INITIALIZERS["constant"](), curve.at, 3, 50, UNIT) is None


def test_that_zeros_leave_nothing():
    theory = expected("tanh", "zeros", 3, 50)
    assert not theory.std.any()
    assert theory.input_gradient == 0
    np.testing.assert_allclose(theory.gradient, [0, 0, 1])
