"""Numbers of the labs by name, against closed forms and plain NumPy."""

import math

import numpy as np
import pytest

from simulator.errors import ExperimentError
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.quantities import Subject, measure
from tests import reference


def asked(name, experiment="A4", **patch):
    run = Run(apply(load(experiment).experiment, {key.replace("__", "."): value for key, value in patch.items()}))
    return measure(Subject(run), [name])[name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fn[sigmoid].slope(0)", 0.25),
        ("fn[sigmoid].slope(-10)", math.exp(-10) / (1 + math.exp(-10)) ** 2),
        ("fn[tanh].value(0.5)", math.tanh(0.5)),
        ("fn[relu].slope(-10)", 0.0),
        ("fn[relu].slope(10)", 1.0),
        ("fn[relu].mean", 1 / math.sqrt(2 * math.pi)),
        ("fn[leaky_relu].mean", 0.99 / math.sqrt(2 * math.pi)),
        ("fn[elu].mean", 1 / math.sqrt(2 * math.pi) + math.exp(0.5) * math.erfc(1 / math.sqrt(2)) / 2 - 0.5),
        ("fn[tanh].mean", 0.0),
        ("fn[sigmoid].mean", 0.5),
        ("graph[patterns].grad(x)", -8),  # f = 2 (x y + max(z, w)) at 3, -4, 2, -1
        ("graph[patterns].grad(y)", 6),
        ("graph[patterns].grad(w)", 0),
        ("graph[patterns].grad(z, w=5)", 0),
        ("graph[patterns].grad(w, w=5)", 2),
        ("graph[branch].grad(y)", 5),  # f = (x + y) max(y, z) at 1, 2, 0
        ("graph[branch].value(f)", 6),
        ("graph[neuron].value(rate)", 1 / (1 + math.exp(-0.5))),
        ("graph[neuron].grad(b, b=-10)", math.exp(8.5) / (1 + math.exp(8.5)) ** 2),
    ],
)
def test_that_functions_and_gates_follow_their_formulas(name, value):
    assert asked(name) == pytest.approx(value, rel=1e-4, abs=1e-9)


def test_that_a_wrong_value_of_a_graph_is_refused_in_a_sentence():
    for name, sentence in (
        ("graph[patterns].grad(q)", "'q' is no value of this graph; it has x, y, z, w"),
        ("graph[patterns].grad(x, q=1)", "'q' is no input of this graph; it has x, y, z, w"),
        ("graph[patterns].grad(x, x=one)", "'one' is not a number"),
    ):
        with pytest.raises(ExperimentError, match=sentence):
            asked(name)


def test_that_single_gradients_average_to_the_gradient_of_the_batch():
    assert asked("batch.difference", network__0__units=5) < 1e-12


def test_that_the_signal_is_that_of_layers_drawn_anew():
    experiment = apply(load("D4").experiment, {f"network.{2 * layer}.units": 30 for layer in range(10)})
    names = ("signal[1].std", "signal[10].std", "signal[3].mean", "signal[10].gradient", "signal[3].weight_gradient")
    names += ("signal.input_gradient", "signal[2].saturated", "signal[2].blocked", "signal[2].sum_variance")
    found = measure(Subject(Run(experiment)), names)
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset)
    x = examples.features[:1000]
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    values = reference.forward(experiment, weights, x)
    hidden = values[2:21:2]
    assert found["signal[1].std"] == pytest.approx(hidden[0].std(), rel=0.02)  # which examples is the data seed's
    assert found["signal[10].std"] == pytest.approx(hidden[9].std(), rel=0.02)
    assert found["signal[3].mean"] == pytest.approx(hidden[2].mean(), abs=0.01)
    sums = values[3]
    assert found["signal[2].sum_variance"] == pytest.approx(sums.var(), rel=0.02)
    assert found["signal[2].saturated"] == pytest.approx(np.mean(np.abs(np.tanh(sums)) > 0.98), abs=0.01)
    assert found["signal[2].blocked"] == pytest.approx(np.mean(1 - np.tanh(sums) ** 2 < 1e-3), abs=0.01)
    entering = np.random.default_rng(5).standard_normal(hidden[9].shape)  # another draw: 30,000 numbers
    dh, downward = entering, {9: entering}
    for layer in range(9, -1, -1):
        dz = dh * (1 - hidden[layer] ** 2)
        downward[layer - 1, "dw"] = (values[2 * layer].T @ dz) / len(x)
        dh = dz @ weights[layer][0].T
        downward[layer - 1] = dh
    assert found["signal[10].gradient"] == pytest.approx(1.0, rel=0.02)
    assert found["signal.input_gradient"] == pytest.approx(downward[-1].std(), rel=0.1)
    assert found["signal[3].weight_gradient"] == pytest.approx(np.sqrt(np.mean(downward[1, "dw"] ** 2)), rel=0.25)
    with pytest.raises(ExperimentError, match="10 hidden layers, so there is no signal\\[11\\]"):
        measure(Subject(Run(experiment)), ["signal[11].std"])


