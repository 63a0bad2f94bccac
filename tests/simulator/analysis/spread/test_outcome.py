"""What came of a change, in one sentence: its numbers are those of the two runs."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.analysis.spread.outcome import what_came
from simulator.experiment.comparison import what_differs
from simulator.training.desk.commands import Arrange, Fork, Play, RunEpoch, StepOnce
from simulator.training.frames.curves import LossCurve, Readings
from tests.sessions import Desk, spiral

RATE = "training.learning_rate"


def twins(patch, epochs=3, at=0):
    """Pictures of a run and of its fork at a step, after so many epochs of both, and the desk."""
    desk = Desk().load(spiral()).rest()
    for _ in range(-(-at // 10)):
        desk.send(RunEpoch()).rest()
    desk.send(Fork(2, 1, at, patch)).rest().send(Arrange((1, 2), 1)).rest()
    for _ in range(epochs):
        desk.send(RunEpoch()).rest()
    return desk.picture_of(1), desk.picture_of(2), desk


def mean_of_last(desk, run_id, steps, over):
    data, _ = desk.timeline(run_id).trainer.losses.newest()
    return data[steps - over : steps].mean()


def said(before, after, *changes):
    return str(what_came(before, after, changes))


def test_that_losses_and_accuracies_are_compared_at_the_same_step():
    before, after, desk = twins({"output.weights": {"kind": "xavier"}})
    changes = what_differs(desk.timeline(1).run.at(0), desk.timeline(2).run.at(0))
    new, old = mean_of_last(desk, 2, 30, 10), mean_of_last(desk, 1, 30, 10)
    shares = [100 * desk.timeline(number).trainer.readings.last[3] for number in (2, 1)]
    assert said(before, after, *changes) == (
        f"Output, weights at the start: Xavier instead of He: data loss {new:.2f} against {old:.2f} "
        f"(means of the last 10 steps), validation accuracy {shares[0]:.0f}% against {shares[1]:.0f}% of 80 examples, "
        "after 30 steps"
    )


def test_that_a_lone_exchange_of_kinds_is_named_by_its_kinds():
    before, after, desk = twins({"training.optimizer": {"kind": "adam"}})
    changes = what_differs(desk.timeline(1).run.at(0), desk.timeline(2).run.at(0))
    assert said(before, after, *changes).startswith("Adam instead of SGD: data loss ")


def test_that_several_changes_do_not_begin_the_sentence():
    before, after, desk = twins({RATE: 0.01, "training.l2": 0.1})
    changes = what_differs(desk.timeline(1).run.at(0), desk.timeline(2).run.at(0))
    assert len(changes) == 2
    assert said(before, after, *changes) == said(before, after)
    assert said(before, after).startswith("data loss ")


def test_that_the_penalty_is_no_part_of_the_comparison():
    before, after, desk = twins({"training.l2": 5.0})
    assert f"data loss {mean_of_last(desk, 2, 30, 10):.2f} " in said(before, after)


def test_that_a_run_that_is_further_is_compared_at_the_step_both_have_made():
    before, after, desk = twins({RATE: 0.01}, epochs=2)
    desk.send(Arrange((1,), 1), *[RunEpoch()]).rest().send(RunEpoch()).rest()
    further = desk.latest
    assert further.newest == 40
    expected = f"data loss {mean_of_last(desk, 2, 20, 10):.2f} against {mean_of_last(desk, 1, 20, 10):.2f}"
    assert said(further, after).startswith(expected)
    assert said(further, after).endswith("after 20 steps")
    assert said(further, after) == said(before, after)


def test_that_other_batch_sizes_are_compared_after_as_many_examples():
    before, after, desk = twins({"training.batch_size": 80}, epochs=4)
    assert (before.newest, after.newest) == (40, 16)
    assert said(before, after).endswith("after 4 epochs")
    assert f"data loss {mean_of_last(desk, 2, 16, 10):.2f} against {mean_of_last(desk, 1, 40, 10):.2f}" in said(
        before, after
    )


def test_that_a_run_that_diverged_is_named_with_its_step():
    before, after, desk = twins({RATE: 1e9, "training.optimizer": {"kind": "sgd"}}, epochs=2)
    step = desk.timeline(2).marks[-1].step
    loss = mean_of_last(desk, 1, 20, 10)
    assert said(before, after) == f"diverged at step {step}, against a data loss of {loss:.2f} after 20 steps"
    turned = said(after, before)
    assert turned == f"data loss {loss:.2f} after 20 steps, where the other run diverged at step {step}"
    assert said(after, after) == f"diverged at step {step}, against step {step}"


def test_that_nothing_is_said_of_steps_that_were_not_made():
    before, after, _ = twins({RATE: 0.01}, epochs=0)
    assert said(before, after) == "not trained yet"


def test_that_a_twin_that_has_made_no_step_of_its_own_is_not_compared():
    before, after, desk = twins({RATE: 0.01}, epochs=0, at=20)
    assert after.newest == 20
    assert (
        said(before, after, *what_differs(desk.timeline(1).run.at(20), desk.timeline(2).run.at(20)))
        == "not trained yet"
    )
    desk.send(StepOnce()).rest()
    assert said(desk.picture_of(1), desk.picture_of(2)).startswith("data loss ")


def test_that_without_a_reading_the_losses_alone_are_compared():
    _before, _after, desk = twins({RATE: 0.01}, epochs=0)
    desk.send(StepOnce()).rest()
    start = {name: column[:1] for name, column in vars(desk.picture_of(1).readings).items()}
    pictures = [replace(desk.picture_of(number), readings=Readings(**start)) for number in (1, 2)]
    assert "accuracy" not in said(*pictures)
    assert said(*pictures).endswith("after 1 step")


@pytest.mark.parametrize("steps", [400, 3000])
def test_that_the_loss_is_a_mean_over_the_last_twentieth(steps):
    desk = Desk().load(spiral(training__epochs=steps // 10), spiral(training__epochs=steps // 10)).rest()
    desk.send(Arrange((1, 2), 1), Play()).rest()
    expected = mean_of_last(desk, 1, steps, steps // 20)
    width = float(desk.latest.data_losses.step[0])
    assert width <= 4
    shown = float(said(*[desk.picture_of(number) for number in (1, 2)]).split()[2])
    assert shown == pytest.approx(expected, rel=0.05, abs=0.006)
    assert np.isfinite(shown)


def test_that_accuracies_read_at_a_pause_in_both_runs_are_those_compared():
    """They are what the plot writes at the ends of its curves."""
    _before, _after, desk = twins({RATE: 0.5}, epochs=2)
    desk.send(StepOnce()).rest().send(StepOnce()).rest()
    picture = desk.latest
    pictures = {each.run_id: each for each in (picture, *picture.beside)}
    assert picture.readings.epoch[-1] % 1 != 0
    shares = [100 * pictures[number].readings.validation_accuracy[-1] for number in (2, 1)]
    expected = f"validation accuracy {shares[0]:.0f}% against {shares[1]:.0f}%"
    assert expected in said(pictures[1], pictures[2])


def test_that_accuracies_of_an_earlier_moment_are_said_to_be_of_it():
    _before, after, desk = twins({RATE: 0.5}, epochs=3)
    desk.send(Arrange((1,), 1), RunEpoch()).rest()
    for _ in range(3):
        desk.send(StepOnce()).rest()
    before = desk.latest
    desk.send(Arrange((2,), 2), RunEpoch()).rest().send(RunEpoch()).rest()
    after = desk.latest
    assert (before.newest, after.newest) == (43, 50)
    # run 2 was not read at step 43: both were at the end of epoch 4
    shares = [100 * float(each.readings.validation_accuracy[each.readings.epoch == 4][0]) for each in (after, before)]
    expected = (
        f"after 43 steps, validation accuracy {shares[0]:.0f}% against {shares[1]:.0f}% of 80 examples after epoch 4"
    )
    assert said(before, after).endswith(expected)


def test_that_accuracies_of_different_samples_name_both():
    before, after, _desk = twins({RATE: 0.5}, epochs=2)
    fewer = replace(before, samples=replace(before.samples, validation=40))
    assert "% of 80 and 40 examples, after 20 steps" in said(fewer, after)


def test_that_the_last_twentieth_is_neither_longer_nor_shorter():
    """A loss that is 1 before the last 20 of 400 steps, and then counts up."""
    desk = Desk().load(spiral(training__epochs=40), spiral(training__epochs=40)).rest()
    desk.send(Arrange((1, 2), 1), Play()).rest()
    last = np.r_[np.ones(380), 1 + np.arange(1, 21)]
    curve = LossCurve(np.arange(1.0, 401.0), last, last, last, np.zeros(0), np.zeros(0), None)
    picture = replace(desk.picture_of(1), data_losses=curve)
    assert said(picture, picture).startswith("data loss 11.50 against 11.50 (means of the last 20 steps), ")
