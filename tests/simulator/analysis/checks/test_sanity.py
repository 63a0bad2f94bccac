"""The babysitting list: each check passes where it should, fails where it should, and measures what NumPy finds."""

import math

import numpy as np
import pytest
from msgspec.structs import replace
from numba import carray

from simulator.analysis.checks import overfit
from simulator.analysis.checks.first_loss import first_loss, penalty_raises_loss
from simulator.analysis.checks.overfit import attempt, few_examples, overfits
from simulator.analysis.checks.sanity import CHECKS, gradients_are_right, run_check, run_checks
from simulator.analysis.clock import Clock
from simulator.analysis.copies import start
from simulator.analysis.gradients import gradient_judge
from simulator.analysis.gradients.gradient_check import gradient_check
from simulator.experiment.files import encode
from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.kernels import l2, relu
from simulator.kernels.columns import BLOCKS, CONSTANTS, INPUT, N_IN, OUTPUT, WORKSPACE
from simulator.kernels.kernel import kernel
from simulator.losses.softmax_cross_entropy import SoftmaxCrossEntropy
from simulator.message import Message
from tests import reference

pytestmark = [pytest.mark.slow, pytest.mark.validation]

DENSE = {"kind": "dense", "units": 8}
RELU = {"kind": "relu"}
NORM = {"kind": "batch_norm"}


def experiment(*network, **more):
    return from_plain({"data": {"kind": "blobs", "examples": 60}, "network": list(network), **more})


def clock():
    return Clock()


# --- first loss ---


@pytest.mark.parametrize("name", ["spiral", "digits", "F1", "D3", "E2"])
def test_that_the_first_loss_is_ln_c(name):
    asked = load(name).experiment
    found = first_loss(asked, clock())
    classes = asked.data.load(asked.seeds.data).classes
    assert found.verdict == "pass"
    assert found.expected == math.log(classes)
    assert found.measured == pytest.approx(math.log(classes), rel=1e-3)


def test_that_the_first_loss_is_the_reference_s_with_weights_a_ten_thousandth():
    asked = experiment({**DENSE, "bias": 3}, {"kind": "tanh"}, output={"bias": -2}, preprocessing={"kind": "centre"})
    dataset = asked.data.load(asked.seeds.data)
    weights = reference.initial_weights(asked, dataset.width, dataset.classes)
    weights = [(1e-4 * W, 0 * b) for W, b in weights]
    training, _ = reference.preprocessed(asked, dataset)
    losses, _ = reference.loss_and_gradients(asked, weights, training.features, training.labels)
    assert first_loss(asked, clock()).measured == pytest.approx(losses.data, rel=1e-6)


def test_that_with_batch_norm_only_the_output_layer_is_shrunk():
    asked = experiment(DENSE, {**NORM, "test": "batch"}, RELU, DENSE, {**NORM, "test": "batch"}, RELU)
    found = first_loss(asked, clock())
    assert found.verdict == "pass"
    assert "batch norm" in str(found.sentence)
    assert "batch norm" not in str(first_loss(experiment(DENSE, RELU), clock()).sentence)


def test_that_a_loss_that_declares_another_value_fails(monkeypatch):
    monkeypatch.setattr(SoftmaxCrossEntropy, "untrained", lambda self, classes: (1.0, Message("1")))
    found = first_loss(experiment(DENSE, RELU), clock())
    assert found.verdict == "fail"
    assert found.measured == pytest.approx(math.log(3), rel=1e-3)
    assert found.expected == 1.0


