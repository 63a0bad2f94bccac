"""Whole-set figures: right to the last example, there while a run waits, and read by no rule."""

import numpy as np
import pytest

from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.desk.census import Tally, read_all
from simulator.training.desk.commands import Arrange, Change, Fork, Pause, Play, RunEpoch, Scrub, StepOnce
from simulator.training.frames.curves import Samples
from simulator.training.run.trainer import Trainer
from tests.runs import fingerprint
from tests.sessions import Desk, spiral


def share_right(trainer, examples):
    """The slow way: one example after the other."""
    return sum(trainer.evaluate(np.array([one]))[1] for one in examples) / examples.size


def test_that_every_example_of_both_sets_is_read_whatever_the_slices():
    trainer = Trainer(spiral())
    trainer.advance(150)
    whole = read_all(trainer)
    setting = trainer.setting
    assert (whole.training_examples, whole.validation_examples) == (setting.training.size, setting.validation.size)
    assert whole.training_accuracy == share_right(trainer, setting.training)
    assert whole.validation_accuracy == share_right(trainer, setting.validation)
    assert whole.training_loss == pytest.approx(trainer.evaluate(setting.training)[0])
    sliced = Tally(trainer)
    slices = 1
    while not sliced.work(0.0):
        slices += 1
    assert slices > 1
    assert sliced.reading == whole
    assert (whole.step, whole.epoch) == (150, trainer.epoch)


def test_that_the_scheduled_sample_of_the_spiral_is_not_the_whole_training_set():
    trainer = Trainer(load("spiral"))
    assert trainer.setting.samples == Samples(training=80, validation=80, all_training=320, all_validation=80)
    trainer.advance(50)
    trainer.read()
    assert read_all(trainer).training_accuracy != trainer.readings.last[2]


def test_that_without_validation_there_is_no_figure_of_it():
    trainer = Trainer(Run(apply(spiral().experiment, {"split.validation": 0.0})))
    trainer.advance(10)
    whole = read_all(trainer)
    assert (whole.validation_examples, whole.training_examples) == (0, trainer.setting.training.size)
    assert np.isnan(whole.validation_accuracy)
    assert np.isnan(whole.validation_loss)
    assert trainer.setting.samples.are_all


def test_that_figures_of_whole_sets_come_at_a_pause_and_go_with_the_next_step():
    desk = Desk().load(spiral()).rest()
    assert desk.latest.whole is None
    desk.send(RunEpoch()).rest()
    whole, trainer = desk.latest.whole, desk.timeline(1).trainer
    assert whole == read_all(trainer)
    assert whole.step == desk.latest.newest
    desk.send(Play())
    while desk.latest.newest == whole.step:
        desk.work(1)
    assert desk.latest.whole is None
    desk.send(Pause()).rest()
    assert desk.latest.whole.step == trainer.step
    desk.send(Scrub(3, exact=True)).rest()
    assert desk.latest.whole.step == trainer.step


def test_that_an_edit_at_a_pause_has_the_whole_sets_read_again():
    desk = Desk().load(spiral()).rest().send(StepOnce()).rest()
    before = desk.latest.whole
    desk.send(Change({"training.learning_rate": 0.5}))
    assert desk.latest.whole is None
    desk.rest()
    assert desk.latest.whole == before


def test_that_a_fault_while_reading_is_not_met_again():
    desk = Desk().load(spiral()).rest().send(RunEpoch())
    while desk.latest.newest < desk.latest.steps_per_epoch:
        desk.work(1)
    desk.session.fail()
    assert desk.session.wait is None


def test_that_where_the_samples_are_the_whole_sets_nothing_more_is_read():
    run = Run(apply(spiral().experiment, {"split.validation": 0.5}))
    desk = Desk().load(run).rest().send(RunEpoch()).rest()
    assert desk.timeline(1).trainer.setting.samples.are_all
    assert desk.latest.whole is None


def noisy(**training):
    """Few noisy points and a wide network, of whose training examples a part is read: it stops early."""
    changes = {f"training.{name}": value for name, value in training.items()}
    patch = {"data.noise": 0.3, "training.learning_rate": 0.5, "split.validation": 0.2, **changes}
    return Run(apply(spiral().experiment, patch))


@pytest.mark.parametrize("training", [{"patience": 2, "epochs": 40}, {"epochs": 6}])
def test_that_no_rule_reads_the_whole_sets(training):
    run = noisy(**training)
    undisturbed, looked_at = Trainer(run), Trainer(run)
    while undisturbed.ending is None:
        undisturbed.advance(7)
    while looked_at.ending is None:
        looked_at.advance(7)
        read_all(looked_at)
    assert fingerprint(looked_at) == fingerprint(undisturbed)
    assert looked_at.ending == undisturbed.ending
    one, other = looked_at.readings.readings(), undisturbed.readings.readings()
    np.testing.assert_array_equal(one.validation_loss, other.validation_loss)
    np.testing.assert_array_equal(one.step, other.step)


def test_that_lanes_have_figures_of_their_own():
    desk = Desk().load(spiral()).rest().send(RunEpoch()).rest()
    desk.send(Fork(2, 1, 0, {"training.learning_rate": 0.001})).rest()
    desk.send(Arrange((1, 2), 1)).rest()
    desk.send(RunEpoch()).rest()
    shown = desk.latest
    for picture in (shown, *shown.beside):
        assert picture.whole == read_all(desk.timeline(picture.run_id).trainer)
