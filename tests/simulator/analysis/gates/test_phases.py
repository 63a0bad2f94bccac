"""A mini-batch taken apart: the sums over single examples are the batch's, and every number is the reference's."""

import numpy as np
import pytest
from msgspec.structs import replace

from simulator.analysis.gates.phases import MOST, take_apart
from simulator.declaration import kind_of
from simulator.errors import ExperimentError
from simulator.experiment.run import Run
from simulator.layers import LAYERS
from simulator.losses import LOSSES
from simulator.optimizers import OPTIMIZERS
from simulator.training.run.trainer import Trainer
from tests import every_kind, reference

pytestmark = pytest.mark.validation

EXACT = {"rtol": 1e-9, "atol": 1e-12}
ALONE = [name for name, kind in LAYERS.items() if name in {**reference.ACTIVATIONS, **reference.OTHER_LAYERS}]
ALONE.remove("batch_norm")


def first_batch(experiment):
    """The weights at the start and the first mini-batch, as the reference sees them."""
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset)
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    _, batch, _, _ = next(reference.mini_batches({0: experiment}, len(examples.labels), 1))
    features, labels = examples.features[batch], examples.labels[batch]
    how = reference.Pass(training=True, kept=reference.kept_at(experiment, 0, features.shape))
    return weights, features, labels, how


def without_penalties(experiment):
    return replace(experiment, training=replace(experiment.training, l1=0.0, l2=0.0, clip_norm=None))


def alone(how, row):
    """How one example of a batch goes through by itself: with its own row of every mask."""
    return how._replace(kept={place: kept[row : row + 1] for place, kept in how.kept.items()})


@pytest.fixture(scope="module")
def everything():
    """A mini-batch of a network with a layer of every kind that lets examples be taken apart, dropout included."""
    experiment = every_kind.experiment(ALONE)
    return experiment, take_apart(Run(experiment))


def test_that_the_sums_over_single_examples_equal_the_gradient_of_the_batch(everything):
    _, batch = everything
    parts = batch.parts
    assert parts.apart
    assert parts.dropped
    assert parts.size == 10
    assert parts.difference < 1e-6 * parts.largest
    assert parts.losses.sum() / parts.size == pytest.approx(parts.loss, rel=1e-12)


def test_that_every_example_by_itself_has_the_reference_s_loss_and_gradient(everything):
    experiment, batch = everything
    weights, features, labels, how = first_batch(experiment)
    plain = without_penalties(experiment)
    np.testing.assert_array_equal(batch.parts.labels, labels)
    total = np.zeros(reference.flat(weights).size)
    for row in range(len(labels)):
        loss, gradients = reference.loss_and_gradients(
            plain, weights, features[row : row + 1], labels[row : row + 1], alone(how, row)
        )
        assert batch.parts.losses[row] == pytest.approx(loss.data, rel=1e-9)
        total += reference.flat(gradients)
    np.testing.assert_allclose(np.concatenate([block.total for block in batch.parts.blocks]), total, **EXACT)


def test_that_the_terms_of_one_weight_are_slopes_of_single_losses(everything):
    """The term of an example is the slope of its own loss: here by a difference of the reference's loss."""
    experiment, batch = everything
    weights, features, labels, how = first_batch(experiment)
    plain = without_penalties(experiment)
    terms = batch.terms(0, 3)
    assert terms.sum() == pytest.approx(batch.parts.blocks[0].total[3], rel=1e-9)
    for row in range(len(labels)):
        losses = []
        for move in (1e-5, -1e-5):
            moved = [tuple(block.copy() for block in layer) for layer in weights]
            moved[0][0].flat[3] += move
            one = slice(row, row + 1)
            losses.append(
                reference.loss_and_gradients(plain, moved, features[one], labels[one], alone(how, row))[0].data
            )
        assert terms[row] == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=1e-4, abs=1e-8)


def test_that_every_layer_shows_what_the_reference_passes_up_and_down(everything):
    experiment, batch = everything
    weights, features, labels, how = first_batch(experiment)
    values = reference.forward(experiment, weights, features, how)
    _, shares = reference.softmax_cross_entropy(values[-1], labels)
    _, deltas = reference.backward(experiment, weights, values, shares, how)
    assert len(batch.parts.layers) == len(values) - 1
    np.testing.assert_allclose(batch.parts.shares, shares * len(labels), **EXACT)
    for place, layer in enumerate(batch.parts.layers):
        np.testing.assert_allclose(layer.x, values[place], **EXACT)
        np.testing.assert_allclose(layer.y, values[place + 1], **EXACT)
        np.testing.assert_allclose(layer.dx, deltas[place] * len(labels), **EXACT)
        np.testing.assert_allclose(layer.dy, deltas[place + 1] * len(labels), **EXACT)


def test_that_what_a_layer_keeps_is_what_it_used(everything):
    _, batch = everything
    by_kind = {kind_of(type(layer.entry)): layer for layer in batch.parts.layers}
    dropout, maxout = by_kind["dropout"], by_kind["maxout"]
    assert {round(value, 12) for value in dropout.kept["m"].ravel()} == {0.0, 2.0}
    np.testing.assert_allclose(dropout.y, dropout.x * dropout.kept["m"], **EXACT)
    np.testing.assert_allclose(dropout.dx, dropout.dy * dropout.kept["m"], **EXACT)
    pieces = maxout.kept["x W"].reshape(batch.parts.size, maxout.y.shape[1], -1)
    operation = next(place for place, layer in enumerate(batch.parts.layers) if layer is maxout)
    biases = batch.parts.blocks_of(operation)[1].before.reshape(1, maxout.y.shape[1], -1)
    np.testing.assert_allclose((pieces + biases).max(axis=2), maxout.y, **EXACT)


