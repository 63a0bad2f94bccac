"""The gradient check finds right gradients right, wrong ones wrong, and knows a kink from a fault."""

import numpy as np
import pytest
from numba import carray

from simulator.analysis.clock import Clock
from simulator.analysis.copies import start
from simulator.analysis.gradients.comparison import LIMIT
from simulator.analysis.gradients.differences import Differences
from simulator.analysis.gradients.gradient_check import gradient_check
from simulator.analysis.gradients.gradient_judge import Judge, LayerGradients
from simulator.experiment.files import encode
from simulator.experiment.library import load
from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.kernels import batch_norm, l2, prelu, tanh
from simulator.kernels.columns import BLOCKS, CONSTANTS, INPUT, N_IN, OUTPUT, OWN, WORKSPACE
from simulator.kernels.kernel import kernel
from simulator.layers import LAYERS, Activation
from simulator.message import Message
from tests import reference

pytestmark = [pytest.mark.slow, pytest.mark.validation]

ACTIVATIONS = [name for name, kind in LAYERS.items() if issubclass(kind, Activation)]
DENSE = {"kind": "dense", "units": 6, "bias": 0.1}


def experiment(*network, **more):
    return from_plain({"data": {"kind": "blobs", "examples": 60}, "network": list(network), **more})


def by_name(found):
    return {str(layer.name): layer for layer in found.layers}


# --- right gradients ---


def everything_is_right(found):
    assert found.complete
    assert found.wrong == found.odd == ()
    assert found.worst.largest < LIMIT
    assert found.judged > 10 * found.left_out


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_that_every_activation_passes(name):
    everything_is_right(gradient_check(experiment(DENSE, {"kind": name}, DENSE, {"kind": name})))


@pytest.mark.parametrize(
    "network",
    [
        [],
        [{"kind": "maxout", "units": 5, "pieces": 3}],
        [DENSE, {"kind": "batch_norm"}, {"kind": "relu"}, DENSE, {"kind": "batch_norm", "test": "batch"}],
        [DENSE, {"kind": "tanh"}, {"kind": "dropout", "probability": 0.5}, DENSE, {"kind": "elu", "alpha": 2}],
    ],
    ids=["linear", "maxout", "batch norm", "dropout"],
)
def test_that_every_layer_passes(network):
    everything_is_right(gradient_check(experiment(*network)))


@pytest.mark.parametrize("name", ["spiral", "digits", "F1", "E2"])
def test_that_built_in_experiments_pass(name):
    everything_is_right(gradient_check(load(name).experiment))


def test_that_layers_are_named_as_on_screen():
    found = gradient_check(experiment(DENSE, {"kind": "tanh"}, DENSE, training={"l2": 0.1, "l1": 0.01}))
    assert list(by_name(found)) == ["Dense 1", "Dense 2", "Output", "Penalty"]
    everything_is_right(found)


def test_that_all_entries_of_a_small_block_and_40_of_a_large_one_are_judged():
    found = by_name(gradient_check(load("digits").experiment))
    assert found["Dense 1"].judged == 40 + 40
    assert found["Output"].judged == 40 + 10


def deep(scale, layers=10):
    """Layers of tanh: with tiny weights gradients under 1e-8, with large ones a loss that bends within 1e-6."""
    dense = {"kind": "dense", "units": 50, "weights": {"kind": "normal", "scale": scale}}
    data = {"kind": "noise", "examples": 100, "width": 50, "classes": 10}
    return experiment(*[dense, {"kind": "tanh"}] * layers, data=data, output={"weights": dense["weights"]})


@pytest.mark.parametrize("scale", [0.02, 1.0], ids=["vanishing", "exploding"])
def test_that_extreme_gradients_are_no_faults(scale):
    found = gradient_check(deep(scale))
    assert found.wrong == found.odd == ()
    assert found.judged > found.left_out


