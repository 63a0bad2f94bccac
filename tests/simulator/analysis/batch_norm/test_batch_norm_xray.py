"""Inside a batch norm, against plain NumPy and what the slides promise (E1, E2, E4)."""

import numpy as np
import pytest

from simulator.analysis.batch_norm.answering import answer_modes
from simulator.analysis.batch_norm.batch_norm_xray import batch_norm_view
from simulator.analysis.batch_norm.noise import batch_noise
from simulator.analysis.batch_norm.normalised_copy import NormalisedCopy
from simulator.errors import ExperimentError
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

pytestmark = pytest.mark.validation
EPSILON = 1e-5


def small():
    """E1 with narrow layers."""
    return apply(load("E1").experiment, {f"network.{index}.units": 20 for index in (0, 3, 6)})


@pytest.fixture(scope="module")
def trained():
    copy = NormalisedCopy(Run(small()))
    copy.train_to(60)
    return copy


def parameters(trainer):
    return [
        trainer.state.parameters[item.span].reshape(item.block.shape).astype(float) for item in trainer.program.placed
    ]


def pixels(copy, sample):
    dataset, setting = copy.trainer.setting.dataset, copy.trainer.setting
    mean = dataset.features[setting.training].mean(axis=0)
    return (dataset.features[sample] - mean) / 255


def forward(copy, sample):
    """What goes into the three batch norms, each mini-batch normalised by itself; then the scores."""
    W1, b1, g1, s1, W2, b2, g2, s2, W3, b3, g3, s3, W, b = parameters(copy.trainer)
    seen, h = [], pixels(copy, sample)
    for V, c, gamma, beta in ((W1, b1, g1, s1), (W2, b2, g2, s2), (W3, b3, g3, s3)):
        x = h @ V + c
        seen.append(x)
        h = np.tanh(gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + EPSILON) + beta)
    return seen, h @ W + b


def forward_running(copy, sample):
    blocks, running = parameters(copy.trainer), [copy.running(layer) for layer in range(3)]
    h = pixels(copy, sample)
    for layer, (mean, variance) in enumerate(running):
        V, c, gamma, beta = blocks[4 * layer : 4 * layer + 4]
        h = np.tanh(gamma * (h @ V + c - mean) / np.sqrt(variance + EPSILON) + beta)
    return h @ blocks[-2] + blocks[-1]


# --- the layer on one mini-batch ---


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_that_what_comes_in_and_its_statistics_are_those_of_plain_numpy(trained, layer):
    view = batch_norm_view(trained, layer, 50, 3)
    x = forward(trained, trained.mini_batch(50, 3))[0][layer]
    np.testing.assert_allclose(view.batch_mean, x.mean(axis=0), rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(view.batch_variance, x.var(axis=0), rtol=1e-3)
    assert view.before.mean == pytest.approx(x.mean(), abs=1e-5)
    assert view.before.std == pytest.approx(x.std(), rel=1e-3)
    assert view.before.counts.sum() == view.batch * view.layer.units == 50 * 20
    assert str(view.layer.name) == f"Dense {layer + 1}"


def test_that_every_unit_has_mean_0_and_variance_1_and_the_shape_stays(trained):
    view = batch_norm_view(trained, 1, 100)
    x = forward(trained, trained.mini_batch(100, 0))[0][1]
    assert abs(view.normalised.worst_mean) < 1e-5
    assert view.normalised.worst_variance == pytest.approx(min(x.var(axis=0) / (x.var(axis=0) + EPSILON)), abs=1e-4)
    assert view.normalised.std == pytest.approx(1, abs=1e-3)


def test_that_what_goes_out_is_gamma_times_the_normalised_plus_beta(trained):
    view = batch_norm_view(trained, 0, 100)
    x = forward(trained, trained.mini_batch(100, 0))[0][0]
    y = view.gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + EPSILON) + view.beta
    assert (view.after.mean, view.after.std) == pytest.approx((y.mean(), y.std()), rel=1e-3, abs=1e-6)
    assert view.difference == pytest.approx(np.abs(y - x).max(), rel=1e-3)


@pytest.mark.parametrize("layer", [0, 2])
def test_that_gamma_and_beta_can_undo_it_on_that_mini_batch(trained, layer):
    view = batch_norm_view(trained, layer, 100, 2, undone=True)
    x = forward(trained, trained.mini_batch(100, 2))[0][layer]
    np.testing.assert_allclose(view.gamma, np.sqrt(x.var(axis=0) + EPSILON), rtol=1e-3)
    np.testing.assert_allclose(view.beta, x.mean(axis=0), rtol=1e-3, atol=1e-5)
    assert view.difference < 1e-5 * view.scale
    assert batch_norm_view(trained, layer, 100, 2).difference > 0.1 * view.scale


def test_that_the_running_statistics_are_the_trainer_s_and_looking_changes_nothing(trained):
    trainer = Trainer(Run(small()))
    trainer.advance(60)
    before = trained.trainer.state.parameters.copy()
    view = batch_norm_view(trained, 2, 40, undone=True)
    units = slice(0, 20)
    np.testing.assert_array_equal(trained.trainer.state.parameters, before)
    np.testing.assert_array_equal(trained.trainer.state.running_statistics, trainer.state.running_statistics)
    np.testing.assert_array_equal(view.running_mean, trainer.state.running_statistics[-40:][units])
    np.testing.assert_array_equal(view.running_variance, trainer.state.running_statistics[-20:])