def test_that_features_in_the_millions_fail(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,b,class\n" + "".join(f"{1e7 * math.sin(i)},{i},{'xyz'[i % 3]}\n" for i in range(40)))
    asked = experiment(data={"kind": "csv_file", "path": str(path)})
    found = first_loss(asked, clock())
    assert found.verdict == "fail"
    assert found.measured > 2
    assert "preprocessing" in str(found.sentence)
    assert first_loss(apply(asked, {"preprocessing": {"kind": "standardise"}}), clock()).verdict == "pass"


# --- penalty ---


@pytest.mark.parametrize("name", ["spiral", "digits", "F2", "E2"])
def test_that_a_penalty_of_1000_raises_the_loss_by_500_times_the_squares(name):
    asked = load(name).experiment
    found = penalty_raises_loss(asked, clock())
    trainer = start(asked, np.float64)
    squares = sum(
        float((trainer.state.parameters[item.span] ** 2).sum())
        for item in trainer.program.placed
        if item.block.name == "W"
    )
    assert found.verdict == "pass"
    assert found.expected == pytest.approx(500 * squares, rel=1e-5)
    assert found.measured == pytest.approx(500 * squares, rel=1e-4)


def test_that_the_squares_are_those_of_the_reference_s_weights():
    asked = experiment(DENSE, RELU, DENSE, RELU, training={"l2": 3.0, "l1": 0.2})
    weights = reference.initial_weights(asked, 2, 3)
    assert penalty_raises_loss(asked, clock()).measured == pytest.approx(reference.l2(weights, 1000), rel=1e-5)


@kernel
def twice_l2(layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step):
    """Forgets the half."""
    n, at, own = layout[N_IN], layout[BLOCKS], layout[WORKSPACE]
    result = carray(workspace, own + 1)[own:]
    strength = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    w = carray(parameters, at + n)[at:]
    total = 0.0
    for i in range(n):
        total += w[i] * w[i]
    result[0] = strength * total


def test_that_a_penalty_without_its_half_fails(monkeypatch):
    monkeypatch.setattr(l2, "forward", twice_l2)
    found = penalty_raises_loss(experiment(DENSE, RELU), clock())
    assert found.verdict == "fail"
    assert found.measured == pytest.approx(2 * found.expected, rel=1e-4)


def test_that_without_weights_the_penalty_is_skipped():
    zeros = {"weights": {"kind": "zeros"}}
    found = penalty_raises_loss(experiment({**DENSE, **zeros}, RELU, output=zeros), clock())
    assert found.verdict == "skipped"
    assert found.expected == 0


# --- 20 examples by heart ---


@pytest.mark.parametrize("name", ["spiral", "digits", "F3", "E2"])
def test_that_sound_experiments_learn_20_examples(name):
    found = overfits(load(name).experiment, clock())
    assert (found.verdict, found.measured, found.expected) == ("pass", 1.0, 1.0)


def test_that_dropout_and_penalties_are_off():
    asked = experiment(
        DENSE,
        RELU,
        {"kind": "dropout", "probability": 0.9},
        training={"l2": 10, "l1": 1, "max_norm": 0.1, "schedule": {"kind": "decay", "factor": 0.01}, "epochs": 1},
    )
    assert overfits(asked, clock()).verdict == "pass"


def test_that_equal_units_cannot_learn_by_heart():
    zeros = {"weights": {"kind": "zeros"}}
    asked = load("digits").experiment
    asked = apply(asked, {"network.0.weights": zeros["weights"], "output.weights": zeros["weights"]})
    found = overfits(asked, clock())
    assert found.verdict == "fail"
    assert found.measured < 0.5
    assert "0.5" in str(found.sentence)  # a rate that was tried


def test_that_a_line_cannot_learn_a_spiral_by_heart():
    found = overfits(load("A4-linear").experiment, clock())
    assert found.verdict == "fail"
    assert 0.5 <= found.measured < 1
    assert f"at best accuracy {100 * found.measured:.3g} % of 20 examples" in str(found.sentence)


def test_that_a_rate_ten_times_too_small_is_found_and_named():
    asked = apply(load("digits").experiment, {"training.learning_rate": 2e-4, "training.optimizer.momentum": 0})
    found = overfits(asked, clock())
    assert found.verdict == "pass"
    assert "10 times" in str(found.sentence)
    assert str(found.sentence).endswith(" on 20 examples.")
    assert "0.002" in str(found.sentence)


def test_that_rates_that_all_diverge_are_said_to():
    found = overfits(apply(load("digits").experiment, {"training.learning_rate": 1e9}), clock())
    assert found.verdict == "fail"
    assert "diverges" in str(found.sentence)


@kernel
def upside_down(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    """ReLU's way back with the wrong sign."""
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + n)[at:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    for i in range(n):
        dx[i] = 0 if x[i] <= 0 else -dy[i]


def test_that_a_wrong_sign_fails_two_checks(monkeypatch):
    monkeypatch.setattr(relu, "backward", upside_down)
    asked = experiment({**DENSE, "units": 3}, RELU, data={"kind": "spiral"})
    assert overfits(asked, clock()).verdict == "fail"
    found = gradients_are_right(asked, clock())
    assert found.verdict == "fail"
    assert found.measured > 1
    assert "Dense 1" in str(found.sentence)


def test_that_the_copy_trains_20_training_examples_and_preprocesses_as_the_original():
    asked = apply(load("digits").experiment, {"preprocessing": {"kind": "standardise"}})
    original, copy = start(asked).setting, start(few_examples(asked)).setting
    assert copy.training.size == 20
    assert set(copy.training) <= set(original.training)
    assert np.unique(copy.dataset.labels[copy.training]).size > 5
    assert copy.validation.size == 0
    np.testing.assert_allclose(copy.inputs.shift, original.inputs.shift, rtol=1e-5)
    np.testing.assert_allclose(copy.inputs.scale, original.inputs.scale, rtol=1e-5)
    assert few_examples(asked).training.batch_size == 20


def test_that_an_attempt_trains_as_the_reference_does():
    asked = apply(
        load("digits").experiment,
        {"training.learning_rate": 0.02, "training.l2": 1.0, "training.optimizer.momentum": 0},
    )
    copy = few_examples(asked)
    made = attempt(copy, 0.1, clock())
    setting = start(copy).setting
    dataset, transform = setting.dataset, setting.inputs.transform
    x = (dataset.features[setting.training].astype(np.float64) - transform.shift) * transform.scale
    labels = dataset.labels[setting.training]
    plain = replace(asked, training=replace(copy.training, learning_rate=0.002))
    weights = reference.initial_weights(asked, x.shape[1], 10)
    trained = reference.train(plain, weights, made.steps, reference.Examples(x, labels))
    loss, _ = reference.loss_and_gradients(plain, trained.weights, x, labels)
    assert made.rate == pytest.approx(0.002)
    assert made.learned
    assert made.loss == pytest.approx(loss.data, rel=1e-3)


# --- gradients ---


def test_that_the_gradient_check_says_what_it_measured():
    found = gradients_are_right(load("digits").experiment, clock())
    assert found.verdict == "pass"
    assert 0 < found.measured < 1e-5
    assert str(found.expected) == "below 1e-05"
    assert [str(line).partition(":")[0] for line in found.details] == ["Dense 1", "Output"]


def test_that_kinks_are_named_in_the_sentence():
    flat = {"kind": "dense", "units": 4, "weights": {"kind": "zeros"}}
    found = gradients_are_right(experiment(flat, {"kind": "leaky_relu"}), clock())
    assert found.verdict != "fail"
    assert "leaky ReLU in Dense 1" in str(found.sentence)


# --- the list ---


def test_that_the_list_is_the_babysitting_list():
    assert [check.item.id for check in CHECKS] == [
        "first_loss",
        "penalty_raises_loss",
        "overfits",
        "gradient_check",
        "good_rate",
        "set_up",
    ]
    assert [check.item.slide for check in CHECKS][:3] == ["F1", "F2", "F3"]
    assert all(check.item.title and check.item.story.endswith(".") for check in CHECKS)


def test_that_results_come_one_by_one_with_progress_and_the_experiment_stays():
    asked = load("spiral").experiment
    before = encode(Run(asked))
    shares = []
    results = run_checks(asked, progress=shares.append)
    first = next(results)
    assert first.id == "first_loss"
    assert shares == []
    rest = list(results)
    assert [result.id for result in rest] == [check.item.id for check in CHECKS[1:]]
    assert {result.verdict for result in [first, *rest]} == {"pass"}
    assert all(result.seconds > 0 for result in rest)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert encode(Run(asked)) == before


def test_that_the_same_experiment_gives_the_same_numbers():
    asked = load("F1").experiment
    first, second = (list(run_checks(asked)) for _ in range(2))
    assert [r.measured for r in first] == [r.measured for r in second]
    assert [str(r.sentence) for r in first] == [str(r.sentence) for r in second]


def test_that_after_a_stop_the_rest_is_skipped():
    done = []
    results = run_checks(load("spiral").experiment, stop=lambda: len(done) >= 1)
    done.append(next(results))
    rest = list(results)
    assert done[0].verdict == "pass"
    assert [result.verdict for result in rest] == ["skipped"] * 5
    assert all(result.measured is None for result in rest)


def test_that_a_network_too_large_for_all_steps_is_not_called_unable(monkeypatch):
    asked = load("A4-linear").experiment
    cost = 20 * (3 * 6 + 10_000)  # 2 weights and a bias for each of 2 classes
    monkeypatch.setattr(overfit, "BUDGET", 3 * 400.5 * cost)
    found = overfits(asked, clock())
    assert found.verdict == "unsure"
    assert "in 400 steps" in str(found.sentence)


def test_that_fewer_gradients_of_a_large_network_are_compared(monkeypatch):
    asked = load("spiral").experiment
    whole = gradient_check(asked)
    assert max(layer.judged + layer.kinks + layer.unclear for layer in whole.layers) == 2 * 40 - 40 + 16
    monkeypatch.setattr(gradient_judge, "BUDGET", 1.0)
    part = gradient_check(asked)
    assert part.complete
    assert [layer.judged + layer.kinks + layer.unclear for layer in part.layers] == [10, 10, 5 + 2]


def test_that_a_stop_in_the_middle_is_said():
    looks = []
    found = run_check(CHECKS[2], load("A4-linear").experiment, stop=lambda: looks.append(1) or len(looks) > 4)
    assert found.verdict == "unsure"
    assert "stopped" in str(found.sentence)


# --- what they draw ---


def test_that_the_first_loss_is_drawn_against_the_size_of_the_weights():
    asked = experiment({**DENSE, "bias": 3}, {"kind": "tanh"})
    picture = first_loss(asked, clock()).picture
    dataset = asked.data.load(asked.seeds.data)
    training, _ = reference.preprocessed(asked, dataset)
    for factor, loss in zip(picture.x, picture.y, strict=True):
        weights = reference.initial_weights(asked, dataset.width, dataset.classes)
        weights = [(factor * W, 0 * b) for W, b in weights]
        losses, _ = reference.loss_and_gradients(asked, weights, training.features, training.labels)
        assert loss == pytest.approx(losses.data, rel=1e-5)
    assert picture.reference[0] == math.log(3)
    assert picture.x[picture.mark[0]] == 1e-4


def test_that_the_penalty_is_drawn_as_its_formula():
    asked = load("F1").experiment
    picture = penalty_raises_loss(asked, clock()).picture
    trainer = start(asked)
    weights = [trainer.state.parameters[p.span] for p in trainer.program.placed if p.block.role == "weight"]
    squares = sum(float((w.astype(float) ** 2).sum()) for w in weights)
    np.testing.assert_allclose(picture.y - picture.reference[0], 0.5 * picture.x * squares, rtol=1e-3)


def test_that_the_loss_of_the_20_examples_is_drawn_to_its_end():
    found = overfits(load("spiral").experiment, clock())
    picture = found.picture
    assert picture.x[0] == 0
    assert picture.y[-1] < 0.05 <= picture.y[-2]
    assert f"in {picture.x[-1]:.0f} steps" in str(found.sentence)


def test_that_the_errors_of_the_gradients_are_drawn_layer_by_layer():
    found = gradients_are_right(experiment(DENSE, RELU), clock())
    assert [str(name) for name in found.picture.names] == ["Dense 1", "Output"]
    assert found.picture.y.max() == found.measured
