"""How weights are drawn: one stream of normal numbers for a layer, whatever the scheme."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.initializers import INITIALIZERS
from simulator.initializers.constant import Constant
from simulator.initializers.he import He
from simulator.initializers.normal import Normal
from simulator.initializers.xavier import Xavier
from simulator.initializers.zeros import Zeros
from tests import reference
from tests.strategies import kinds, known

sizes = st.integers(1, 60)
seeds = st.integers(0, 2**31 - 1)


def draw(scheme, fan_in, fan_out, seed=0, key=1):
    return scheme.draw(np.random.default_rng([seed, key]), (fan_in, fan_out), fan_in, fan_out)


@given(known(INITIALIZERS, reference.SCHEMES), sizes, sizes, seeds, seeds)
def test_that_every_scheme_draws_what_the_reference_draws(scheme, fan_in, fan_out, seed, key):
    np.testing.assert_allclose(
        draw(scheme, fan_in, fan_out, seed, key),
        reference.draw(scheme, seed, key, fan_in, fan_out),
        rtol=1e-14,
    )


@given(kinds(INITIALIZERS), sizes, sizes, seeds)
def test_that_the_weights_are_float64_of_the_shape_asked_for(scheme, fan_in, fan_out, seed):
    weights = draw(scheme, fan_in, fan_out, seed)
    assert weights.shape == (fan_in, fan_out)
    assert weights.dtype == np.float64
    assert np.isfinite(weights).all()


@given(sizes, sizes, seeds)
def test_that_he_is_the_root_of_2_times_xavier(fan_in, fan_out, seed):
    he, xavier = draw(He(), fan_in, fan_out, seed), draw(Xavier(), fan_in, fan_out, seed)
    np.testing.assert_allclose(he, math.sqrt(2) * xavier, rtol=1e-15)


@given(sizes, sizes, seeds, st.floats(1e-9, 100))
def test_that_normal_is_a_multiple_of_the_same_draw(fan_in, fan_out, seed, scale):
    np.testing.assert_allclose(
        draw(Normal(scale=scale), fan_in, fan_out, seed),
        scale * math.sqrt(fan_in) * draw(Xavier(), fan_in, fan_out, seed),
        rtol=1e-14,
    )


@pytest.mark.parametrize(
    ("scheme", "std"),
    [
        (Normal(scale=0.01), 0.01),
        (Normal(scale=1.0), 1.0),
        (Xavier(), 1 / math.sqrt(400)),
        (He(), 1 / math.sqrt(200)),
    ],
)
def test_that_the_standard_deviation_is_the_lecture_s(scheme, std):
    weights = draw(scheme, 400, 500)
    one_sd = 1 / math.sqrt(2 * weights.size)
    assert weights.std() == pytest.approx(std, rel=4 * one_sd)
    assert weights.mean() == pytest.approx(0, abs=4 * std / math.sqrt(weights.size))


@pytest.mark.parametrize("scheme", [He(), Xavier()])
def test_that_only_the_width_going_in_counts(scheme):
    assert draw(scheme, 100, 3000).std() == pytest.approx(draw(scheme, 100, 30).std(), rel=0.1)


def test_that_zeros_are_zeros_and_a_constant_is_its_value():
    assert not draw(Zeros(), 3, 4).any()
    assert (draw(Constant(value=0.7), 3, 4) == 0.7).all()


@pytest.mark.parametrize("scheme", [He(), Xavier(), Normal()])
def test_that_another_key_or_seed_draws_other_weights(scheme):
    weights = draw(scheme, 5, 5, seed=0, key=1)
    assert not np.array_equal(weights, draw(scheme, 5, 5, seed=0, key=2))
    assert not np.array_equal(weights, draw(scheme, 5, 5, seed=1, key=1))