def test_that_a_mini_batch_of_one_says_nothing_and_teaches_nothing_below(trained):
    view = batch_norm_view(trained, 0, 1)
    assert (view.normalised.mean, view.normalised.std) == (0, 0)
    assert view.gradient_below == 0
    assert batch_norm_view(trained, 0, 2).gradient_below > 0


# --- training on ---


def test_that_the_history_is_that_of_gamma_and_beta():
    copy, trainer = NormalisedCopy(Run(small())), Trainer(Run(small()))
    copy.train_to(12)
    copy.train_to(20)
    history = copy.history(1)
    assert history.steps.tolist() == [0, 5, 10, 12, 15, 20]
    np.testing.assert_array_equal(history.gamma[0], np.ones(20))
    for step, gamma, beta in zip(history.steps, history.gamma, history.beta, strict=True):
        trainer.advance(int(step) - trainer.step)
        np.testing.assert_array_equal(gamma, parameters(trainer)[6])
        np.testing.assert_array_equal(beta, parameters(trainer)[7])


def test_that_going_back_is_going_there_from_the_start():
    copy = NormalisedCopy(Run(small()))
    copy.train_to(10)
    there = batch_norm_view(copy, 1).batch_mean
    copy.train_to(25)
    copy.train_to(10)
    assert copy.history(0).steps.tolist() == [0, 5, 10]
    np.testing.assert_array_equal(batch_norm_view(copy, 1).batch_mean, there)


def test_that_edits_of_the_run_are_made_at_their_steps_and_its_end_is_no_end():
    run = Run(apply(small(), {"training.epochs": 1})).with_edit(7, {"training.learning_rate": 0.01})
    copy, trainer = NormalisedCopy(run), Trainer(run)
    copy.train_to(30)
    trainer.advance(30, beyond=True)
    assert copy.step == 30
    np.testing.assert_array_equal(copy.trainer.state.parameters, trainer.state.parameters)


def test_that_a_run_that_diverges_says_so():
    copy = NormalisedCopy(Run(apply(small(), {"training.learning_rate": 1e9, "training.divergence.factor": 2.0})))
    copy.train_to(400)
    assert copy.step < 400
    assert "Diverged" in str(copy.ended)


def test_that_a_network_without_batch_norm_is_refused():
    with pytest.raises(ExperimentError, match="no batch norm"):
        NormalisedCopy(load("B5"))


def test_that_a_batch_norm_on_the_inputs_has_nothing_below():
    copy = NormalisedCopy(Run(apply(load("C1").experiment, {"network": [{"kind": "batch_norm"}]})))
    view = batch_norm_view(copy, 0, 30)
    assert (view.layer.units, str(view.layer.name)) == (64, "Batch norm 1")
    assert np.isnan(view.gradient_below)
    x = copy.trainer.setting.dataset.features[copy.mini_batch(30, 0)].astype(float)
    np.testing.assert_allclose(view.batch_mean, x.mean(axis=0), rtol=1e-5)


# --- noise ---


def test_that_the_mean_of_a_mini_batch_strays_as_much_as_independent_draws(trained):
    noise = batch_noise(trained, 0)
    pool = trained.trainer.setting.probe.size
    assert noise.sizes.tolist() == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    closed = np.sqrt((pool - noise.sizes) / (pool - 1) / noise.sizes)
    np.testing.assert_allclose(noise.expected, closed)
    np.testing.assert_allclose(noise.mean, closed, rtol=0.2)
    assert noise.variance[0] == pytest.approx(1, abs=1e-5)  # one example has variance 0
    assert (np.diff(noise.variance) < 0).all()


# --- test time ---


def test_that_the_accuracies_of_both_modes_are_those_of_plain_numpy(trained):
    modes = answer_modes(trained, 32, 0)
    read = trained.trainer.setting.read_validation
    labels = trained.trainer.setting.dataset.labels[read]
    assert (modes.examples, modes.chance) == (read.size, np.bincount(labels).max() / read.size)
    assert modes.running == pytest.approx(np.mean(forward_running(trained, read).argmax(axis=1) == labels), abs=0.005)
    for size in (2, 32):
        parts = [read[begin : begin + size] for begin in range(0, read.size, size)]
        answers = np.concatenate([forward(trained, part)[1].argmax(axis=1) for part in parts])
        assert modes.batch[modes.sizes.tolist().index(size)] == pytest.approx(np.mean(answers == labels), abs=0.01)


def test_that_one_example_s_answer_depends_on_its_batch_in_the_wrong_mode_alone(trained):
    modes = answer_modes(trained, 16, 4)
    assert np.ptp(modes.answers[0]) > 0.05
    assert np.ptp(modes.answers[1]) == 0
    scores = forward_running(trained, trained.trainer.setting.read_validation[[4]])[0]
    label = trained.trainer.setting.dataset.class_names.index(modes.label)
    probability = np.exp(scores[label] - scores.max()) / np.exp(scores - scores.max()).sum()
    assert modes.answers[1, 0] == pytest.approx(probability, rel=1e-3)


def test_that_alone_every_example_gets_the_same_answer(trained):
    """The wrong mode at batch 1 is a constant: x - E is 0."""
    modes = answer_modes(trained, 1, 0)
    labels = trained.trainer.setting.dataset.labels[trained.trainer.setting.read_validation]
    assert modes.batch[0] in [pytest.approx(np.mean(labels == one)) for one in range(10)]
    assert modes.sorted_batch[0] == modes.batch[0]


def test_that_a_stop_leaves_what_there_is(trained):
    assert np.isnan(batch_noise(trained, 0, stop=lambda: True).mean).all()
    assert np.isnan(answer_modes(trained, 8, stop=lambda: True).batch).all()
