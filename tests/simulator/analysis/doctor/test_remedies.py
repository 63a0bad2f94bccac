"""Remedies are patches that the experiment takes, and the best one for each case helps, measured."""

import pytest

from simulator.analysis.doctor.remedies import remedies
from simulator.data.sources.spiral import Spiral
from simulator.experiment.cards import cards
from simulator.experiment.experiment import Experiment, Training
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.layers.dense import Dense
from simulator.layers.dropout import Dropout
from simulator.layers.relu import ReLU
from simulator.training.run.trainer import Trainer


def by_id(experiment, case, training=100, available=100):
    return {remedy.id: remedy for remedy in remedies(experiment, case, training, available)}


def gap_after_training(experiment):
    trainer = Trainer(Run(experiment))
    trainer.advance(100_000)
    readings = trainer.readings.readings()
    return readings.training_accuracy[-1], readings.training_accuracy[-1] - readings.validation_accuracy[-1]


def test_that_overfitting_has_four_remedies_and_low_capacity_three():
    assert list(by_id(load("H3").experiment, "overfitting", 100, 899)) == ["data", "l2", "dropout", "smaller"]
    assert list(by_id(load("H3-small").experiment, "low capacity")) == ["wider", "deeper", "longer"]


@pytest.mark.parametrize("case", ["fine", "too early"])
def test_that_what_is_well_needs_no_remedy(case):
    assert by_id(load("H3").experiment, case, 100, 899) == {}


@pytest.mark.parametrize("case", ["overfitting", "low capacity"])
@pytest.mark.parametrize("name", ["H3", "H3-small", "spiral", "A4-linear", "B8-maxout", "E1"])
def test_that_every_remedy_is_a_patch_the_experiment_takes(name, case):
    experiment = load(name).experiment
    for remedy in by_id(experiment, case, 100, 200).values():
        assert apply(experiment, remedy.patch) != experiment, remedy.id


def test_that_more_data_closes_the_gap_and_more_units_raise_the_accuracy():
    experiment = load("H3").experiment
    _, before = gap_after_training(experiment)
    _, after = gap_after_training(apply(experiment, by_id(experiment, "overfitting", 100, 899)["data"].patch))
    assert after < before / 2
    small = load("H3-small").experiment
    low, _ = gap_after_training(small)
    high, _ = gap_after_training(apply(small, by_id(small, "low capacity")["wider"].patch))
    assert low < 0.6 < 0.9 < high


def test_that_a_set_that_is_drawn_gets_more_points_where_none_are_left_out():
    experiment = Experiment(data=Spiral(examples=400))
    assert by_id(experiment, "overfitting", 320, 320)["data"].patch == {"data.examples": 1600}
    assert "data" not in by_id(Experiment(data=Spiral(examples=100_000)), "overfitting")


def test_that_dropout_follows_every_activation_and_is_offered_once():
    experiment = Experiment(network=(Dense(key=1), ReLU(), Dense(key=2), ReLU()))
    patched = apply(experiment, by_id(experiment, "overfitting")["dropout"].patch)
    assert [card.has(Dropout) for card in cards(patched.network)] == [True, True]
    assert "dropout" not in by_id(patched, "overfitting")


def test_that_l2_grows_tenfold_and_ends():
    assert by_id(Experiment(), "overfitting")["l2"].patch == {"training.l2": 0.01}
    strong = Experiment(training=Training(l2=0.02))
    assert by_id(strong, "overfitting")["l2"].patch == {"training.l2": pytest.approx(0.2)}
    assert "l2" not in by_id(Experiment(training=Training(l2=1.0)), "overfitting")


def test_that_a_deeper_network_has_one_card_more():
    for network in ((), (Dense(units=7, key=1), ReLU())):
        experiment = Experiment(network=network)
        patched = apply(experiment, by_id(experiment, "low capacity")["deeper"].patch)
        assert len(cards(patched.network)) == len(cards(network)) + 1