def test_that_no_unit_of_tanh_is_dead_and_many_of_a_sunken_relu_are():
    assert asked("signal[2].dead", "D4") == 0
    experiment = load("B7").experiment
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset)
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    hidden = reference.forward(experiment, weights, examples.features)[2]
    assert asked("signal[1].dead", "B7") == pytest.approx(np.mean((hidden == 0).all(axis=0)))


@pytest.mark.parametrize(("feed", "batch"), [("positive", 1), ("positive", 10), ("centred", 1), ("tanh", 200)])
def test_that_the_zigzag_is_counted_step_by_step(feed, batch):
    rng = np.random.default_rng(0)
    half = 0.6 * rng.standard_normal((100, 2))
    before = np.vstack([half, half[:, ::-1]])
    x = np.tanh(before) if feed == "tanh" else reference.sigmoid(before)
    if feed == "centred":
        x = x - x.mean(axis=0)
    noise = 0.4 * rng.standard_normal(200)
    noise -= x @ np.linalg.solve(x.T @ x, x.T @ noise)
    t = x @ [1.0, -1.0] + noise
    w, same, judged = np.array([-1.0, 1.0]), 0, 0
    order_rng = np.random.default_rng([0, 1])
    order, at = order_rng.permutation(200), 0
    for _ in range(200):
        if at >= 200:
            order, at = order_rng.permutation(200), 0
        rows = order[at : at + batch]
        at += batch
        gradient = sum((x[row] @ w - t[row]) * x[row] for row in rows) / len(rows)
        if np.abs(gradient).min() > 1e-9:
            judged += 1
            same += gradient[0] * gradient[1] > 0
        w = w - 0.1 * gradient
    least = np.mean((x @ [1.0, -1.0] - t) ** 2) / 2
    assert asked(f"zigzag({feed}, {batch}).same_sign") == pytest.approx(same / judged)
    excess = np.mean((x @ w - t) ** 2) / 2 - least
    assert asked(f"zigzag({feed}, {batch}).excess") == pytest.approx(excess, rel=1e-6)
    steepest = np.linalg.eigvalsh(x.T @ x / 200)[-1]
    assert asked(f"zigzag({feed}, {batch}).largest_rate") == pytest.approx(2 / steepest)


@pytest.mark.parametrize("pre", ["none", "centre", "standardise"])
def test_that_clouds_are_measured_on_the_prepared_examples(pre):
    experiment = apply(load("C1-tilted").experiment, {"preprocessing": {"kind": pre}})
    examples, _ = reference.preprocessed(experiment, experiment.data.load(experiment.seeds.data))
    x = examples.features
    curvatures = np.linalg.eigvalsh(x.T @ x / len(x))
    names = [f"cloud({pre}).{what}" for what in ("condition", "std(1)", "std(2)", "covariance", "steps")]
    found = [*measure(Subject(Run(experiment)), names).values()]
    condition = curvatures[1] / curvatures[0]
    assert found[0] == pytest.approx(condition, rel=1e-4)
    assert found[1:3] == pytest.approx(x.std(axis=0), rel=1e-4)
    assert found[3] == pytest.approx(np.mean((x[:, 0] - x[:, 0].mean()) * (x[:, 1] - x[:, 1].mean())), rel=1e-3)
    assert ((condition - 1) / (condition + 1)) ** found[4] == pytest.approx(0.01, rel=1e-3)


@pytest.fixture(scope="module")
def normalised():
    return Run(apply(load("E4").experiment, {"network.0.units": 10}))


def test_that_batch_norm_is_looked_at_on_a_mini_batch(normalised):
    names = ["bn.before", "bn.after", "bn.worst_mean", "bn.skew(before)", "bn.skew(after)", "bn.undo_difference"]
    before, after, mean, skew, kept_skew, undone = measure(Subject(normalised), names).values()
    dataset = normalised.experiment.data.load(normalised.experiment.seeds.data)
    examples, _ = reference.preprocessed(normalised.experiment, dataset)
    weights = reference.initial_weights(normalised.experiment, dataset.width, dataset.classes)
    sums = reference.forward(normalised.experiment, weights, examples.features)[1]
    assert before == pytest.approx(sums.std(), rel=0.1)  # 100 of all examples
    assert after == pytest.approx(1, abs=0.01)
    assert abs(mean) < 1e-5
    assert kept_skew == pytest.approx(skew, abs=1e-3)
    assert undone < 1e-5


def test_that_batch_norm_answers_in_batches_and_with_running_statistics(normalised):
    names = ["bn.batch(1)@160", "bn.batch(32)@160", "bn.sorted(32)@160", "bn.running@160", "validation_accuracy@160"]
    alone, mixed, by_class, running, accuracy = measure(Subject(normalised, 160), names).values()
    assert running == pytest.approx(accuracy, abs=0.01)  # the run answers with running statistics, too
    assert alone < 0.25 < by_class + 0.2 < mixed + 0.2
    with pytest.raises(ExperimentError, match="not of 33"):
        measure(Subject(normalised, 5), ["bn.batch(33)"])


def test_that_lines_of_the_checklist_have_a_verdict_and_a_number():
    assert asked("check[first_loss]", "F1") == "pass"
    assert asked("check[first_loss].measured", "F1") == pytest.approx(math.log(10), abs=1e-3)
    assert asked("check[set_up]", "F1", training__learning_rate=0.0) == "fail"
