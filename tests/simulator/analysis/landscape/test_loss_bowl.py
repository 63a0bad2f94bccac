"""The loss of a linear neuron, against plain NumPy, differences, and what is known of quadratic bowls."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.analysis.landscape.loss_bowl import bowl_of

pytestmark = pytest.mark.validation


def cloud(seed, examples=40):
    rng = np.random.default_rng(seed)
    points = rng.standard_normal((examples, 2)) @ rng.standard_normal((2, 2)) + rng.standard_normal(2)
    return points, np.sign(rng.standard_normal(examples))


def mean_loss(points, targets, weights):
    return np.mean((points @ weights - targets) ** 2) / 2


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_that_minimum_loss_and_curvatures_are_those_of_least_squares(seed):
    points, targets = cloud(seed)
    bowl = bowl_of(points, targets)
    weights, *_ = np.linalg.lstsq(points, targets, rcond=None)
    np.testing.assert_allclose(bowl.minimum, weights, rtol=1e-6, atol=1e-9)
    assert bowl.condition == pytest.approx(np.linalg.cond(points.T @ points), rel=1e-6)
    for weights in np.random.default_rng(seed).standard_normal((3, 2)):
        assert bowl.loss(weights) == pytest.approx(mean_loss(points, targets, weights), rel=1e-9)


def test_that_the_hessian_is_the_second_difference_of_the_loss():
    points, targets = cloud(1)
    bowl, step = bowl_of(points, targets), 1e-3
    unit = np.eye(2) * step
    for i in range(2):
        for j in range(2):
            corners = [mean_loss(points, targets, a * unit[i] + b * unit[j]) for a in (1, -1) for b in (1, -1)]
            second = (corners[0] - corners[1] - corners[2] + corners[3]) / (4 * step**2)
            assert bowl.hessian[i, j] == pytest.approx(second, rel=1e-5)


def test_that_the_loss_on_an_ellipse_is_what_it_says():
    bowl = bowl_of(*cloud(2))
    np.testing.assert_allclose(bowl.loss(bowl.ellipse(0.7)), bowl.lowest + 0.7, rtol=1e-9)


def test_that_a_descent_follows_the_gradient_and_comes_as_near_as_promised():
    points, targets = cloud(3)
    bowl = bowl_of(points, targets)
    worst = bowl.minimum + bowl.directions @ np.array([1.0, 1.0])
    path = bowl.descent(worst, math.ceil(bowl.steps))
    gradient = points.T @ (points @ worst - targets) / len(points)
    np.testing.assert_allclose(path[1], worst - bowl.rate * gradient, rtol=1e-9)
    away = np.linalg.norm(path - bowl.minimum, axis=1)
    assert away[-1] <= 0.01 * away[0]
    assert away[-2] > 0.01 * away[0]


def test_that_a_round_bowl_takes_one_step():
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    bowl = bowl_of(np.stack([np.cos(angle), np.sin(angle)], axis=1), np.sign(np.cos(angle)))
    assert bowl.condition == pytest.approx(1)
    assert bowl.steps == 1


def test_that_an_input_that_is_always_0_makes_a_gutter():
    bowl = bowl_of(np.stack([np.arange(5.0), np.zeros(5)], axis=1), np.ones(5))
    assert (bowl.condition, bowl.steps) == (math.inf, math.inf)
    assert bowl.minimum[1] == 0
