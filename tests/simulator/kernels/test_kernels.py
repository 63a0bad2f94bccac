"""What every kernel computes, against the reference; where it writes, and where it does not."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.experiment.experiment import Experiment, Training
from simulator.kernels.columns import EVALUATE, PROBE, TRAIN
from simulator.layers import LAYERS
from simulator.layers.dense import Dense
from simulator.layers.leaky_relu import LeakyReLU
from simulator.machine import loop
from tests import reference
from tests.strategies import any_networks, small_networks, small_trainings, structs
from tests.watched import Watched

pytestmark = pytest.mark.slow

ACTIVATIONS = [name for name in reference.ACTIVATIONS if name in LAYERS]
SPECIAL = np.array([0.0, -0.0, 1.0, -1.0, 1e-30, -1e-30, 30.0, -30.0, 200.0, -200.0, 1e30, -1e30])

batches = st.integers(1, 6)
widths = st.integers(1, 7)
class_counts = st.integers(2, 6)
draws = st.integers(0, 10**6)
dtypes = st.sampled_from([np.float32, np.float64])
modes = st.sampled_from([TRAIN, PROBE])
MANY = settings(max_examples=max(80, settings().max_examples))


def tolerance(dtype, *kinds):
    """In float32 tanh is within 4e-7 of the true value, its slope within 1e-6: only where `kinds` has it, 3e-6."""
    if dtype != np.float32:
        return {"rtol": 1e-12, "atol": 1e-13}
    return {"rtol": 1e-5, "atol": 3e-6 if "tanh" in kinds else 1e-6}


def alone(entry, x, dtype=np.float64):
    """Run an activation forward over one row and return the watched program."""
    watched = Watched(Experiment(network=(entry,)), x.size, 2, 1, dtype)
    watched.output(-1)[:] = x
    watched.forward(0, 1)
    return watched


# --- activations ---


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_every_activation_is_the_reference_s_at_special_values(name, dtype):
    entry = LAYERS[name]()
    x = SPECIAL.astype(dtype)
    function, slope = reference.activation(entry)
    watched = alone(entry, x, dtype)
    np.testing.assert_allclose(watched.output(0)[0], function(x), **tolerance(dtype, name))
    watched.delta(0)[:] = 1
    watched.backward(0, 1)
    np.testing.assert_allclose(watched.delta(-1)[0], slope(x), **tolerance(dtype, name))


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(st.data(), batches, widths, draws, dtypes)
def test_that_every_activation_is_the_reference_s(name, data, batch, width, seed, dtype):
    rng = np.random.default_rng(seed)
    entry = data.draw(structs(LAYERS[name]))
    x = (3 * rng.standard_normal((batch, width))).astype(dtype)
    direction = rng.standard_normal((batch, width)).astype(dtype)
    function, slope = reference.activation(entry)
    watched = Watched(Experiment(network=(entry,)), width, 2, batch, dtype)
    watched.output(-1)[:] = x
    watched.forward(0, 1)
    watched.delta(0)[:] = direction
    watched.backward(0, 1)
    np.testing.assert_allclose(watched.output(0), function(x), **tolerance(dtype, name))
    np.testing.assert_allclose(watched.delta(-1), direction * slope(x), **tolerance(dtype, name))


@pytest.mark.parametrize("name", [name for name, kind in LAYERS.items() if kind.elementwise])
def test_that_not_a_number_stays_not_a_number(name):
    assert np.isnan(alone(LAYERS[name](), np.array([np.nan])).output(0)).all()


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("relu", 0, np.inf),
        ("tanh", -1, 1),
        ("sigmoid", 0, 1),
        ("linear", -np.inf, np.inf),
        ("leaky_relu", -np.inf, np.inf),
    ],
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_infinity_goes_where_the_function_goes(name, low, high, dtype):
    watched = alone(LAYERS[name](), np.array([-np.inf, np.inf]), dtype)
    assert watched.output(0)[0].tolist() == [low, high]


@pytest.mark.parametrize(
    ("name", "x", "slope"),
    [
        ("sigmoid", [-10, 0, 10], [4.5396e-5, 0.25, 4.5396e-5]),
        ("relu", [-10, 0, 10], [0, 0, 1]),
        ("leaky_relu", [-10, 0, 10], [0.01, 0.01, 1]),
    ],
)
def test_that_the_slopes_are_those_of_the_slide(name, x, slope):
    watched = alone(LAYERS[name](), np.array(x, float))
    watched.delta(0)[:] = 1
    watched.backward(0, 1)
    assert watched.delta(-1)[0].tolist() == pytest.approx(slope, rel=1e-4)


def test_that_a_slope_of_1_is_the_linear_function():
    x = np.array([-3.0, 0.0, 2.0])
    assert alone(LeakyReLU(slope=1.0), x).output(0)[0].tolist() == x.tolist()


# --- whole networks ---


def random_pass(network, batch, width, classes, seed, dtype, l2=0.2, mode=PROBE):
    """Run a random mini-batch forward and backward; return how the reference has to do it, too."""
    rng = np.random.default_rng(seed)
    experiment = Experiment(network=network, training=Training(l2=l2))
    watched = Watched(experiment, width, classes, batch, dtype)
    x = rng.standard_normal((batch, width)).astype(dtype)
    labels = rng.integers(0, classes, batch)
    watched.output(-1)[:] = x
    watched.set_labels(labels)
    watched.draw_statistics(seed)
    how = watched.how(mode)
    watched.forward(mode=mode)
    watched.backward(mode=mode)
    penalty = watched.penalise()
    return experiment, watched, x, labels, how, penalty


@MANY
@given(any_networks(), batches, widths, class_counts, draws, dtypes, modes)
def test_that_a_pass_through_any_network_is_the_reference_s(network, batch, width, classes, seed, dtype, mode):
    experiment, watched, x, labels, how, penalty = random_pass(network, batch, width, classes, seed, dtype, mode=mode)
    weights = watched.weights()
    losses, gradients = reference.loss_and_gradients(experiment, weights, x, labels, how)
    values = reference.forward(experiment, weights, x, how)
    close = tolerance(dtype, *(entry.kind for entry in experiment.network))
    for operation, value in enumerate(values[1:]):
        np.testing.assert_allclose(watched.output(operation), value, **close)
    assert watched.loss == pytest.approx(losses.data, rel=close["rtol"], abs=close["atol"])
    assert penalty == pytest.approx(losses.penalty, rel=close["rtol"], abs=close["atol"])
    for number, gradient in enumerate(part for layer in gradients for part in layer):
        np.testing.assert_allclose(watched.block(number, gradient=True), gradient, **close)
    if dtype == np.float64:
        assert watched.right == (values[-1].argmax(axis=1) == labels).sum()


@given(any_networks(), batches, widths, class_counts, draws)
def test_that_the_deltas_are_those_of_the_reference_down_to_the_input(network, batch, width, classes, seed):
    experiment, watched, x, labels, how, _ = random_pass(network, batch, width, classes, seed, np.float64)
    weights = watched.weights()
    values = reference.forward(experiment, weights, x, how)
    _, dscores = reference.softmax_cross_entropy(values[-1], labels)
    _, deltas = reference.backward(experiment, weights, values, dscores, how)
    for operation, delta in enumerate(deltas, start=-1):
        np.testing.assert_allclose(watched.delta(operation), delta, rtol=1e-11, atol=1e-13)


@given(any_networks(), batches, widths, class_counts, draws, dtypes)
def test_that_a_pass_writes_every_word_of_its_blocks_and_no_other(network, batch, width, classes, seed, dtype):
    _, watched, *_ = random_pass(network, batch, width, classes, seed, dtype)
    for arena in watched.blocks:
        assert watched.unwritten(arena) == 0, arena


@given(small_networks(6), batches, widths, class_counts, draws, st.sampled_from([TRAIN, EVALUATE]))
def test_that_without_randomness_all_modes_compute_the_same(network, batch, width, classes, seed, mode):
    probed = random_pass(network, batch, width, classes, seed, np.float64)[1]
    other = random_pass(network, batch, width, classes, seed, np.float64, mode=mode)[1]
    assert other.loss == probed.loss
    np.testing.assert_array_equal(other.state.gradients, probed.state.gradients)


@given(any_networks(), batches, widths, class_counts, draws, modes)
def test_that_a_pass_leaves_nothing_behind_for_the_next(network, batch, width, classes, seed, mode):
    _, watched, x, labels, _, _ = random_pass(network, batch, width, classes, seed, np.float64, mode=mode)
    first = watched.state.gradients.copy()
    watched.output(-1)[:] = x
    watched.set_labels(labels)
    watched.forward(mode=mode)
    watched.backward(mode=mode)
    watched.penalise()
    np.testing.assert_array_equal(watched.state.gradients, first)


@given(any_networks(), batches, widths, class_counts, draws, st.sampled_from([PROBE, EVALUATE]))
def test_that_only_training_moves_the_running_statistics(network, batch, width, classes, seed, mode):
    _, watched, *_ = random_pass(network, batch, width, classes, seed, np.float64, mode=mode)
    after = watched.state.running_statistics.copy()
    watched.draw_statistics(seed)
    np.testing.assert_array_equal(watched.state.running_statistics, after)


# --- loss and penalty ---


def scores_of(scores, labels, dtype=np.float64):
    scores = np.asarray(scores, dtype)
    watched = Watched(Experiment(), 1, scores.shape[1], len(scores), dtype)
    watched.output(watched.operations - 1)[:] = scores
    watched.set_labels(np.asarray(labels))
    watched.forward(watched.operations, watched.operations + 1)
    return watched


@pytest.mark.parametrize("classes", [2, 10, 1000])
def test_that_a_network_that_knows_nothing_costs_the_logarithm_of_the_classes(classes):
    assert scores_of(np.zeros((3, classes)), [0, 1, classes - 1]).loss == pytest.approx(np.log(classes))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_a_confident_wrong_answer_costs_without_overflow(dtype):
    watched = scores_of([[1e6, 0], [0, 1e6]], [1, 0], dtype)
    assert watched.loss == 1e6
    assert np.isfinite(watched.delta(watched.operations - 1)).all()


def test_that_scores_that_are_no_numbers_make_no_loss():
    assert np.isnan(scores_of([[np.nan, np.nan]], [0]).loss)


def test_that_of_scores_that_are_no_numbers_class_0_is_the_answer():
    assert scores_of([[np.nan, np.nan], [np.nan, np.nan]], [0, 1]).right == 1


def test_that_the_first_of_equal_scores_is_the_answer():
    assert scores_of([[1, 1], [1, 1]], [0, 1]).right == 1


def test_that_the_gradients_of_one_example_sum_to_nothing():
    watched = scores_of(np.random.default_rng(0).standard_normal((5, 4)), [0, 1, 2, 3, 0])
    np.testing.assert_allclose(watched.delta(watched.operations - 1).sum(axis=1), 0, atol=1e-15)


def test_that_the_sums_over_single_examples_are_the_gradient_of_the_batch():
    """Slide A1: sample, add, average."""
    rng = np.random.default_rng(3)
    network = (Dense(units=5, key=1), LAYERS["tanh"]())
    x, labels = rng.standard_normal((8, 3)), rng.integers(0, 3, 8)

    def gradient(rows):
        watched = Watched(Experiment(network=network), 3, 3, len(rows))
        watched.output(-1)[:] = x[rows]
        watched.set_labels(labels[rows])
        watched.forward()
        watched.backward()
        return np.concatenate([watched.block(n, gradient=True).ravel() for n in range(4)])

    alone = [gradient([row]) for row in range(8)]
    np.testing.assert_allclose(sum(alone) / 8, gradient(list(range(8))), rtol=1e-10, atol=1e-14)


def test_that_the_penalty_leaves_biases_alone():
    watched = Watched(Experiment(training=Training(l2=0.5)), 3, 2, 1)
    watched.block(0)[:] = 2
    watched.block(1)[:] = 100
    watched.state.gradients[watched.program.placed[0].span] = 0
    watched.state.gradients[watched.program.placed[1].span] = 0
    assert watched.penalise() == pytest.approx(0.5 * 0.5 * 6 * 4)
    assert (watched.block(0, gradient=True) == 1).all()
    assert (watched.block(1, gradient=True) == 0).all()


def test_that_without_a_penalty_nothing_is_added():
    watched = Watched(Experiment(), 3, 2, 1)
    watched.state.gradients[watched.program.placed[0].span] = 0
    assert watched.penalise() == 0
    assert (watched.block(0, gradient=True) == 0).all()


# --- what follows the backward pass ---


def after_backward(training, seed):
    """Run all that follows the backward pass of a small network once; return the blocks before and after."""
    watched = Watched(Experiment(network=(Dense(units=3, key=1),), training=training), 4, 2, 1)
    program, arrays = watched.program, list(watched.arrays)
    rng = np.random.default_rng(seed)
    numbers = range(len(program.placed))
    for number in numbers:
        watched.block(number, gradient=True)[:] = rng.standard_normal(program.placed[number].block.shape)
        watched.block(number)[:] = rng.standard_normal(program.placed[number].block.shape)
    # The update rule goes over the guards too: they hold nothing that moves.
    watched.state.gradients[watched.guards["gradients"]] = 0
    watched.state.parameters[watched.guards["parameters"]] = 0
    weights = [(watched.block(n).copy(), watched.block(n + 1).copy()) for n in numbers[::2]]
    gradients = [(watched.block(n, True).copy(), watched.block(n + 1, True).copy()) for n in numbers[::2]]
    arrays[0][0] = training.learning_rate
    arrays[3] = watched.state.optimizer_state
    rows = watched.layout[watched.operations + 1 :]
    loop.run_forward(program.after, rows, tuple(arrays), 0, program.after.size, 1, TRAIN, 0, 0)
    assert not watched.state.parameters[watched.guards["parameters"]].any()
    return weights, gradients, [(watched.block(n), watched.block(n + 1)) for n in numbers[::2]]


@given(
    small_trainings(),
    st.one_of(st.none(), st.floats(0.1, 8)),
    st.one_of(st.none(), st.floats(0.1, 4)),
    draws,
)
def test_that_penalties_clipping_update_and_norms_follow_in_this_order(training, clip_norm, max_norm, seed):
    training = msgspec.structs.replace(training, clip_norm=clip_norm, max_norm=max_norm)
    weights, gradients, found = after_backward(training, seed=seed)
    penalised = [
        (dW + training.l1 * np.sign(W) + training.l2 * W, db)
        for (W, _), (dW, db) in zip(weights, gradients, strict=True)
    ]
    clipped = reference.clipped(penalised, clip_norm)
    if clip_norm is not None:
        assert reference.flat(clipped) @ reference.flat(clipped) <= clip_norm**2 * (1 + 1e-9)
    for (W, b), (dW, db), (new_W, new_b) in zip(weights, clipped, found, strict=True):
        rules = [reference.Rule(training.optimizer.kind, w) for w in (W, b)]
        rate = training.learning_rate
        expected = reference.shrunk(rules[0].update(training.optimizer, rate, W, dW), max_norm)
        np.testing.assert_allclose(new_W, expected, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(new_b, rules[1].update(training.optimizer, rate, b, db), rtol=1e-9, atol=1e-12)
        if max_norm is not None:
            assert (np.sqrt((new_W**2).sum(axis=0)) <= max_norm * (1 + 1e-9)).all()
