"""Lessons 1, 2, 4 and half of 7 by name: the curriculum's figures (of seeds 1-3), at the window's seed 0."""

import pytest

from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.quantities import Subject, measure

pytestmark = pytest.mark.slow

LINEAR = {"network.1": {"kind": "linear"}}
ONE_BATCH = {"training.epochs": 20, "training.batch_size": 320}
SMALL_BATCHES = {"training.epochs": 20, "training.batch_size": 10}


@pytest.mark.parametrize(
    ("step", "experiment", "patch", "name", "low", "high"),
    [
        ("1.1", "A4-linear", {}, "accuracy.all", 0.65, 0.85),
        ("1.1", "A4-linear", {}, "data_loss.all", 0.4254, 0.4263),
        ("1.2", "A4", {}, "accuracy.all", 0.97, 1.0),
        ("1.2", "A4", {}, "data_loss.all", 0.001, 0.004),
        ("1.3", "A4", LINEAR, "data_loss.all", 0.4164, 0.4363),
        ("1.4", "A4", {}, "batch.difference", 0, 2e-16),
        ("1.5", "A4", ONE_BATCH, "data_loss.all", 0.35, 0.38),
        ("1.5", "A4", SMALL_BATCHES, "data_loss.all", 0.010, 0.020),
        ("2.1", "A4", {}, "graph[patterns].grad(x)", -8, -8),
        ("2.1", "A4", {}, "graph[patterns].grad(y)", 6, 6),
        ("2.2", "A4", {}, "graph[patterns].grad(z)", 2, 2),
        ("2.2", "A4", {}, "graph[patterns].grad(w)", 0, 0),
        ("2.3", "A4", {}, "graph[branch].grad(y)", 5, 5),
        ("2.5", "A4", {}, "graph[neuron].value(rate)", 0.6224, 0.6226),
        ("2.5", "A4", {}, "graph[neuron].grad(b)", 0.2349, 0.2351),
        ("2.5", "A4", {}, "graph[neuron].grad(b, b=-10)", 0.000202, 0.000204),
        ("4.1", "A4", {}, "zigzag(positive, 1).same_sign", 1, 1),
        ("4.2", "A4", {}, "zigzag(positive, 10).same_sign", 0.65, 0.85),
        ("4.2", "A4", {}, "zigzag(positive, 200).same_sign", 0, 0),
        ("4.3", "A4", {}, "zigzag(centred, 1).same_sign", 0.35, 0.60),
        ("4.4", "A4", {}, "zigzag(positive, 200).largest_rate", 3.6, 4.1),
        ("4.4", "A4", {}, "zigzag(centred, 200).largest_rate", 94, 110),
        ("7.4", "D2", {}, "signal[1].std", 0.2115, 0.2157),
        ("7.4", "D2", {}, "signal[10].std", 2.85e-7, 3.15e-7),
        ("7.5", "D2", {}, "signal.input_gradient", 2.8e-7, 3.1e-7),
        ("7.5", "D2", {}, "signal[1].weight_gradient", 4.0e-8, 4.4e-8),
        ("7.5", "D2", {}, "signal[10].weight_gradient", 4.0e-8, 4.4e-8),
        ("7.6", "D3", {}, "signal[10].saturated", 0.90, 0.93),
        ("7.6", "D3", {}, "signal[10].blocked", 0.83, 0.87),
        ("7.6", "D3", {}, "signal.input_gradient", 1.5e5, 4e5),
    ],
)
def test_that_a_lesson_measures_what_it_says(step, experiment, patch, name, low, high):
    run = Run(apply(load(experiment).experiment, patch))
    assert low <= measure(Subject(run), [name])[name] <= high, step
