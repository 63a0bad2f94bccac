"""Losses, accuracies and layers by name, against the same run trained in plain NumPy."""

import numpy as np
import pytest

from simulator.errors import ExperimentError
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.quantities import Subject, measure
from tests import reference
from tests.runs import trained_by_reference

STEPS = 40
PATCH = {"training.epochs": 4, "training.l2": 0.01, "network.0.units": 6}


@pytest.fixture(scope="module")
def run():
    return Run(apply(load("A4").experiment, PATCH))


def asked(run, *names, steps=None):
    return measure(Subject(run, steps), names)


@pytest.fixture(scope="module")
def oracle(run):
    """Weights after so many steps, and the examples, all in float64."""
    dataset = run.experiment.data.load(run.experiment.seeds.data)
    training, validation = reference.preprocessed(run.experiment, dataset)

    def at(steps):
        return trained_by_reference(run, steps)

    return at, training, validation


def judged(run, weights, examples):
    scores = reference.forward(run.experiment, weights, examples.features)[-1]
    loss, _ = reference.softmax_cross_entropy(scores, examples.labels)
    return loss, float(np.mean(scores.argmax(axis=1) == examples.labels))


def test_that_losses_and_accuracies_are_those_of_all_examples(run, oracle):
    at, training, validation = oracle
    trained = at(STEPS)
    found = asked(
        run, "data_loss.all@40", "accuracy.all@40", "validation_loss.all@40", "validation_accuracy.all@40",
        "penalty@40", "data_loss@40", "data_loss.all@0", "initial_loss", "data_loss@0",
    )  # fmt: skip
    loss, right = judged(run, trained.weights, training)
    assert found["data_loss.all@40"] == pytest.approx(loss, rel=1e-4)
    assert found["accuracy.all@40"] == pytest.approx(right, abs=1.5 / len(training.labels))
    loss, right = judged(run, trained.weights, validation)
    assert found["validation_loss.all@40"] == pytest.approx(loss, rel=1e-4)
    assert found["validation_accuracy.all@40"] == pytest.approx(right, abs=1.5 / len(validation.labels))
    assert found["penalty@40"] == pytest.approx(reference.l2(trained.weights, 0.01), rel=1e-4)
    assert found["data_loss@40"] == pytest.approx(trained.losses[-1].data, rel=1e-3)
    first = judged(run, at(0).weights, training)[0]
    assert found["data_loss.all@0"] == found["data_loss@0"] == pytest.approx(first, rel=1e-5)
    assert found["initial_loss"] == pytest.approx(first + reference.l2(at(0).weights, 0.01), rel=1e-5)


def test_that_the_gap_is_what_the_two_readings_differ_by(run, oracle):
    at, training, validation = oracle
    found = asked(run, "gap", "train_accuracy", "validation_accuracy")
    assert found["gap"] == pytest.approx(found["train_accuracy"] - found["validation_accuracy"])
    right = judged(run, at(STEPS).weights, validation)[1]
    assert found["validation_accuracy"] == pytest.approx(right, abs=1.5 / len(validation.labels))
    everything = judged(run, at(STEPS).weights, training)[1]
    assert found["train_accuracy"] == pytest.approx(everything, abs=0.15)  # of 80 of the 320


def test_that_epochs_are_counted_until_the_training_loss_is_low_enough(run, oracle):
    at, training, _ = oracle
    losses = [judged(run, at(10 * epoch).weights, training)[0] for epoch in range(5)]
    for first, wanted in enumerate(losses):
        if first == int(np.argmin(losses[: first + 1])):
            assert asked(run, f"epochs_to({wanted + 1e-4:.6f})") == {f"epochs_to({wanted + 1e-4:.6f})": first}
    assert asked(run, "epochs_to(0.0001)")["epochs_to(0.0001)"] is None


def test_that_an_end_is_named_after_what_ended_the_run(run):
    assert asked(run, "ending")["ending"] == "finished"
    assert asked(run, "ending", steps=3)["ending"] == "stopped"
    wild = Run(apply(run.experiment, {"training.learning_rate": 1e6}))
    assert asked(wild, "ending")["ending"] == "diverged"


def test_that_layers_are_measured_at_the_step_asked_for(run, oracle):
    at, training, _ = oracle
    before, after = at(STEPS - 1).weights, at(STEPS).weights
    values = reference.forward(run.experiment, after, training.features)
    _, dscores = reference.softmax_cross_entropy(values[-1], training.labels)
    gradients, deltas = reference.backward(run.experiment, after, values, dscores)
    found = asked(run, *(f"layers[1].{name}@40" for name in ("mean", "std", "dead", "blocked", "dh", "dw", "ratio")))
    hidden = values[2]  # after dense and its ReLU
    assert found["layers[1].mean@40"] == pytest.approx(hidden.mean(), rel=1e-3)
    assert found["layers[1].std@40"] == pytest.approx(hidden.std(), rel=1e-3)
    assert found["layers[1].dead@40"] == pytest.approx(np.mean((hidden == 0).all(axis=0)))
    assert found["layers[1].blocked@40"] == pytest.approx(np.mean(hidden == 0), abs=2e-3)
    assert found["layers[1].dh@40"] == pytest.approx(np.sqrt(np.mean(deltas[2] ** 2)), rel=1e-2)
    assert found["layers[1].dw@40"] == pytest.approx(np.sqrt(np.mean(gradients[0][0] ** 2)), rel=1e-2)
    moved = np.linalg.norm(after[0][0] - before[0][0]) / np.linalg.norm(after[0][0])
    assert found["layers[1].ratio@40"] == pytest.approx(moved, rel=2e-2)


def test_that_saturation_and_differences_of_units_are_counted(run):
    experiment = apply(
        run.experiment, {"network.1": {"kind": "tanh"}, "network.0.weights": {"kind": "normal", "scale": 3}}
    )
    weights = trained_by_reference(Run(experiment), 0).weights
    training, _ = reference.preprocessed(experiment, experiment.data.load(experiment.seeds.data))
    hidden = reference.forward(experiment, weights, training.features)[2]
    found = asked(Run(experiment), "layers[1].saturated@0", "layers[1].difference@0")
    assert found["layers[1].saturated@0"] == pytest.approx(np.mean(np.abs(hidden) > 0.98), abs=2e-3)
    widest = (hidden.max(axis=1) - hidden.min(axis=1)).max() / np.abs(hidden).max()
    assert found["layers[1].difference@0"] == pytest.approx(widest, rel=1e-3)


def test_that_the_order_of_the_names_changes_no_value(run):
    names = ["accuracy.all@40", "layers[1].std@0", "data_loss.all@7", "layers[1].std@40", "data_loss.all@0"]
    one_by_one = {name: asked(run, name)[name] for name in names}
    assert asked(run, *names) == one_by_one
    assert list(asked(run, *reversed(names))) == [*reversed(names)]


def test_that_a_step_behind_the_end_is_refused_in_a_sentence(run):
    with pytest.raises(ExperimentError, match="ends at step 40, so nothing can be measured at step 50"):
        asked(run, "accuracy.all@50")
    endless = Run(apply(run.experiment, {"training.epochs": None}))
    with pytest.raises(ExperimentError, match="has no end"):
        asked(endless, "accuracy.all")
    assert asked(endless, "accuracy.all", steps=40) == asked(run, "accuracy.all")
    with pytest.raises(ExperimentError, match="no layer 9; 0 is the input, 2 the output"):
        asked(run, "layers[9].std@0")
