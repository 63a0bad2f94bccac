"""The case of the gap, from readings made by hand and from the H3 experiments."""

import math

import numpy as np
import pytest

from simulator.analysis.doctor.gap import judge_gap, margins, opened_at
from simulator.experiment.library import load
from simulator.training.frames.curves import Readings
from simulator.training.run.trainer import Trainer

LN_10 = math.log(10)


def made(training, validation, training_loss=None, validation_loss=None, epoch=None):
    """Return readings of these accuracies, one an epoch from epoch 0 on."""
    count = len(training)
    steady = [0.2] * count
    return Readings(
        step=10.0 * np.arange(count),
        epoch=np.arange(count, dtype=float) if epoch is None else np.array(epoch, dtype=float),
        training_accuracy=np.array(training, dtype=float),
        validation_accuracy=np.array(validation, dtype=float),
        training_loss=np.array(steady if training_loss is None else training_loss, dtype=float),
        validation_loss=np.array(steady if validation_loss is None else validation_loss, dtype=float),
    )


def test_that_a_margin_is_two_points_or_two_standard_errors():
    training, validation = np.array([1.0, 0.5]), np.array([0.99, 0.8])
    many = margins(training, validation, 1000, 1000)
    assert many[0] == 0.02
    assert many[1] == pytest.approx(2 * math.sqrt(0.25 / 1000 + 0.16 / 1000))
    few = margins(training, validation, 100, 25)
    assert few[1] == pytest.approx(2 * math.sqrt(0.25 / 100 + 0.16 / 25))


def test_that_readings_may_begin_at_an_edit_late_in_the_run():
    gap = judge_gap(made([0.9, 0.9], [0.6, 0.6], training_loss=[0.5, 0.4], epoch=[21, 22]), 400, 400)
    assert (gap.case, gap.reason) == ("too early", "few readings")
    assert (gap.earlier_epoch, gap.earlier_loss) == (21, 0.5)
    later = judge_gap(made([0.9] * 9, [0.6] * 9, epoch=np.arange(40, 49)), 400, 400)
    assert later.case == "overfitting"
    assert later.earlier_epoch == 46


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ([0.0, 0.03, 0.04, 0.05], 1.0),
        ([0.0, 0.03, 0.01, 0.05], 3.0),
        ([0.05, 0.05, 0.05, 0.05], 0.0),
        ([0.05, 0.05, 0.05, 0.01], None),
        ([0.0, math.nan, 0.05, 0.05], 2.0),
    ],
)
def test_that_the_gap_opened_at_the_first_epoch_from_which_it_stays_open(gaps, expected):
    epoch = np.arange(4.0)
    assert opened_at(epoch, np.array(gaps), np.full(4, 0.02)) == expected


def test_that_a_large_lasting_gap_is_overfitting():
    found = judge_gap(made([0.1, 0.6, 0.9, 1.0, 1.0], [0.1, 0.59, 0.8, 0.82, 0.81]), 1000, 1000, LN_10)
    assert (found.case, found.opened) == ("overfitting", 2.0)
    assert found.size == pytest.approx(0.19)


def test_that_a_gap_of_one_reading_is_not_yet_overfitting():
    found = judge_gap(made([0.1, 0.5, 0.7, 0.9], [0.1, 0.5, 0.7, 0.8]), 1000, 1000, LN_10)
    assert (found.case, found.reason, found.opened) == ("too early", "few examples", 3.0)


def test_that_a_gap_within_the_luck_of_few_examples_is_not_overfitting():
    accuracies = [0.5, 0.8, 0.8, 0.8], [0.5, 0.7, 0.7, 0.7]
    few, many = judge_gap(made(*accuracies), 20, 20, LN_10), judge_gap(made(*accuracies), 1000, 1000, LN_10)
    assert (few.case, few.reason, few.opened) == ("too early", "few examples", None)
    assert few.margin == pytest.approx(2 * math.sqrt(0.16 / 20 + 0.21 / 20))
    assert many.case == "overfitting"


def test_that_high_accuracies_close_together_are_fine():
    assert judge_gap(made([0.1, 0.8, 0.95, 0.99], [0.1, 0.8, 0.94, 0.96]), 1000, 1000, LN_10).case == "fine"


def test_that_low_accuracies_close_together_that_stay_are_low_capacity():
    low = made([0.1, 0.4, 0.45, 0.46, 0.46], [0.1, 0.4, 0.45, 0.45, 0.46], [2.3, 1.6, 1.51, 1.5, 1.5])
    assert judge_gap(low, 1000, 1000, LN_10).case == "low capacity"


@pytest.mark.parametrize(
    ("losses", "reason"),
    [
        ([2.3, 2.0, 1.8, 1.6, 1.4], "falling"),
        ([2.3, 2.3, 2.3, 2.3, 2.29], "guessing"),
        ([2.3, 1.6, 1.2, 1.1, 1.5], "rising"),
        ([2.3, 1.6, 1.2, 1.1, math.nan], "not finite"),
    ],
)
def test_that_it_is_too_early_while_the_training_loss_says_so(losses, reason):
    found = judge_gap(made([0.1, 0.4, 0.45, 0.5, 0.5], [0.1, 0.4, 0.45, 0.5, 0.5], losses), 1000, 1000, LN_10)
    assert (found.case, found.reason) == ("too early", reason)


def test_that_nothing_is_said_before_the_third_epoch():
    found = judge_gap(made([0.1, 1.0, 1.0], [0.1, 0.5, 0.5]), 1000, 1000, LN_10)
    assert (found.case, found.reason) == ("too early", "few readings")


def test_that_without_validation_there_is_no_case():
    found = judge_gap(made([0.1, 0.9, 0.95, 0.99], [math.nan] * 4), 1000, 0, LN_10)
    assert (found.case, found.reason) == ("too early", "nothing validates")
    assert math.isnan(found.margin)


def test_that_no_reading_gives_no_judgement():
    assert judge_gap(made([], []), 10, 10) is None


def test_that_the_turn_of_the_validation_loss_is_found():
    found = judge_gap(
        made([0.1, 0.9, 1.0, 1.0, 1.0], [0.1, 0.85, 0.9, 0.9, 0.9], validation_loss=[2.3, 0.5, 0.3, 0.4, 0.6]),
        1000,
        1000,
    )
    assert (found.best_validation_loss, found.best_validation_epoch, found.validation_loss) == (0.3, 2.0, 0.6)


def trained(name, epochs=None):
    trainer = Trainer(load(name))
    trainer.advance(100_000, measure=False)
    return trainer


@pytest.mark.parametrize(
    ("name", "case"),
    [("H3", "overfitting"), ("H3-fine", "fine"), ("H3-small", "low capacity"), ("H2-flat", "too early")],
)
def test_that_the_experiments_of_the_slide_are_named(name, case):
    trainer = trained(name)
    readings = trainer.readings.readings()
    counts = trainer.setting.read_training.size, trainer.setting.read_validation.size
    found = judge_gap(readings, *counts, trainer.facts.guessing_loss)
    assert found.case == case
    # the epoch of opening, counted backwards one reading at a time
    expected = None
    for epoch, train, val in zip(
        readings.epoch[::-1], readings.training_accuracy[::-1], readings.validation_accuracy[::-1], strict=True
    ):
        error = math.sqrt(train * (1 - train) / counts[0] + val * (1 - val) / counts[1])
        if train - val <= max(0.02, 2 * error):
            break
        expected = epoch
    assert found.opened == expected