def test_that_the_analytic_side_is_the_reference_s():
    asked = experiment(DENSE, {"kind": "leaky_relu"}, DENSE, {"kind": "tanh"})
    trainer = start(asked, np.float64)
    sample = trainer.setting.probe[:10]
    differences = Differences(trainer, sample)
    dataset = asked.data.load(asked.seeds.data)
    weights = reference.initial_weights(asked, dataset.width, dataset.classes)
    x, labels = dataset.features[sample].astype(np.float64), dataset.labels[sample]
    losses, gradients = reference.loss_and_gradients(asked, weights, x, labels)
    assert differences.loss() == pytest.approx(losses.data, rel=1e-12)
    np.testing.assert_allclose(differences.gradients(), reference.flat(gradients), rtol=1e-9, atol=1e-13)


def test_that_the_quotient_is_that_of_the_reference_and_leaves_the_parameter_alone():
    asked = experiment(DENSE, {"kind": "tanh"})
    trainer = start(asked, np.float64)
    before = trainer.state.parameters.copy()
    sample = trainer.setting.probe[:10]
    differences = Differences(trainer, sample)
    dataset = asked.data.load(asked.seeds.data)
    x, labels = dataset.features[sample].astype(np.float64), dataset.labels[sample]
    losses = []
    for step in (0.1, -0.1):
        weights = reference.initial_weights(asked, dataset.width, dataset.classes)
        weights[0][0][1, 2] += step
        losses.append(reference.loss_and_gradients(asked, weights, x, labels)[0].data)
    index = trainer.program.placed[0].offset + 1 * 6 + 2
    assert differences.quotient(differences.loss, index, 0.1) == pytest.approx((losses[0] - losses[1]) / 0.2, rel=1e-9)
    np.testing.assert_array_equal(trainer.state.parameters, before)


# --- wrong gradients ---


