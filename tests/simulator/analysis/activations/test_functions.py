"""Functions of one number: curves, local gradients and mean outputs, against closed forms (slides B1, B2, B5)."""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from simulator.analysis.activations import SCALAR_FUNCTIONS, ScalarFunction, function_knobs
from simulator.analysis.activations.functions import function_curves, mean_outputs
from simulator.layers import LAYERS
from tests import reference

X = np.round(np.arange(-12, 12.025, 0.05), 2)
PLACES = np.array([-10.0, 0.0, 10.0])
DEFAULTS = [ScalarFunction.default(kind) for kind in SCALAR_FUNCTIONS]
EXP = 1 / (1 + math.exp(10))


def curve(kind, *numbers, x=X):
    return function_curves([ScalarFunction(kind, numbers)], x)[0]


def means(*functions):
    return {each.function.kind: each for each in mean_outputs(functions)}


def test_that_every_activation_and_maxout_is_a_function_of_one_number():
    assert set(SCALAR_FUNCTIONS) == {name for name, kind in LAYERS.items() if kind.elementwise} | {"maxout"}
    assert all(kind.passes is not None for kind in SCALAR_FUNCTIONS.values())


@pytest.mark.validation
@pytest.mark.parametrize("kind", [name for name in SCALAR_FUNCTIONS if name in reference.ACTIVATIONS])
def test_that_a_curve_is_the_reference_s(kind):
    found = function_curves([ScalarFunction.default(kind)], X)[0]
    function, slope = reference.activation(found.function.layer)
    np.testing.assert_allclose(found.y, function(X), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found.slope, slope(X), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize(
    ("kind", "numbers", "y", "slope"),
    [
        ("sigmoid", (), [EXP, 0.5, 1 - EXP], [EXP * (1 - EXP), 0.25, EXP * (1 - EXP)]),
        ("tanh", (), [-math.tanh(10), 0, math.tanh(10)], [1 / math.cosh(10) ** 2, 1, 1 / math.cosh(10) ** 2]),
        ("relu", (), [0, 0, 10], [0, 0, 1]),
        ("leaky_relu", (0.1,), [-1, 0, 10], [0.1, 0.1, 1]),
        ("leaky_relu", (0.01,), [-0.1, 0, 10], [0.01, 0.01, 1]),
        ("prelu", (0.3,), [-3, 0, 10], [0.3, 0.3, 1]),
        ("elu", (2.0,), [2 * math.expm1(-10), 0, 10], [2 * math.exp(-10), 2, 1]),
        ("softplus", (), [math.log1p(math.exp(-10)), math.log(2), 10 + math.log1p(math.exp(-10))], [EXP, 0.5, 1 - EXP]),
        ("linear", (), [-10, 0, 10], [1, 1, 1]),
        ("maxout", (2.0, -1.0, 1.0, 0.5), [10.5, 1, 21], [-1, 2, 2]),
    ],
)
def test_that_values_and_slopes_are_the_slide_s(kind, numbers, y, slope):
    found = curve(kind, *numbers, x=PLACES)
    np.testing.assert_allclose(found.y, y, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(found.slope, slope, rtol=1e-6)


@pytest.mark.parametrize(
    ("kind", "numbers", "kinks"),
    [
        ("relu", (), {0.0: (0, 1)}),
        ("leaky_relu", (0.2,), {0.0: (0.2, 1)}),
        ("maxout", (1.0, -1.0, 2.0, 0.0), {-1.0: (-1, 1)}),
        ("elu", (0.5,), {0.0: (0.5, 1)}),
        ("elu", (1.0,), {}),
        ("sigmoid", (), {}),
        ("linear", (), {}),
    ],
)
def test_that_kinks_are_found_and_no_others(kind, numbers, kinks):
    found = curve(kind, *numbers)
    at = [index for index in range(X.size) if found.has_kink(index)]
    slopes = {float(X[index]): (found.before[index], found.after[index]) for index in at}
    assert slopes == {place: pytest.approx(pair, abs=1e-6) for place, pair in kinks.items()}


def test_that_a_learned_slope_has_a_gradient_of_its_own():
    own = curve("prelu", 0.3).own
    assert list(own) == ["a"]
    np.testing.assert_allclose(own["a"], np.minimum(X, 0))
    assert curve("relu").own == {}


def test_that_the_knobs_are_live_fields_and_parameters():
    names = {kind: [knob.name for knob in function_knobs(kind)] for kind in SCALAR_FUNCTIONS}
    assert {kind: found for kind, found in names.items() if found} == {
        "leaky_relu": ["slope"],
        "prelu": ["a"],
        "elu": ["alpha"],
        "maxout": ["w1", "w2", "b1", "b2"],
    }
    assert ScalarFunction.default("prelu").numbers == (0.25,)


@pytest.mark.validation
def test_that_the_mean_outputs_are_those_of_the_lecture():
    """ReLU: 1 / sqrt(2 pi); leaky: 1 - slope of that; ELU by the moment generating function."""
    found = means(*DEFAULTS)
    half = 1 / math.sqrt(2 * math.pi)
    tail = math.exp(0.5) * stats.norm.cdf(-1) - 0.5
    expected = {"sigmoid": 0.5, "tanh": 0, "linear": 0, "relu": half, "leaky_relu": 0.99 * half, "prelu": 0.75 * half}
    expected |= {"elu": half + tail, "maxout": 1.5 * half}
    for kind, mean in expected.items():
        assert found[kind].mean == pytest.approx(mean, abs=1e-9), kind
    rounded = {kind: f"{found[kind].mean:.3f}" for kind in ("sigmoid", "relu", "leaky_relu", "elu")}
    assert rounded == {"sigmoid": "0.500", "relu": "0.399", "leaky_relu": "0.395", "elu": "0.161"}


@pytest.mark.validation
def test_that_a_kink_anywhere_does_not_disturb_the_mean():
    def maxout(z):
        return max(1.3 * z + 0.21, -0.4 * z - 0.17)

    def weighed(z):
        return maxout(z) * stats.norm.pdf(z)

    kink = -0.38 / 1.7
    exact = sum(integrate.quad(weighed, *ends)[0] for ends in ((-12, kink), (kink, 12)))
    found = means(ScalarFunction("maxout", (1.3, -0.4, 0.21, -0.17)))
    assert found["maxout"].mean == pytest.approx(exact, abs=1e-6)


def test_that_the_sample_agrees_within_its_own_error():
    found = mean_outputs(DEFAULTS, seed=3)
    for each in found:
        assert abs(each.sample_mean - each.mean) < 4 * each.standard_error
        assert each.examples == 10_000
    again = mean_outputs(DEFAULTS[:1], seed=3)
    assert again[0].sample_mean == found[0].sample_mean
    assert mean_outputs(DEFAULTS[:1], seed=4)[0].sample_mean != found[0].sample_mean


def test_that_both_measurements_can_be_stopped():
    answers = iter([False, True])
    assert len(function_curves(DEFAULTS, PLACES, stop=lambda: next(answers))) == 1
    assert mean_outputs(DEFAULTS, stop=lambda: True) == ()