def test_that_the_running_sums_end_at_the_whole_sum(everything):
    _, batch = everything
    for block in batch.parts.blocks:
        assert block.running[-1] == pytest.approx(np.linalg.norm(block.total))
    first = batch.terms(1, 0)[:1]
    assert abs(first[0]) <= batch.parts.blocks[1].running[0] + 1e-12


def test_that_the_update_is_the_reference_s(everything):
    experiment, batch = everything
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset)
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    trained = reference.train(experiment, weights, 1, examples)
    parts = batch.parts
    assert parts.updated
    assert parts.rate == experiment.training.learning_rate
    assert parts.penalty == pytest.approx(trained.losses[0].penalty, rel=1e-9)
    np.testing.assert_allclose(
        np.concatenate([block.before for block in parts.blocks]), reference.flat(weights), **EXACT
    )
    np.testing.assert_allclose(
        np.concatenate([block.after for block in parts.blocks]), reference.flat(trained.weights), **EXACT
    )


def test_that_batch_norm_keeps_examples_together():
    experiment = every_kind.experiment(["batch_norm", "relu"])
    parts = take_apart(Run(experiment)).parts
    weights, features, labels, how = first_batch(experiment)
    loss, gradients = reference.loss_and_gradients(without_penalties(experiment), weights, features, labels, how)
    assert not parts.apart
    assert parts.loss == pytest.approx(loss.data, rel=1e-9)
    assert parts.losses.mean() == pytest.approx(loss.data, rel=1e-9)
    np.testing.assert_allclose(
        np.concatenate([block.batch for block in parts.blocks]), reference.flat(gradients), **EXACT
    )
    layer = next(layer for layer in parts.layers if layer.entry.kind == "batch_norm")
    np.testing.assert_allclose(layer.kept["E"], layer.x.mean(axis=0), **EXACT)
    np.testing.assert_allclose(
        layer.kept["1/√(Var + ε)"], 1 / np.sqrt(layer.x.var(axis=0) + layer.entry.epsilon), **EXACT
    )
    assert np.isnan(parts.blocks[0].running).all()


def test_that_a_huge_mini_batch_is_refused_with_a_sentence():
    experiment = every_kind.experiment(["relu"], batch_size=MOST + 1)
    experiment = replace(experiment, data=replace(experiment.data, examples=2000))
    with pytest.raises(ExperimentError, match="at most 500"):
        take_apart(Run(experiment))


def test_that_a_measurement_can_be_given_up():
    seen = []
    take_apart(Run(every_kind.experiment(["relu"])), stop=lambda: len(seen) == 3, progress=seen.append)
    assert seen == pytest.approx([0.1, 0.2, 0.3])


@pytest.mark.parametrize("kind", [*LAYERS.values(), *LOSSES.values()], ids=kind_of)
def test_that_every_kind_declares_its_forward_and_backward_pair(kind):
    assert kind.passes is not None
    assert kind.passes.forward
    assert kind.passes.backward
    assert kind.passes.keeps


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=kind_of)
def test_that_every_update_rule_declares_its_formula(kind):
    assert kind.formulas[-1].startswith("W = W")


def test_that_the_slope_of_an_activation_is_the_reference_s(everything):
    experiment, batch = everything
    weights, features, _, how = first_batch(experiment)
    values = reference.forward(experiment, weights, features, how)
    for place, layer in enumerate(batch.parts.layers):
        assert (layer.slope is not None) == layer.entry.elementwise
        if layer.slope is not None:
            expected = reference.slope_at(experiment, weights, place, values[place])
            np.testing.assert_allclose(layer.slope, expected, **EXACT)


def test_that_the_shares_of_the_classes_add_up_to_one(everything):
    _, batch = everything
    shares = batch.parts.probabilities
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    right = shares[np.arange(batch.parts.size), batch.parts.labels]
    np.testing.assert_allclose(batch.parts.losses, -np.log(right))


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_that_a_run_is_taken_apart_where_it_stands(optimizer):
    """The next mini-batch of a run that trained in float32: its losses and its next weights, to that precision."""
    experiment = every_kind.experiment(["relu", "dropout", "prelu"], optimizer=optimizer)
    trainer = Trainer(Run(experiment))
    trainer.advance(7)
    parts = take_apart(trainer.run, trainer.snapshot()).parts
    before = trainer.state.parameters.copy()
    data, penalties = trainer.advance(1)
    assert parts.step == 7
    assert parts.difference < 1e-6 * max(1.0, parts.largest)
    assert parts.loss == pytest.approx(data[0], rel=1e-4)
    assert parts.penalty == pytest.approx(penalties[0], rel=1e-4)
    np.testing.assert_array_equal(np.concatenate([block.before for block in parts.blocks]), before)
    after = np.concatenate([block.after for block in parts.blocks])
    np.testing.assert_allclose(after, trainer.state.parameters, rtol=1e-3, atol=1e-5)
    assert not np.array_equal(after, before)


def test_that_an_edit_of_the_run_is_in_force():
    experiment = every_kind.experiment(["relu"])
    trainer = Trainer(Run(experiment))
    trainer.advance(2)
    trainer.edit({"training.learning_rate": 0.5, "training.batch_size": 4})
    parts = take_apart(trainer.run, trainer.snapshot()).parts
    assert (parts.rate, parts.size) == (0.5, 4)
    assert parts.experiment.training.learning_rate == 0.5
