"""Each scheme's promised property (slide D8)."""

import numpy as np
import pytest

from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.initializers import INITIALIZERS
from simulator.training.run.trainer import Trainer

pytestmark = pytest.mark.slow


def draw(kind, shape=(300, 200), **fields):
    return INITIALIZERS[kind](**fields).draw(np.random.default_rng(0), shape, *shape)


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize(
    ("kind", "variance"), [("xavier", 1 / 300), ("he", 2 / 300), ("glorot", 2 / 500), ("lecun", 1 / 300)]
)
def test_that_the_variance_is_the_paper_s_whatever_the_numbers(kind, variance, distribution):
    weights = draw(kind, distribution=distribution)
    assert weights.var() == pytest.approx(variance, rel=0.02)
    bound = np.sqrt(3 * variance)
    assert (np.abs(weights).max() <= bound) == (distribution == "uniform")


def test_that_glorot_s_uniform_bound_is_equation_16():
    assert np.abs(draw("glorot")).max() == pytest.approx(np.sqrt(6 / 500), rel=1e-3)


@pytest.mark.parametrize("kind", INITIALIZERS)
def test_that_the_size_field_multiplies_every_weight(kind):
    if INITIALIZERS[kind].size:
        one, three = (draw(kind, **{INITIALIZERS[kind].size: size}) for size in (1.0, 3.0))
        np.testing.assert_array_equal(three, 3.0 * one)


@pytest.mark.parametrize("kind", INITIALIZERS)
@pytest.mark.parametrize("shape", [(300, 200), (200, 300)])
def test_that_the_variance_a_scheme_names_is_that_of_its_draw(kind, shape):
    size = INITIALIZERS[kind].size
    scheme = INITIALIZERS[kind](**({size: 0.7} if size else {}))
    weights = draw(kind, shape, **({size: 0.7} if size else {}))
    if scheme.variance(*shape) is None:
        assert weights.var() == pytest.approx(0, abs=1e-20)  # all the same
        assert weights.mean() != 0
    else:
        assert (weights**2).mean() == pytest.approx(scheme.variance(*shape), rel=0.03)


def test_that_uniform_numbers_fill_their_width():
    weights = draw("uniform", width=0.3)
    assert np.abs(weights).max() <= 0.3
    assert weights.std() == pytest.approx(0.3 / np.sqrt(3), rel=0.02)


@pytest.mark.parametrize("shape", [(30, 20), (20, 30), (25, 25)])
def test_that_orthogonal_weights_turn_and_do_not_stretch(shape):
    weights = draw("orthogonal", shape, gain=1.5)
    gram = weights.T @ weights if shape[0] >= shape[1] else weights @ weights.T
    np.testing.assert_allclose(gram, 1.5**2 * np.eye(min(shape)), atol=1e-12)


def test_that_orthogonal_draws_favour_no_sign():
    signs = [
        np.sign(np.diag(INITIALIZERS["orthogonal"]().draw(np.random.default_rng(s), (5, 5), 5, 5))) for s in range(200)
    ]
    assert abs(np.mean(signs)) < 0.15


@pytest.mark.parametrize(
    ("units", "width", "gain"),
    [
        ("linear", 100, np.exp(1 / 200)),
        ("relu", 100, np.sqrt(2) * np.exp(1.2 / 97.6)),
        ("relu", 3, np.sqrt(2) * np.exp(1.2 / 3.6)),
    ],
)
def test_that_random_walk_s_factor_is_the_paper_s(units, width, gain):
    assert INITIALIZERS["random_walk"](units=units).growth(width) == pytest.approx(gain)
    weights = draw("random_walk", (width, 20_000), units=units)
    assert weights.std() == pytest.approx(gain / np.sqrt(width), rel=0.02)


def linear_outputs(kind, activation):
    """Return x @ W + b of every hidden layer on the probe batch, computed in NumPy from the weights at the start."""
    patch = {f"network.{index}.weights": {"kind": kind} for index in range(0, 20, 2)}
    patch |= {f"network.{index}": {"kind": activation} for index in range(1, 20, 2)}
    trainer = Trainer(Run(apply(load("D6").experiment, patch)))
    x = trainer.setting.dataset.features[trainer.setting.probe].astype(np.float64)
    blocks = [trainer.state.parameters[i.span].reshape(i.block.shape).astype(float) for i in trainer.program.placed]
    act = np.tanh if activation == "tanh" else (lambda z: np.maximum(z, 0))
    for weights, bias in zip(blocks[:-2:2], blocks[1:-2:2], strict=True):
        z = x @ weights + bias
        yield z
        x = act(z)


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_that_lsuv_gives_every_layer_variance_1_before_its_activation(activation):
    outputs = list(linear_outputs("lsuv", activation))
    assert len(outputs) == 10
    assert [z.var() for z in outputs] == pytest.approx([1] * 10, abs=0.011)


def test_that_data_dependent_weights_give_every_unit_mean_0_and_variance_1():
    for z in linear_outputs("data_dependent", "relu"):
        assert np.abs(z.mean(axis=0)).max() < 1e-3
        np.testing.assert_allclose(z.std(axis=0)[z.std(axis=0) > 0], 1, atol=2e-3)


def test_that_schemes_fitted_to_data_are_the_same_every_time():
    one, two = (list(linear_outputs("lsuv", "relu")) for _run in range(2))
    for a, b in zip(one, two, strict=True):
        np.testing.assert_array_equal(a, b)
