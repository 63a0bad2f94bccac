"""A proposed change is tried by training it: the numbers are the trainer's, and every remedy mends what it is for."""

import math

import pytest

from simulator.analysis.doctor.examination import examine
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.doctor.trial import try_remedy
from simulator.analysis.doctor.trial_result import Trial, Twin
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.message import Message
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests.simulator.analysis.doctor import tuned
from tests.simulator.analysis.doctor.courses import RELU, dense, network
from tests.simulator.analysis.doctor.watched import records_of

pytestmark = pytest.mark.slow


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
    changed = found.changed
    assert changed.steps == found.unchanged.steps == 120
    assert found.complete
    assert changed.loss == pytest.approx(losses[-3:].mean())
    assert [changed.training_accuracy, changed.validation_accuracy] == pytest.approx(accuracies)
    layer = frame_of(trainer).layers[1]
    assert (changed.dead_units, changed.units) == (layer.dead_units, 32)
    alone = Trainer(Run(asked))
    assert found.unchanged.loss == pytest.approx(alone.advance(120)[0][-3:].mean())


def test_that_a_run_that_broke_off_early_is_compared_with_a_hundred_steps():
    assert try_remedy(load("A4").experiment, remedy({"training.learning_rate": 0.03}), 3).changed.steps == 100


@pytest.mark.parametrize(("rate", "proposed"), [(1e6, 1e4), (3.0, 0.3), (1e-6, 1e-4)])
def test_that_the_best_of_several_rates_is_taken(rate, proposed):
    asked = apply(load("H1").experiment, {"training.learning_rate": rate})
    found = try_remedy(asked, remedy({"training.learning_rate": proposed}, "rate"), 100)
    assert 0.01 <= found.remedy.patch["training.learning_rate"] <= 0.1
    assert found.changed.loss < 0.2
    assert found.helps


def test_that_a_stop_ends_it_without_an_answer():
    looks = []
    found = try_remedy(load("digits").experiment, remedy({}), 1000, stop=lambda: looks.append(1) or len(looks) > 3)
    assert found is None


def test_that_a_large_network_is_tried_for_fewer_steps():
    asked = load("A4").experiment
    step = asked.training.batch_size * (3 * Trainer(Run(asked)).facts.parameters + 10_000)
    found = try_remedy(asked, remedy({}), 1000, budget=2 * 150.5 * step)
    assert (found.changed.steps, found.unchanged.steps, found.complete) == (150, 150, False)
    assert try_remedy(asked, remedy({}), 1000, budget=0.0).changed.steps == 100
    assert try_remedy(asked, remedy({}), 140, budget=2 * 150.5 * step).complete


FIRST = {course.expected: course for course in reversed(tuned.SICK)}


@pytest.mark.parametrize("course", [pytest.param(course, id=course.name) for course in FIRST.values()])
def test_that_the_first_remedy_mends_the_run(course):
    record = records_of(course.experiment, course.steps)[-1]
    finding = next(finding for finding in examine(record) if finding.remedy is not None)
    found = try_remedy(course.experiment, finding.remedy, course.steps, finding.aim, budget=math.inf)
    assert found.helps
    assert not found.changed.diverged
    if finding.id == "evaluation_noise":
        assert found.remedy.patch["split.at_most"] is None
    elif finding.aim == "validation":
        assert found.changed.validation_accuracy > record.readings.validation_accuracy[-1]
    else:
        assert not math.isfinite(record.loss) or found.changed.loss < 0.8 * record.loss


@pytest.mark.parametrize("rate", [1e4, 1e5])
def test_that_a_rate_that_is_still_no_number_is_no_cure(rate):
    asked = apply(load("digits").experiment, {"training.learning_rate": 1e6})
    found = try_remedy(asked, remedy({"training.learning_rate": rate}), 50)
    assert found.changed.diverged
    assert not found.helps


def test_that_leaky_units_are_no_cure_for_a_penalty_of_5():
    asked = network("digits", dense(32), RELU, pre="standardise", l2=5.0)
    found = try_remedy(asked, remedy({"network.1": {"kind": "leaky_relu"}}), 150)
    assert found.changed.loss == pytest.approx(math.log(10), abs=0.05)
    assert not found.helps


def twin(loss=1.0, accuracy=0.5, examples=100, diverged=False):
    return Twin(100, loss, 2.3, accuracy, accuracy, examples, 0, 0, diverged)


@pytest.mark.parametrize(
    ("aim", "changed", "unchanged", "helps"),
    [
        ("loss", twin(0.8), twin(1.0), True),
        ("loss", twin(0.95), twin(1.0), False),
        ("loss", twin(2.3), twin(50.0), False),
        ("loss", twin(2.0), twin(math.nan, diverged=True), True),
        ("loss", twin(2.29), twin(math.nan, diverged=True), False),
        ("loss", twin(0.1, diverged=True), twin(1.0), False),
        ("validation", twin(9.0, 0.6), twin(1.0, 0.5), True),
        ("validation", twin(0.1, 0.51), twin(1.0, 0.5), False),
        ("validation", twin(0.1, math.nan), twin(1.0, 0.5), False),
        ("sureness", twin(1.0, 0.4, 400), twin(1.0, 0.5, 100), True),
        ("sureness", twin(1.0, 0.9, 100), twin(1.0, 0.9, 110), False),
    ],
)
def test_that_a_change_helps_where_it_is_clearly_better_than_none(aim, changed, unchanged, helps):
    assert Trial(remedy({}), changed, unchanged, aim, True).helps is helps
