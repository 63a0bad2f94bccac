"""Every kernel's backward pass against central differences of its forward pass, on watched arenas, in float64."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.experiment.experiment import Experiment, Training
from simulator.kernels.columns import EVALUATE, PROBE, TRAIN
from simulator.layers import LAYERS, Activation
from simulator.layers.linear import Linear
from simulator.losses import LOSSES
from tests.strategies import any_networks, penalties, small_dense, structs
from tests.watched import Watched

pytestmark = pytest.mark.validation

EPSILON = 1e-5
KINKED = ("relu", "leaky_relu", "elu", "prelu")
KINK = 1e-3  # how far from 0 the inputs of a kinked function keep
ACTIVATIONS = [name for name, kind in LAYERS.items() if issubclass(kind, Activation)]
OTHERS = [name for name in LAYERS if name not in ACTIVATIONS and name != "dense"]

batches = st.integers(1, 6)
widths = st.integers(1, 7)
class_counts = st.integers(2, 6)
draws = st.integers(0, 10**6)


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


def assert_agrees(gradient, numeric):
    size = max(np.abs(gradient).max(initial=0), np.abs(numeric).max(initial=0), 1e-3)
    assert np.abs(gradient - numeric).max(initial=0) <= 1e-6 * size


def away_from_kinks(x):
    return np.where(np.abs(x) < KINK, np.copysign(KINK, x) + x, x)


def near_a_kink(entry, x, blocks):
    """Tell whether differences may reach across a bend; a 0 that comes from below it stays where it is."""
    if entry.kind == "maxout":
        W, b = blocks
        z = np.sort((x @ W + b).reshape(len(x), -1, entry.pieces), axis=2)
        return (z[:, :, -1] - z[:, :, -2] < KINK).any()
    return entry.kind in KINKED and ((np.abs(x) < KINK) & (x != 0)).any()


def judge_layer(layer, batch, width, seed, spread=1.0, mode=PROBE):
    """Judge dx and the gradient of every parameter block of one layer, which is not the first."""
    rng = np.random.default_rng(seed)
    watched = Watched(Experiment(network=(Linear(), layer)), width, 2, batch)
    blocks = [number for number, item in enumerate(watched.program.placed) if item.operation == 1]
    for number in blocks:
        watched.block(number)[:] = rng.standard_normal(watched.block(number).shape)
    x = watched.output(0)
    x[:] = away_from_kinks(spread * rng.standard_normal((batch, width)))
    assume(not near_a_kink(layer, x, [watched.block(number) for number in blocks]))
    watched.draw_statistics(seed)
    watched.forward(1, 2, mode)
    direction = rng.standard_normal(watched.output(1).shape)  # the gradient that arrives from above

    def function():
        watched.forward(1, 2, mode)
        return float((direction * watched.output(1)).sum())

    watched.delta(1)[:] = direction
    watched.backward(1, 2, mode)
    dx = watched.delta(0).copy()
    found = [watched.block(number, gradient=True).copy() for number in blocks]
    assert_agrees(dx, numeric_gradient(function, x))
    for number, gradient in zip(blocks, found, strict=True):
        assert_agrees(gradient, numeric_gradient(function, watched.block(number)))


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(st.data(), batches, widths, draws, st.sampled_from([0.1, 1.0, 5.0]))
def test_that_the_slope_of_every_activation_is_its_derivative(name, data, batch, width, seed, spread):
    judge_layer(data.draw(structs(LAYERS[name])), batch, width, seed, spread)


@given(small_dense(), batches, widths, draws)
def test_that_the_gradients_of_a_dense_layer_are_differences(layer, batch, width, seed):
    judge_layer(layer, batch, width, seed)


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("mode", [TRAIN, PROBE, EVALUATE])
@given(st.data(), batches, widths, draws)
def test_that_the_gradients_of_every_other_layer_are_differences(name, mode, data, batch, width, seed):
    """Dropout with its mask of step 0, batch norm with the statistics of the batch and with running ones."""
    instead = {"units": st.integers(1, 5), "pieces": st.integers(2, 4), "epsilon": st.floats(1e-3, 1)}
    kind = LAYERS[name]
    fields = {field: drawn for field, drawn in instead.items() if field in kind.__struct_fields__}
    judge_layer(data.draw(structs(kind, **fields)), batch, width, seed, mode=mode)


@pytest.mark.parametrize("name", LOSSES)
@given(batches, class_counts, draws, st.sampled_from([0.1, 1.0, 20.0]))
def test_that_the_gradient_of_every_loss_is_its_difference(name, batch, classes, seed, spread):
    rng = np.random.default_rng(seed)
    watched = Watched(Experiment(loss=LOSSES[name]()), 1, classes, batch)
    top = watched.operations
    scores = watched.output(top - 1)
    scores[:] = spread * rng.standard_normal((batch, classes))
    watched.set_labels(rng.integers(0, classes, batch))

    def function():
        watched.forward(top, top + 1)
        return watched.loss

    function()
    found = watched.delta(top - 1).copy()
    assert_agrees(found, numeric_gradient(function, scores))


@given(any_networks(), batches, widths, class_counts, draws, penalties, st.sampled_from([TRAIN, PROBE]))
def test_that_the_gradients_of_whole_networks_are_differences(network, batch, width, classes, seed, penalty, mode):
    rng = np.random.default_rng(seed)
    training = Training(l1=penalty, l2=penalty)
    watched = Watched(Experiment(network=network, training=training), width, classes, batch)
    for number, item in enumerate(watched.program.placed):
        fan_in = item.block.fan_in
        watched.block(number)[:] = rng.standard_normal(item.block.shape) / np.sqrt(fan_in)
    watched.output(-1)[:] = rng.standard_normal((batch, width))
    watched.set_labels(rng.integers(0, classes, batch))
    watched.draw_statistics(seed)
    watched.forward(mode=mode)
    for operation, entry in enumerate(network):
        blocks = [watched.block(n) for n, item in enumerate(watched.program.placed) if item.operation == operation]
        assume(not near_a_kink(entry, watched.output(operation - 1), blocks))

    def function():
        watched.forward(mode=mode)
        return watched.loss + watched.penalise()

    watched.backward(mode=mode)
    watched.penalise()
    found = [watched.block(number, gradient=True).copy() for number in range(len(watched.program.placed))]
    for number, gradient in enumerate(found):
        assert_agrees(gradient, numeric_gradient(function, watched.block(number)))


@pytest.mark.parametrize(("width", "units", "batch"), [(150, 140, 1), (40, 30, 17), (200, 101, 7)])
def test_that_wide_dense_layers_agree_with_differences_too(width, units, batch):
    """Beyond the threshold where the product goes to BLAS: a few entries, picked at random."""
    rng = np.random.default_rng(5)
    watched = Watched(Experiment(network=(LAYERS["dense"](units=units),)), width, 2, batch)
    x, weights = watched.output(-1), watched.block(0)
    x[:] = rng.standard_normal(x.shape)
    direction = rng.standard_normal((batch, units))
    watched.forward(0, 1)
    np.testing.assert_allclose(watched.output(0), x @ weights + watched.block(1), rtol=1e-12, atol=1e-12)
    watched.delta(0)[:] = direction
    watched.backward(0, 1)
    np.testing.assert_allclose(watched.delta(-1), direction @ weights.T, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(watched.block(0, gradient=True), x.T @ direction, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(watched.block(1, gradient=True), direction.sum(axis=0), rtol=1e-12, atol=1e-12)
