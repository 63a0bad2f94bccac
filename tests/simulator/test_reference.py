"""The oracle itself, judged by differences and by hand."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.data.preprocessing.standardise import Standardise
from simulator.experiment.experiment import Experiment, Training
from simulator.layers import LAYERS
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dense import Dense
from simulator.layers.maxout import Maxout
from simulator.layers.prelu import PReLU
from simulator.optimizers.sgd import SGD
from tests import reference
from tests.strategies import activations, any_networks

pytestmark = pytest.mark.validation

EPSILON = 1e-6


def numeric_gradient(function, array):
    """Central differences of a scalar function over every entry of `array`, changed in place and put back."""
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        kept = array[index]
        array[index] = kept + EPSILON
        above = function()
        array[index] = kept - EPSILON
        below = function()
        array[index] = kept
        gradient[index] = (above - below) / (2 * EPSILON)
    return gradient


@given(activations(), st.lists(st.floats(-5, 5).filter(lambda x: abs(x) > 1e-3), min_size=1, max_size=5))
def test_that_every_slope_is_the_derivative_of_its_function(entry, points):
    function, slope = reference.activation(entry)
    x = np.array(points)
    numeric = (function(x + EPSILON) - function(x - EPSILON)) / (2 * EPSILON)
    np.testing.assert_allclose(slope(x), numeric, atol=1e-8)


@pytest.mark.parametrize(
    ("kind", "slope"), [("linear", 1), ("relu", 0), ("leaky_relu", 0.01), ("tanh", 1), ("sigmoid", 0.25)]
)
def test_that_the_slope_at_zero_is_the_lecture_s(kind, slope):
    assert reference.activation(LAYERS[kind]())[1](np.zeros(1))[0] == slope


@given(any_networks(4), st.integers(1, 4), st.integers(1, 3), st.integers(2, 4), st.integers(0, 99), st.booleans())
def test_that_the_gradients_of_whole_networks_are_differences_of_the_loss(
    network, examples, width, classes, seed, training
):
    rng = np.random.default_rng(seed)
    experiment = Experiment(network=network, training=Training(l2=0.3))
    weights = reference.initial_weights(experiment, width, classes)
    weights = [tuple(block + rng.standard_normal(block.shape) for block in layer) for layer in weights]
    x, labels = rng.standard_normal((examples, width)), rng.integers(0, classes, examples)
    how = reference.Pass(training, kept=reference.kept_at(experiment, seed, x.shape))
    values = reference.forward(experiment, weights, x, how)
    near_a_kink = [
        ((np.abs(value) < 1e-4) & (value != 0)).any()
        for entry, value in zip(network, values, strict=False)
        if entry.kind in ("relu", "leaky_relu", "elu", "prelu")
    ]
    assume(not any(near_a_kink))
    _, gradients = reference.loss_and_gradients(experiment, weights, x, labels, how)

    def loss():
        return reference.loss_and_gradients(experiment, weights, x, labels, how)[0].total

    rounding = 2 * np.finfo(float).eps * abs(loss()) / EPSILON  # of a difference of two losses; weights may be large
    for layer, expected in zip(weights, gradients, strict=True):
        for block, gradient in zip(layer, expected, strict=True):
            np.testing.assert_allclose(gradient, numeric_gradient(loss, block), rtol=1e-5, atol=1e-7 + rounding)


def test_that_equal_scores_cost_the_logarithm_of_the_number_of_classes():
    loss, gradient = reference.softmax_cross_entropy(np.zeros((3, 10)), np.array([0, 4, 9]))
    assert loss == pytest.approx(math.log(10))
    assert gradient[1, 4] == pytest.approx((0.1 - 1) / 3)
    assert gradient[1, 5] == pytest.approx(0.1 / 3)


def test_that_scores_of_a_million_do_not_overflow():
    loss, gradient = reference.softmax_cross_entropy(np.array([[1e6, 0.0]]), np.array([1]))
    assert loss == 1e6
    assert np.isfinite(gradient).all()


def test_that_two_steps_with_momentum_are_those_of_a_calculation_by_hand():
    # One weight a class, no hidden layer, one example x = 1 of class 0; both weights and biases at 0.
    experiment = Experiment(
        training=Training(learning_rate=0.5, batch_size=1, optimizer=SGD(momentum=0.5)),
    )
    weights = [(np.zeros((1, 2)), np.zeros(2))]
    examples = reference.Examples(np.ones((1, 1)), np.zeros(1, np.int64))
    trained = reference.train(experiment, weights, 2, examples)
    first = 0.5 * 0.5  # rate times (1 - share of the right class)
    share = 1 / (1 + math.exp(-4 * first))  # the scores differ by two weights and two biases
    second = first + 0.5 * first + 0.5 * (1 - share)
    W, b = trained.weights[0]
    assert W[0] == pytest.approx([second, -second])
    assert b == pytest.approx([second, -second])
    assert [loss.total for loss in trained.losses] == pytest.approx([math.log(2), -math.log(share)])


def test_that_the_penalty_counts_weights_and_not_biases():
    weights = [(np.full((2, 3), 2.0), np.full(3, 100.0))]
    assert reference.l2(weights, 0.5) == pytest.approx(0.5 * 0.5 * 6 * 4)


def test_that_the_penalty_of_a_network_counts_maxout_and_no_batch_norm_or_slope():
    network = (Maxout(units=2, pieces=3, key=1), BatchNorm(), PReLU())
    experiment = Experiment(network=network, training=Training(l1=0.5, l2=2.0))
    weights = reference.initial_weights(experiment, 4, 3)
    squares = sum((W**2).sum() for W, *_ in (weights[0], weights[3]))
    sizes = sum(np.abs(W).sum() for W, *_ in (weights[0], weights[3]))
    found, _ = reference.loss_and_gradients(experiment, weights, np.ones((2, 4)), np.array([0, 1]))
    assert found.penalty == pytest.approx(squares + 0.5 * sizes)


def test_that_an_example_left_alone_joins_those_before_it_where_there_is_batch_norm():
    experiment = Experiment(network=(BatchNorm(),), training=Training(batch_size=4))
    assert [len(batch) for _, batch, *_ in reference.mini_batches({0: experiment}, 9, 4)] == [4, 5, 4, 5]
    plain = Experiment(training=Training(batch_size=4))
    assert [len(batch) for _, batch, *_ in reference.mini_batches({0: plain}, 9, 4)] == [4, 4, 1, 4]
    alone = Experiment(network=(BatchNorm(),), training=Training(batch_size=1))
    assert [len(batch) for _, batch, *_ in reference.mini_batches({0: alone}, 3, 4)] == [1, 1, 1, 1]


def test_that_two_batches_carry_the_statistics_of_a_calculation_by_hand():
    running = np.zeros(1), np.ones(1)
    running = reference.carried(running, np.array([[1.0], [3.0]]), 0.9)
    assert running[0] == pytest.approx([0.1 * 2])
    assert running[1] == pytest.approx([0.9 + 0.1 * 2])  # over n - 1 = 1
    running = reference.carried(running, np.array([[5.0]]), 0.9)
    assert running[0] == pytest.approx([0.9 * 0.2 + 0.1 * 5])
    assert running[1] == pytest.approx([0.9 * 1.1])


def test_that_what_dropout_keeps_is_a_share_and_the_hash_the_published_one():
    kept = reference.dropout_kept(0, 0, 0, (1, 20_000), 0.3)
    assert kept.mean() == pytest.approx(0.7, abs=0.01)
    # The first words of splitmix64 with seed 0 (Vigna's splitmix64.c): its state moves before it is mixed.
    words = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    limits = [word >> 11 for word in words]
    for place, limit in enumerate(limits, start=1):
        for share, expected in ((limit / 2**53, True), ((limit + 1) / 2**53, False)):
            assert reference.dropout_kept(0, 0, 0, (1, 4), share)[0, place] == expected


def test_that_every_epoch_goes_over_every_example_once_in_an_order_of_its_own():
    orders = [reference.epoch_order(7, epoch, 20) for epoch in range(3)]
    assert all(sorted(order) == list(range(20)) for order in orders)
    assert not np.array_equal(orders[0], orders[1])


def test_that_a_new_batch_size_goes_on_where_the_old_one_stopped():
    before = Experiment(training=Training(batch_size=4))
    after = Experiment(training=Training(batch_size=3))
    steps = list(reference.mini_batches({0: before, 1: after}, 9, 4))
    assert [len(batch) for _, batch, *_ in steps] == [4, 3, 2, 3]
    first_epoch = np.concatenate([batch for _, batch, *_ in steps[:3]])
    np.testing.assert_array_equal(first_epoch, reference.epoch_order(0, 0, 9))
    assert [epoch for *_, epoch in steps] == pytest.approx([4 / 9, 7 / 9, 1, 1 + 3 / 9])


def test_that_the_statistics_of_preprocessing_are_those_of_the_training_examples():
    experiment = Experiment(preprocessing=Standardise())
    dataset = experiment.data.load(0)
    training, validation = reference.preprocessed(experiment, dataset)
    np.testing.assert_allclose(training.features.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(training.features.std(axis=0), 1)
    assert abs(validation.features.mean()) > 1e-6


def test_that_the_rows_of_parameters_are_weights_then_biases_layer_by_layer():
    experiment = Experiment(network=(Dense(units=2, bias=7.0, key=1),))
    row = reference.flat(reference.initial_weights(experiment, 3, 2))
    assert row.shape == (3 * 2 + 2 + 2 * 2 + 2,)
    assert row[6:8].tolist() == [7, 7]