@kernel
def wrong_tanh(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    y = carray(activations, to + n)[to:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    for i in range(n):
        dx[i] = dy[i] * (1 - y[i] * y[i]) * 1.001


@kernel
def wrong_prelu(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    units, slopes, own = layout[N_IN], layout[OWN], layout[BLOCKS]
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    dx = carray(deltas, at + units * batch)[at:].reshape((batch, units))
    dy = carray(deltas, to + units * batch)[to:].reshape((batch, units))
    a = carray(parameters, own + slopes)[own:]
    da = carray(gradients, own + slopes)[own:]
    for j in range(slopes):
        da[j] = 0
    for i in range(batch):
        for j in range(units):
            dx[i, j] = a[j] * dy[i, j] if x[i, j] <= 0 else dy[i, j]
            da[j] += x[i, j] * dy[i, j]  # where x > 0 too


@kernel
def wrong_batch_norm(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    """As if mean and variance did not depend on x."""
    units, at, to = layout[N_IN], layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    dx = carray(deltas, at + units * batch)[at:].reshape((batch, units))
    dy = carray(deltas, to + units * batch)[to:].reshape((batch, units))
    gamma = carray(parameters, layout[BLOCKS] + units)[layout[BLOCKS] :]
    dgamma = carray(gradients, layout[BLOCKS] + units)[layout[BLOCKS] :]
    dbeta = carray(gradients, layout[BLOCKS + 1] + units)[layout[BLOCKS + 1] :]
    work = carray(workspace, layout[WORKSPACE] + 2 * units)[layout[WORKSPACE] :]
    for j in range(units):
        dgamma[j] = 0
        dbeta[j] = 0
        for i in range(batch):
            dgamma[j] += dy[i, j] * (x[i, j] - work[j]) * work[units + j]
            dbeta[j] += dy[i, j]
            dx[i, j] = gamma[j] * work[units + j] * dy[i, j]


@kernel
def wrong_l2(layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step):
    """0.5 * l2 * sum of squares, with the gradient of l2 * sum of squares."""
    n, at, own = layout[N_IN], layout[BLOCKS], layout[WORKSPACE]
    result = carray(workspace, own + 1)[own:]
    strength = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    w = carray(parameters, at + n)[at:]
    dw = carray(gradients, at + n)[at:]
    total = 0.0
    for i in range(n):
        total += w[i] * w[i]
        dw[i] += 2 * strength * w[i]
    result[0] = 0.5 * strength * total


@kernel
def twice_tanh(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    y = carray(activations, to + n)[to:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    for i in range(n):
        dx[i] = 2 * dy[i] * (1 - y[i] * y[i])


RELU = {"kind": "relu"}
SHARE = {"kind": "prelu"}


@pytest.mark.parametrize(
    ("module", "name", "wrong", "network", "training", "blamed"),
    [
        (tanh, "backward", wrong_tanh, [DENSE, {"kind": "tanh"}, DENSE, RELU], {}, ["Dense 1"]),
        (tanh, "backward", wrong_tanh, [DENSE, RELU, DENSE, {"kind": "tanh"}], {}, ["Dense 1", "Dense 2"]),
        (prelu, "backward", wrong_prelu, [DENSE, RELU, DENSE, SHARE, DENSE, RELU], {}, ["Dense 2"]),
        (batch_norm, "backward", wrong_batch_norm, [DENSE, {"kind": "batch_norm"}, DENSE], {}, ["Dense 1"]),
        (l2, "forward", wrong_l2, [DENSE, RELU], {"l2": 0.1}, ["Penalty"]),
    ],
    ids=["tanh, first", "tanh, second", "PReLU's slope", "batch norm", "penalty"],
)
def test_that_a_wrong_gradient_is_found_and_its_layer_named(
    monkeypatch, module, name, wrong, network, training, blamed
):
    asked = experiment(*network, training=training)
    everything_is_right(gradient_check(asked))
    monkeypatch.setattr(module, name, wrong)
    found = gradient_check(asked)
    assert [str(layer.name) for layer in found.wrong] == blamed
    right = [layer for layer in found.layers if not layer.wrong]
    assert right
    assert all(layer.largest < LIMIT for layer in right)


def test_that_a_wrong_gradient_of_a_smooth_network_is_no_kink(monkeypatch):
    monkeypatch.setattr(tanh, "backward", wrong_tanh)
    found = gradient_check(experiment(DENSE, {"kind": "tanh"}))
    assert found.jumps == ()
    assert by_name(found)["Dense 1"].off >= 6
    assert by_name(found)["Dense 1"].largest == pytest.approx(0.001, rel=0.01)


def test_that_what_lies_below_a_wrong_layer_is_blamed_and_what_lies_above_is_not(monkeypatch):
    monkeypatch.setattr(tanh, "backward", wrong_tanh)
    found = by_name(gradient_check(experiment(DENSE, RELU, DENSE, {"kind": "tanh"}, DENSE, RELU)))
    assert found["Dense 1"].wrong
    assert found["Dense 2"].wrong
    assert not found["Dense 3"].wrong
    assert not found["Output"].wrong


@pytest.mark.parametrize("scale", [0.02, 1.0], ids=["vanishing", "exploding"])
def test_that_extreme_gradients_do_not_hide_a_fault(monkeypatch, scale):
    monkeypatch.setattr(tanh, "backward", twice_tanh)
    found = gradient_check(deep(scale))
    assert [str(layer.name) for layer in found.wrong] == [f"Dense {number}" for number in range(1, 11)]


def test_that_a_few_entries_that_are_a_little_off_blame_nobody():
    layer = LayerGradients(Message("Dense 1"))
    for error in [1e-9] * 40 + [2e-5]:
        layer.note(0, error)
    assert (layer.judged, layer.off, layer.wrong) == (41, 1, False)
    layer.note(0, 0.5)
    assert layer.wrong


def test_that_many_entries_that_are_a_little_off_blame_the_layer():
    layer = LayerGradients(Message("Dense 1"))
    for error in [1e-9] * 15 + [2e-5] * 3:
        layer.note(0, error)
    assert layer.wrong


# --- kinks ---


AT_A_KINK = {"kind": "dense", "units": 4, "weights": {"kind": "zeros"}}


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ({"kind": "relu"}, "ReLU in Dense 1"),
        ({"kind": "leaky_relu", "slope": 0.3}, "leaky ReLU in Dense 1"),
        ({"kind": "prelu"}, "PReLU in Dense 1"),
        ({"kind": "elu", "alpha": 3}, "ELU in Dense 1"),
    ],
)
def test_that_a_network_at_its_kink_is_not_blamed(entry, named):
    """With weights and biases 0 every unit stands at x = 0: the differences see half of both slopes."""
    found = gradient_check(experiment(AT_A_KINK, entry))
    assert found.wrong == ()
    assert [str(name) for name, _count in found.jumps] == [named]
    assert by_name(found)["Dense 1"].kinks >= 10
    assert by_name(found)["Output"].kinks == 0


@pytest.mark.parametrize("entry", [{"kind": "tanh"}, {"kind": "softplus"}, {"kind": "elu", "alpha": 1}])
def test_that_smooth_activations_have_no_kink_at_0(entry):
    found = gradient_check(experiment(AT_A_KINK, entry))
    assert found.jumps == ()
    everything_is_right(found)


def test_that_equal_pieces_of_maxout_are_a_kink():
    layer = {"kind": "maxout", "units": 3, "weights": {"kind": "constant", "value": 0.5}}
    found = gradient_check(experiment(layer))
    assert found.wrong == ()
    assert [str(name) for name, _count in found.jumps] == ["Maxout in Maxout 1"]


def test_that_a_kink_is_followed_to_the_layer_that_has_it():
    """The parameter that moves is in Dense 1; the unit that stands at its kink is in Dense 2."""
    pinned = {"kind": "dense", "units": 4, "weights": {"kind": "constant", "value": 0.5}}
    asked = experiment({**pinned, "bias": 1.0, "weights": {"kind": "zeros"}}, {"kind": "linear"}, pinned, RELU)
    trainer = start(asked, np.float64)
    second_bias = next(item for item in trainer.program.placed if item.operation == 2 and item.block.role == "bias")
    trainer.state.parameters[second_bias.span] = -4 * 0.5 * 1.0  # x = 4 inputs of 1 times 0.5 - 2 = 0
    judge = Judge(Differences(trainer, trainer.setting.probe[:10]))
    assert judge.look_at_all(np.random.default_rng(0), Clock())
    assert [str(judge.name_of(operation)) for operation in judge.jumps] == ["ReLU in Dense 2"]
    assert judge.layers[0].kinks
    assert not any(layer.wrong for layer in judge.layers)


# --- habits ---


def test_that_it_repeats_itself_and_another_seed_looks_elsewhere():
    asked = load("digits").experiment
    first, again, other = gradient_check(asked), gradient_check(asked), gradient_check(asked, seed=1)
    assert first.layers == again.layers
    assert first.layers != other.layers


def test_that_the_experiment_stays_as_it_is():
    asked = experiment(DENSE, {"kind": "dropout"}, training={"epochs": 2, "patience": 1})
    before = encode(Run(asked))
    gradient_check(asked)
    assert encode(Run(asked)) == before


def test_that_it_can_be_stopped_and_reports_progress():
    asked = load("digits").experiment
    shares = []
    found = gradient_check(asked, Clock(stop=lambda: len(shares) >= 3, progress=shares.append))
    assert not found.complete
    assert found.judged == 3 * 4
    assert shares == sorted(shares)


def test_that_a_loss_that_is_no_number_is_not_judged():
    exploding = {"kind": "dense", "units": 6, "weights": {"kind": "normal", "scale": 100}}
    found = gradient_check(experiment(*[exploding] * 160))
    assert np.isnan(found.loss)
    assert found.layers == ()
    assert found.worst is None
