"""The neuron with two weights: signs of its gradients, contours of its loss, and the slide's zig-zag (B3)."""

import numpy as np
import pytest

from simulator.analysis.landscape import zigzag
from simulator.analysis.landscape.zigzag import EXAMPLES, FEEDS, GOAL, START, descend, neuron, same_sign_shares

every_feed = pytest.mark.parametrize("feed", FEEDS)


@every_feed
def test_that_the_loss_is_the_mean_of_half_the_squared_error(feed):
    chosen = neuron(feed, seed=2)
    for weights in (START, GOAL, (0.3, 0.4)):
        error = chosen.inputs @ np.array(weights) - chosen.targets
        assert chosen.bowl.loss(np.array(weights)) == pytest.approx((error**2).mean() / 2)


@every_feed
def test_that_the_smallest_loss_lies_at_the_goal(feed):
    chosen = neuron(feed, seed=4)
    found = np.linalg.lstsq(chosen.inputs, chosen.targets, rcond=None)[0]
    np.testing.assert_allclose(found, GOAL, atol=1e-9)


def test_that_the_inputs_are_what_their_names_say():
    assert neuron("positive").inputs.min() > 0
    np.testing.assert_allclose(neuron("centred").inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(neuron("centred").bowl.hessian, np.cov(neuron("positive").inputs.T, bias=True))
    assert np.abs(neuron("tanh").inputs).max() < 1
    assert abs(neuron("tanh").inputs.mean()) < 0.2


@pytest.mark.validation
@every_feed
def test_that_a_step_follows_the_gradient_of_its_mini_batch(feed):
    chosen = neuron(feed, seed=1)
    path = descend(chosen, batch=EXAMPLES, learning_rate=0.5, steps=3)

    def loss(weights):
        return ((chosen.inputs @ weights - chosen.targets) ** 2).mean() / 2

    for step, gradient in enumerate(path.gradients):
        for axis, unit in enumerate(np.eye(2) * 1e-5):
            difference = (loss(path.weights[step] + unit) - loss(path.weights[step] - unit)) / 2e-5
            assert gradient[axis] == pytest.approx(difference, abs=1e-9)
        np.testing.assert_allclose(path.weights[step + 1], path.weights[step] - 0.5 * gradient)


def test_that_an_epoch_takes_every_example_once():
    chosen = neuron("positive")
    path = descend(chosen, batch=50, learning_rate=0.0, steps=4)
    whole = descend(chosen, batch=EXAMPLES, learning_rate=0.0, steps=1)
    np.testing.assert_allclose(path.gradients.mean(axis=0), whole.gradients[0])


@pytest.mark.parametrize("seed", range(5))
def test_that_one_positive_example_binds_both_signs_always(seed):
    same, judged = descend(neuron("positive", seed), 1, 1.0, 200, seed).same_sign()
    assert same == judged == 200


@every_feed
def test_that_the_full_batch_never_has_one_sign_on_this_way(feed):
    assert descend(neuron(feed), EXAMPLES, 1.0, 200).same_sign()[0] == 0


@pytest.mark.validation
def test_that_the_shares_are_those_of_the_lecture():
    """LECTURE B3: 100 % at batch 1, 87 % at 10, 0 % on the full batch. Centred inputs: near a coin's half, and less."""
    found = same_sign_shares(1.0, 200, draws=6, batches=(1, 10, EXAMPLES))
    positive, centred, tanh = found.shares
    assert positive.tolist() == [1.0, pytest.approx(0.87, abs=0.03), 0.0]
    assert centred[0] == pytest.approx(0.5, abs=0.08)
    assert tanh[0] == pytest.approx(0.5, abs=0.08)
    assert max(centred[1], tanh[1]) < 0.55
    assert (centred[2], tanh[2]) == (0, 0)


def test_that_a_batch_of_one_has_the_sign_of_the_error():
    """dL/dw_i = (f - t) x_i: with both inputs positive both signs are that of the loss's own derivative."""
    chosen = neuron("positive")
    path = descend(chosen, 1, 1.0, 30)
    errors = path.gradients / path.gradients.mean(axis=1, keepdims=True)
    assert (errors > 0).all()
    assert set(path.signs.ravel().tolist()) == {-1, 1}


@every_feed
def test_that_the_largest_rate_parts_descent_from_divergence(feed):
    chosen = neuron(feed)
    # the straight way has no part in the steep direction: one is given by a smaller mini-batch
    below = descend(chosen, EXAMPLES // 2, 0.7 * chosen.largest_rate, 300)
    above = descend(chosen, EXAMPLES // 2, 1.5 * chosen.largest_rate, 300)
    assert not below.diverged
    assert above.diverged
    assert len(above.weights) == len(above.gradients) + 1 < 301


def test_that_steps_that_have_settled_are_not_judged():
    path = descend(neuron("tanh"), EXAMPLES, 4.0, 400)
    same, judged = path.same_sign()
    assert (same, judged < 400) == (0, True)
    assert (path.signs[-1] == 0).all()


def test_that_the_first_steps_can_be_judged_alone():
    path = descend(neuron("centred"), 1, 1.0, 50)
    judged = [path.same_sign(steps) for steps in (0, 1, 50)]
    assert judged[0] == (0, 0)
    assert judged[1][1] == 1
    assert judged[2] == path.same_sign()


def test_that_shares_can_be_watched_and_stopped():
    shares = []
    found = same_sign_shares(1.0, 5, draws=4, stop=lambda: len(shares) == 2, progress=shares.append)
    assert (found.draws, shares) == (2, [0.25, 0.5])
    assert np.isfinite(found.shares).all()
    assert same_sign_shares(1.0, 5, draws=4, stop=lambda: True).draws == 0


def test_that_the_same_seed_gives_the_same_path():
    one, other = (descend(neuron("positive", 3), 5, 1.0, 20, 3) for _ in range(2))
    assert one.weights.tobytes() == other.weights.tobytes()
    assert descend(neuron("positive", 3), 5, 1.0, 20, 4).weights.tobytes() != one.weights.tobytes()
    assert zigzag.BATCHES[-1] == EXAMPLES
