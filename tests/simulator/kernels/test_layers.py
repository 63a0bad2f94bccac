"""What batch norm, dropout, maxout and PReLU promise, on watched arenas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.kernels.columns import EVALUATE, PROBE, TRAIN
from simulator.layers import LAYERS
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dropout import Dropout
from simulator.layers.elu import ELU
from simulator.layers.maxout import Maxout
from simulator.layers.prelu import PReLU
from simulator.machine import loop
from simulator.machine.probe import Probe
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests import every_kind, reference
from tests.strategies import structs
from tests.watched import Watched

batches = st.integers(2, 8)
widths = st.integers(1, 6)
draws = st.integers(0, 10**6)


def alone(layer, x, dtype=np.float64):
    """A watched network of one layer, its input filled."""
    batch, width = x.shape
    watched = Watched(Experiment(network=(layer,)), width, 2, batch, dtype)
    watched.output(-1)[:] = x
    return watched


def cloud(batch, width, seed):
    return np.random.default_rng(seed).standard_normal((batch, width)) * 3 + 5


# --- batch norm (slides E1 to E4) ---


@given(batches, widths, draws, st.floats(1e-12, 1))
def test_that_batch_norm_gives_every_unit_mean_0_and_variance_1_over_the_mini_batch(batch, width, seed, epsilon):
    x = cloud(batch, width, seed)
    watched = alone(BatchNorm(epsilon=epsilon), x)
    watched.forward(0, 1, TRAIN)
    y = watched.output(0)
    variance = x.var(axis=0)
    np.testing.assert_allclose(y.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(y.var(axis=0), variance / (variance + epsilon), rtol=1e-7)


@given(batches, widths, draws)
def test_that_gamma_and_beta_can_undo_batch_norm(batch, width, seed):
    """Slide E2."""
    x = cloud(batch, width, seed)
    layer = BatchNorm()
    watched = alone(layer, x)
    watched.block(0)[:] = np.sqrt(x.var(axis=0) + layer.epsilon)
    watched.block(1)[:] = x.mean(axis=0)
    watched.forward(0, 1, TRAIN)
    np.testing.assert_allclose(watched.output(0), x, rtol=1e-9)


@given(batches, widths, draws, st.floats(0, 0.99))
def test_that_running_statistics_are_running_means_of_the_mini_batches(batch, width, seed, momentum):
    layer = BatchNorm(momentum=momentum)
    watched = alone(layer, cloud(batch, width, seed))
    mean, variance = np.zeros(width), np.ones(width)
    for step in range(3):
        x = cloud(batch, width, seed + step)
        watched.output(-1)[:] = x
        watched.forward(0, 1, TRAIN)
        mean = momentum * mean + (1 - momentum) * x.mean(axis=0)
        variance = momentum * variance + (1 - momentum) * x.var(axis=0, ddof=1)
    running = watched.state.running_statistics
    np.testing.assert_allclose(running[:width], mean, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(running[width:], variance, rtol=1e-9)
    before = running.copy()
    for mode in (EVALUATE, PROBE):
        watched.output(-1)[:] = x
        watched.forward(0, 1, mode)
        np.testing.assert_allclose(
            watched.output(0), (x - mean) / np.sqrt(variance + layer.epsilon), rtol=1e-9, atol=1e-12
        )
    np.testing.assert_array_equal(watched.state.running_statistics, before)


@pytest.mark.parametrize(("test", "depends"), [("running", False), ("batch", True)])
def test_that_only_the_wrong_test_mode_lets_an_answer_depend_on_its_neighbours(test, depends):
    """Slide E4."""
    x = cloud(4, 3, 0)
    neighbours = np.concatenate([x[:1], cloud(3, 3, 9)])
    answers = []
    for batch in (x, neighbours):
        watched = alone(BatchNorm(test=test), batch)
        watched.forward(0, 1, EVALUATE)
        answers.append(watched.output(0)[0].copy())
    assert np.array_equal(*answers) != depends


@given(widths, draws, st.sampled_from([TRAIN, EVALUATE, PROBE]))
def test_that_batch_norm_gives_an_example_alone_its_shift(width, seed, mode):
    """The mean of one example is itself."""
    watched = alone(BatchNorm(test="batch"), cloud(1, width, seed))
    watched.block(1)[:] = np.arange(width)
    watched.forward(0, 1, mode)
    np.testing.assert_array_equal(watched.output(0)[0], np.arange(width))
    watched.delta(0)[:] = 1
    watched.backward(0, 1, mode)
    np.testing.assert_array_equal(watched.delta(-1), np.zeros((1, width)))


def test_that_batch_norm_of_a_constant_unit_stays_finite():
    x = np.full((5, 2), 0.1)
    watched = alone(BatchNorm(epsilon=1e-12), x)
    watched.forward(0, 1, TRAIN)
    np.testing.assert_allclose(watched.output(0), 0, atol=1e-9)
    watched.delta(0)[:] = cloud(5, 2, 0)
    watched.backward(0, 1, TRAIN)
    assert np.isfinite(watched.delta(-1)).all()


@pytest.mark.parametrize(("test", "depends"), [("running", False), ("batch", True)])
def test_that_a_trained_network_answers_one_example_alike_in_any_company(test, depends):
    """Slide E4, through the whole network: alone, with one neighbour, with all."""
    trainer = Trainer(Run(every_kind.experiment()), np.float64)
    trainer.advance(40)
    trainer.edit({f"network.{2 * list(LAYERS).index('batch_norm') + 1}.test": test})
    probe, examples = Probe(trainer.program, trainer.state), trainer.facts.training
    together = probe.scores(trainer.setting.inputs, examples)
    pairs = [probe.scores(trainer.setting.inputs, examples[[n, 0]])[0] for n in range(examples.size)]
    single = [probe.scores(trainer.setting.inputs, examples[[n]])[0] for n in range(examples.size)]
    for other in (pairs, single):
        assert np.allclose(other, together, rtol=1e-10, atol=1e-12) != depends


# --- dropout ---


def mask(probability, seed=0, step=0, shape=(50, 40), layers=1):
    """Which values the last of so many dropout layers lets through."""
    watched = Watched(Experiment(network=(Dropout(probability=probability),) * layers), shape[1], 2, shape[0])
    watched.output(layers - 2)[:] = 1
    arrays, program = watched.arrays, watched.program
    loop.run_forward(program.forward, watched.layout, arrays, layers - 1, layers, shape[0], TRAIN, seed, step)
    watched.check()
    return watched.output(layers - 1).copy()


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.5, 0.9])
def test_that_dropout_keeps_the_mean_and_drops_its_share(probability):
    y = mask(probability, shape=(200, 100))
    assert (y == 0).mean() == pytest.approx(probability, abs=0.015)
    np.testing.assert_allclose(y[y != 0], 1 / (1 - probability))


@pytest.mark.parametrize("mode", [EVALUATE, PROBE])
def test_that_dropout_does_nothing_when_nothing_is_learned(mode):
    x = cloud(5, 4, 0)
    watched = alone(Dropout(probability=0.9), x)
    watched.forward(0, 1, mode)
    np.testing.assert_array_equal(watched.output(0), x)


def test_that_the_same_seed_step_and_layer_drop_the_same_values():
    np.testing.assert_array_equal(mask(0.5, 3, 7), mask(0.5, 3, 7))


@pytest.mark.parametrize("other", [{"seed": 1}, {"step": 1}, {"layers": 2}, {"seed": 2**31 - 1}, {"step": 10**9}])
def test_that_another_seed_step_or_layer_drops_others_independently(other):
    one, two = mask(0.5).ravel() != 0, mask(0.5, **other).ravel() != 0
    for shift in range(-50, 51):
        agree = (one == np.roll(two, shift)).mean()
        assert agree == pytest.approx(0.5, abs=0.06), f"the masks agree, shifted by {shift}"


def test_that_what_is_dropped_on_the_way_up_passes_nothing_back():
    watched = alone(Dropout(probability=0.5), cloud(6, 5, 0))
    watched.forward(0, 1, TRAIN)
    watched.delta(0)[:] = 1
    watched.backward(0, 1, TRAIN)
    np.testing.assert_array_equal(watched.delta(-1), np.where(watched.output(0) == 0, 0, 2))


@given(st.integers(0, 2**31 - 1), st.integers(0, 10**12), st.integers(1, 4), st.floats(0, 0.99))
def test_that_dropout_draws_the_published_hash(seed, step, layers, probability):
    found = mask(probability, seed, step, (3, 4), layers) != 0
    np.testing.assert_array_equal(found, reference.dropout_kept(seed, step, layers - 1, (3, 4), probability))


def test_that_dropout_is_seen_neither_in_frames_nor_in_readings():
    """The same weights, with most of the units dropped while training or with none."""
    network = [{"kind": "dense", "units": 30}, {"kind": "tanh"}, {"kind": "dropout", "probability": 0.0}]
    plain = from_plain({"network": network})
    one, other = (Trainer(Run(apply(plain, {"network.2.probability": share}))) for share in (0.0, 0.9))
    for ours, theirs in zip(frame_of(one).layers, frame_of(other).layers, strict=True):
        np.testing.assert_array_equal(ours.output.counts, theirs.output.counts)
        assert (ours.mean, ours.std, ours.dead) == (theirs.mean, theirs.std, theirs.dead)
        assert ours.output_gradient.norm == theirs.output_gradient.norm
    maps = [frame_of(trainer, {"decision"}).parts["decision"].shares for trainer in (one, other)]
    np.testing.assert_array_equal(*maps)
    assert one.evaluate(one.facts.training) == other.evaluate(other.facts.training)
    assert one.advance(1)[0] != other.advance(1)[0]


# --- maxout and PReLU (slide B1) ---


@given(batches, widths, st.integers(1, 4), st.integers(2, 4), draws)
def test_that_only_the_largest_piece_learns(batch, width, units, pieces, seed):
    x, rng = cloud(batch, width, seed), np.random.default_rng(seed)
    watched = alone(Maxout(units=units, pieces=pieces), x)
    for number in (0, 1):
        watched.block(number)[:] = rng.standard_normal(watched.block(number).shape)
    watched.forward(0, 1)
    dy = rng.standard_normal((batch, units))
    watched.delta(0)[:] = dy
    watched.backward(0, 1)
    dx, dW, db = reference.maxout_backward(x, watched.block(0), watched.block(1), pieces, dy)
    np.testing.assert_allclose(watched.delta(-1), dx, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(watched.block(0, gradient=True), dW, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(watched.block(1, gradient=True), db, rtol=1e-9, atol=1e-12)


def test_that_the_first_of_equal_pieces_learns():
    watched = alone(Maxout(units=1, pieces=3), np.ones((2, 1)))
    watched.block(0)[:] = [[1, 2, 2]]
    watched.block(1)[:] = 0
    watched.forward(0, 1)
    watched.delta(0)[:] = 1
    watched.backward(0, 1)
    assert watched.block(0, gradient=True).tolist() == [[0, 2, 0]]


def test_that_a_piece_that_is_no_number_makes_the_unit_none():
    watched = alone(Maxout(units=1, pieces=2), np.ones((1, 1)))
    watched.block(0)[:] = 1
    for bias in ([0, np.nan], [np.nan, 0]):
        watched.block(1)[:] = bias
        watched.forward(0, 1)
        assert np.isnan(watched.output(0)).all()


@given(st.booleans(), batches, widths, draws)
def test_that_the_slope_of_prelu_learns_from_what_is_negative(shared, batch, width, seed):
    x, rng = cloud(batch, width, seed) - 5, np.random.default_rng(seed)
    watched = alone(PReLU(shared=shared), x)
    watched.forward(0, 1)
    dy = rng.standard_normal((batch, width))
    watched.delta(0)[:] = dy
    watched.backward(0, 1)
    gradient = np.where(x < 0, x * dy, 0).sum(axis=0)
    expected = gradient.sum(keepdims=True) if shared else gradient
    np.testing.assert_allclose(watched.block(0, gradient=True), expected, rtol=1e-9, atol=1e-12)


# --- ELU ---


def test_that_elu_keeps_small_values_in_float32():
    """Small weights in a deep network make such values (slide D2)."""
    x = -np.geomspace(1e-9, 1e-3, 13, dtype=np.float32)[None]
    watched = alone(ELU(), x, np.float32)
    watched.forward(0, 1)
    np.testing.assert_allclose(watched.output(0), np.expm1(x.astype(float)), rtol=1e-5)


@given(batches, widths, st.integers(1, 4), st.integers(2, 4), draws)
def test_that_maxout_is_the_largest_of_its_pieces(batch, width, units, pieces, seed):
    x = cloud(batch, width, seed)
    watched = alone(Maxout(units=units, pieces=pieces), x)
    rng = np.random.default_rng(seed)
    for number in (0, 1):
        watched.block(number)[:] = rng.standard_normal(watched.block(number).shape)
    watched.forward(0, 1)
    z = (x @ watched.block(0) + watched.block(1)).reshape(batch, units, pieces)
    np.testing.assert_allclose(watched.output(0), z.max(axis=2), rtol=1e-11, atol=1e-12)


@given(structs(PReLU), batches, widths, draws)
def test_that_prelu_is_a_leaky_relu_with_slopes_of_its_own(layer, batch, width, seed):
    x = cloud(batch, width, seed) - 5
    watched = alone(layer, x)
    assert watched.block(0).shape == ((1,) if layer.shared else (width,))
    slopes = np.linspace(0.1, 0.9, watched.block(0).size)
    watched.block(0)[:] = slopes
    watched.forward(0, 1)
    np.testing.assert_allclose(watched.output(0), np.where(x > 0, x, slopes * x), rtol=1e-12)
