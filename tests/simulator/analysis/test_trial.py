"""A proposed change is tried by training it: the numbers are the trainer's, and every remedy mends what it is for."""

import math

import pytest

from simulator.analysis.doctor.examination import examine
from simulator.analysis.remedies import Remedy
from simulator.analysis.trial import try_remedy
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.message import Message
from simulator.training.trainer import Trainer
from tests.simulator.analysis.doctor import tuned
from tests.simulator.analysis.doctor.watched import records_of


def remedy(patch, name="other"):
    return Remedy(name, Message("Other"), Message("Something else."), patch)


def test_that_the_numbers_are_those_of_the_trained_twin():
    asked, patch = load("A4").experiment, {"training.learning_rate": 0.03}
    found = try_remedy(asked, remedy(patch), 120)
    trainer = Trainer(Run(apply(asked, patch)))
    losses, _penalties = trainer.advance(120)
    accuracies = [
        trainer.evaluate(part)[1] for part in (trainer.setting.read_training, trainer.setting.read_validation)
    ]
    assert found.steps == 120
    assert found.complete
    assert found.loss == pytest.approx(losses[-3:].mean())
    assert [found.training_accuracy, found.validation_accuracy] == pytest.approx(accuracies)
    layer = trainer.frame().layers[1]
    assert (found.dead_units, found.units) == (layer.dead_units, 32)


def test_that_a_run_that_broke_off_early_is_compared_with_a_hundred_steps():
    assert try_remedy(load("A4").experiment, remedy({"training.learning_rate": 0.03}), 3).steps == 100


@pytest.mark.parametrize(("rate", "proposed"), [(1e6, 1e4), (3.0, 0.3), (1e-6, 1e-4)])
def test_that_the_best_of_several_rates_is_taken(rate, proposed):
    asked = apply(load("H1").experiment, {"training.learning_rate": rate})
    found = try_remedy(asked, remedy({"training.learning_rate": proposed}, "rate"), 100, seconds=60)
    assert 0.01 <= found.remedy.patch["training.learning_rate"] <= 0.1
    assert found.loss < 0.2


def test_that_a_stop_ends_it_without_an_answer():
    looks = []
    found = try_remedy(load("digits").experiment, remedy({}), 1000, stop=lambda: looks.append(1) or len(looks) > 3)
    assert found is None


def test_that_a_cap_is_said():
    found = try_remedy(load("F7").experiment, remedy({}), 100_000, seconds=0.2)
    assert not found.complete
    assert 0 < found.steps < 100_000


FIRST = {course.expected: course for course in reversed(tuned.SICK)}


@pytest.mark.parametrize("course", [pytest.param(course, id=course.name) for course in FIRST.values()])
def test_that_the_first_remedy_mends_the_run(course):
    record = records_of(course.experiment, course.steps)[-1]
    finding = next(finding for finding in examine(record) if finding.remedy is not None)
    found = try_remedy(course.experiment, finding.remedy, course.steps, seconds=60)
    assert not found.diverged
    if finding.id == "evaluation_noise":
        assert found.remedy.patch["split.at_most"] is None
    elif finding.aim == "validation":
        assert found.validation_accuracy > record.readings.validation_accuracy[-1]
    else:
        assert not math.isfinite(record.loss) or found.loss < 0.8 * record.loss
