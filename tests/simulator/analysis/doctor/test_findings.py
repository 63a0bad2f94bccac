"""The numbers in the doctor's sentences are those of plain NumPy; where a slide simplifies it does not."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.analysis.doctor import overfitting
from simulator.analysis.doctor.examination import examine
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from tests import reference
from tests.simulator.analysis.doctor.courses import RELU, TANH, dense, network, normal, stack
from tests.simulator.analysis.doctor.watched import pictures_of, records_of

pytestmark = [pytest.mark.slow, pytest.mark.validation]

D2 = network("digits", *stack(8, dense(40, normal(0.01)), TANH), output={"weights": normal(0.01)}, pre="standardise")
D3 = network("digits", *stack(8, dense(100, normal(1)), TANH), rate=1e-5, pre="standardise")


@cache
def examined(experiment, steps):
    record = records_of(experiment, steps)[-1]
    return record, {finding.id: finding for finding in examine(record)}


def value(finding, name):
    found = finding.sentence.values[name]
    assert isinstance(found, Measured)
    return found.value


def backward(experiment):
    """Return values, deltas and gradients of the untrained network on all training examples."""
    dataset = experiment.data.load(experiment.seeds.data)
    training, _ = reference.preprocessed(experiment, dataset)
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    values = reference.forward(experiment, weights, training.features, reference.Pass())
    _, dscores = reference.softmax_cross_entropy(values[-1], training.labels)
    gradients, deltas = reference.backward(experiment, weights, values, dscores, reference.Pass())
    return values, deltas, gradients


def rms(values):
    return float(np.sqrt(np.mean(np.square(values))))


def test_that_in_d2_dl_dh_vanishes_though_dl_dw_is_alike_in_every_layer():
    _record, found = examined(D2, 100)
    _values, deltas, gradients = backward(D2)
    times = rms(deltas[-1]) / rms(deltas[2])
    # it hardly moves in 100 steps, so the untrained network has the same number
    assert value(found["vanishing"], "times") == pytest.approx(times, rel=0.1)
    sizes = [rms(dW) for dW, _db in gradients[:-1]]
    assert max(sizes) < 3 * min(sizes)
    assert value(found["vanishing"], "ratio") < 1e-9


def test_that_in_d3_nothing_vanishes_though_nine_of_ten_values_are_saturated():
    _record, found = examined(D3, 20)
    values, deltas, _gradients = backward(D3)
    assert list(found)[:2] == ["saturated", "exploding"]
    assert "vanishing" not in found
    assert [found[name].is_cause for name in ("saturated", "exploding")] == [True, False]
    assert rms(deltas[2]) > 100 * rms(deltas[-1])
    hidden = [np.mean(np.abs(value) > 0.98) for value in values[2:-1:2]]
    assert min(hidden) > 0.7
    assert value(found["saturated"], "share") == pytest.approx(max(hidden), abs=0.02)


def test_that_dead_units_are_those_that_numpy_counts():
    experiment = network("moons", dense(32, bias=-2), RELU, rate=0)
    record, found = examined(experiment, 30)
    values, _deltas, _gradients = backward(experiment)
    dead = int((values[2] == 0).all(axis=0).sum())
    assert dead >= 0.4 * 32
    assert (value(found["dead"], "count"), value(found["dead"], "units")) == (dead, 32)
    assert value(found["dead"], "examples") == record.facts.training.size


def test_that_the_noise_of_a_validation_set_is_agresti_and_coull_s():
    experiment = network("moons", dense(16), RELU, split={"at_most": 12})
    record, found = examined(experiment, 200)
    right = record.readings.validation_accuracy[-1] * 12
    share = (right + 2) / 16
    assert value(found["evaluation_noise"], "error") == pytest.approx(np.sqrt(share * (1 - share) / 16))
    assert value(found["evaluation_noise"], "one") == pytest.approx(1 / 12)


def test_that_causes_come_first_and_symptoms_follow_from_them():
    _record, found = examined(apply(load("H2-dying").experiment, {"training.learning_rate": 3.0}), 150)
    assert {name: finding.is_cause for name, finding in found.items()} == {
        "rate_too_large": True,
        "dead": False,
        "guessing": False,
    }
    # ten digits, nearly equally frequent
    assert value(found["guessing"], "guessing") == pytest.approx(np.log(10), abs=2e-3)
    assert value(found["rate_too_large"], "ratio") > 0.01


def test_that_units_dead_from_the_start_are_a_cause_of_their_own():
    _record, found = examined(network("digits", dense(50, bias=-20), RELU, pre="standardise"), 150)
    assert list(found) == ["dead", "guessing"]
    assert "from the start" in str(found["dead"].sentence)
    assert str(replace(found["dead"], examples=1).moment).endswith(", on 1 example.")
    assert found["dead"].remedy.patch == {"network.0.bias": 0.0}


def test_that_a_linear_network_that_guesses_is_too_small():
    record, found = examined(network("circles"), 300)
    assert list(found) == ["underfitting", "guessing"]
    # as many of those that train are read as validate
    validating = record.facts.validation_examples
    assert value(found["underfitting"], "of_training") == validating
    assert value(found["underfitting"], "of_validation") == validating
    assert value(found["guessing"], "examples") == validating
    assert not found["guessing"].is_cause


def test_that_a_lowered_rate_ends_the_finding():
    before = load("H1-high").experiment
    run = Run(before).with_edit(300, {"training.learning_rate": 0.01})
    pictures, facts = pictures_of(run, 900)
    after = apply(before, {"training.learning_rate": 0.01})
    at_240 = next(picture for picture in pictures if picture.frame.step == 240)
    assert "rate_too_large" in {finding.id for finding in examine(RunRecord.of(at_240, facts, before))}
    assert [mark.kind for mark in pictures[-1].marks] == ["edit"]
    # units that the high rate killed may stay dead: how many depends on the machine's rounding
    assert {finding.id for finding in examine(RunRecord.of(pictures[-1], facts, after))} <= {"dead"}


@pytest.mark.parametrize(("now", "risen"), [(1.14, False), (1.15, True), (1.2, True)])
def test_that_more_training_did_harm_from_fifteen_percent_above_the_least_loss_on(monkeypatch, now, risen):
    gap = SimpleNamespace(validation_loss=now, best_validation_loss=1.0)
    monkeypatch.setattr(overfitting, "gap_of", lambda _record: gap)
    assert overfitting.validation_loss_has_risen(None, None) == risen
