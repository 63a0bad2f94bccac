"""What differs between two experiments, in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from simulator.experiment.comparison import what_differs
from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from tests.strategies import experiments


def said(before, after):
    return [str(message) for message in what_differs(before, after)]


def layers(*keys, between=({"kind": "relu"},)):
    return [entry for key in keys for entry in ({"kind": "dense", "units": 10, "key": key}, *between)]


THREE = apply(Experiment(), {"network": layers(1, 2, 3)})


@pytest.mark.parametrize(
    ("patch", "sentences"),
    [
        ({"training.learning_rate": 0.01}, ["Learning rate 0.01 instead of 0.1"]),
        ({"training.optimizer": {"kind": "adam"}}, ["Optimizer: Adam instead of SGD"]),
        ({"training.optimizer.momentum": 0.5}, ["Momentum 0.5 instead of 0"]),
        ({"training.patience": 3}, ["Early stopping: 3 instead of none"]),
        ({"training.divergence.enabled": False}, ["Stop when the loss explodes: off instead of on"]),
        ({"training.divergence.judged": "epoch"}, ["Check the loss: at epoch ends instead of at every step"]),
        ({"data": {"kind": "moons"}}, ["Data set: Moons instead of Spiral"]),
        (
            {"split.validation": 0.5, "seeds.weights": 4},
            ["Validation share 0.5 instead of 0.2", "Weight seed 4 instead of 0"],
        ),
        ({"name": "another"}, []),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_that_a_change_is_a_sentence(patch, sentences):
    assert said(THREE, apply(THREE, patch)) == sentences


def test_that_a_change_of_all_layers_alike_is_one_sentence():
    xavier = {"kind": "xavier"}
    everywhere = {"output.weights": xavier, **{f"network.{place}.weights": xavier for place in (0, 2, 4)}}
    assert said(THREE, apply(THREE, everywhere)) == ["Weights at the start: Xavier instead of He"]
    hidden = {path: value for path, value in everywhere.items() if not path.startswith("output")}
    assert said(THREE, apply(THREE, hidden)) == ["Hidden layers, weights at the start: Xavier instead of He"]
    tanh = {f"network.{place}": {"kind": "tanh"} for place in (1, 3, 5)}
    assert said(THREE, apply(THREE, tanh)) == ["Activation: tanh instead of ReLU"]


def test_that_a_change_of_some_layers_names_them():
    assert said(THREE, apply(THREE, {"network.2.units": 20})) == ["Dense 2, units 20 instead of 10"]
    two = {"network.1": {"kind": "tanh"}, "network.5": {"kind": "tanh"}}
    assert said(THREE, apply(THREE, two)) == [
        "Dense 1, activation: tanh instead of ReLU",
        "Dense 3, activation: tanh instead of ReLU",
    ]
    assert said(THREE, apply(THREE, {"output.bias": 1.0})) == ["Output, biases at the start 1 instead of 0"]


def test_that_entries_put_in_and_taken_out_are_told():
    normed = apply(THREE, {"network": layers(1, 2, 3, between=({"kind": "batch_norm"}, {"kind": "relu"}))})
    assert said(THREE, normed) == ["Batch norm added"]
    assert said(normed, THREE) == ["Batch norm left out"]
    once = layers(1, 2, 3)
    once.insert(2, {"kind": "dropout"})
    assert said(THREE, apply(THREE, {"network": once})) == ["Dense 1, dropout added"]
    assert said(THREE, apply(THREE, {"network": layers(1, 3)})) == ["Dense 2 left out"]
    assert said(THREE, apply(THREE, {"network": layers(1, 2, 3, 4)})) == ["Dense 4 added"]
    assert said(THREE, apply(THREE, {"network": layers(2, 1, 3)})) == ["The layers stand in another order"]
    other = [{"kind": "maxout", "units": 5, "key": 1}, *layers(1, 2, 3)[1:]]
    assert said(THREE, apply(THREE, {"network": other})) == ["Maxout 1, maxout instead of Dense"]
    turned = layers(1, 2, 3, between=({"kind": "relu"}, {"kind": "batch_norm"}))
    assert said(normed, apply(normed, {"network": turned})) == ["Batch norm, activation and dropout in another order"]


def test_that_a_lone_hidden_layer_is_not_named():
    digits = load("digits").experiment
    assert said(digits, apply(digits, {"network.1": {"kind": "tanh"}})) == ["Activation: tanh instead of ReLU"]


@given(experiments(), st.randoms())
def test_that_layers_in_another_order_are_told(before, random):
    network = list(before.network)
    random.shuffle(network)
    after = replace(before, network=tuple(network))
    assert bool(what_differs(before, after)) == (before != after)


@given(experiments(), experiments())
def test_that_whatever_differs_is_told_and_nothing_else(before, after):
    after = replace(after, name=before.name)
    assert bool(what_differs(before, after)) == (before != after)
    assert what_differs(before, before) == ()
