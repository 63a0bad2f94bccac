"""Runs side by side: in lockstep on the same examples, and none disturbing another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.machine import loop
from simulator.training.desk import stage
from simulator.training.desk.commands import (
    MOST_LANES,
    Arrange,
    Change,
    Continue,
    Fork,
    Load,
    Pause,
    Play,
    RunEpoch,
    Scrub,
    StepOnce,
)
from simulator.training.desk.events import Changed, Ended, Loaded, Paused, Playing
from simulator.training.run.trainer import Trainer
from tests.runs import advance, fingerprint
from tests.sessions import Desk, spiral
from tests.strategies import small_experiments

RATE = "training.learning_rate"
BATCH = "training.batch_size"


def side_by_side(*runs, selected=1, still=()):
    """A desk with these runs as lanes 1, 2, ..., told of nothing yet."""
    desk = Desk().load(*runs).rest()
    desk.send(Arrange(tuple(range(1, len(runs) + 1)), selected, frozenset(still))).rest()
    desk.heard.clear()
    return desk


def trainers(desk):
    return [lane.timeline.trainer for lane in desk.session._stage.lanes]


def endings(desk):
    return [(event.run_id, event.ending) for event in desk.told(Ended)]


# --- lockstep ---


@settings(max_examples=15)
@given(small_experiments())
def test_that_lanes_without_a_difference_stay_bitwise_equal(experiment):
    run = Run(apply(experiment, {"training.epochs": 4}))
    desk = side_by_side(run, run).send(Play()).rest()
    one, other = trainers(desk)
    alone = Trainer(run)
    advance(alone, 10_000, 1000)
    assert fingerprint(one) == fingerprint(other) == fingerprint(alone)
    assert one.losses.newest()[0].tobytes() == other.losses.newest()[0].tobytes()


def test_that_every_lane_is_the_run_that_trains_alone():
    runs = [
        spiral(training__epochs=5),
        spiral(training__epochs=5, training__batch_size=7),
        spiral(training__epochs=5, network__1={"kind": "tanh"}),
        spiral(training__epochs=3, output__weights={"kind": "xavier"}),
    ]
    desk = side_by_side(*runs).send(Play()).rest()
    for run, trainer in zip(runs, trainers(desk), strict=True):
        alone = Trainer(run)
        advance(alone, 10_000, 1000)
        assert fingerprint(trainer) == fingerprint(alone)
        assert trainer.ending == alone.ending
    assert sorted(endings(desk)) == [(number, "finished") for number in (1, 2, 3, 4)]


def test_that_lanes_of_other_batch_sizes_see_the_same_examples_in_the_same_order(monkeypatch):
    seen = {}
    train = loop.train

    def watched(*arguments):
        order, plan = arguments[12], arguments[13]
        for begin, size, _ in plan:
            seen.setdefault(arguments[5][1].ctypes.data, []).extend(order[begin : begin + size])
        return train(*arguments)

    monkeypatch.setattr(loop, "train", watched)
    sizes = (32, 7, 100)
    desk = side_by_side(*(spiral(training__batch_size=size, training__epochs=4) for size in sizes))
    desk.send(Play()).rest()
    orders = list(seen.values())
    assert len(orders) == 3
    assert orders[0] == orders[1] == orders[2]
    assert len(orders[0]) == 4 * trainers(desk)[0].setting.training.size


@settings(max_examples=20)
@given(st.lists(st.integers(1, 120), min_size=2, max_size=4), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_that_no_lane_goes_ahead_by_more_than_a_mini_batch_of_another(sizes, presses):
    desk = side_by_side(*(spiral(training__batch_size=size) for size in sizes))
    for count in presses:
        for _ in range(count):
            desk.send(StepOnce())
        desk.rest()
        first, *others = trainers(desk)
        for trainer, size in zip(others, sizes[1:], strict=True):
            assert trainer.examples <= first.examples
            left = first.setting.training.size - trainer.position.offset
            assert first.examples - trainer.examples < min(size, left)
    assert trainers(desk)[0].step == sum(presses)


def test_that_a_lane_that_is_behind_catches_up_before_the_others_go_on():
    desk = Desk().load(spiral()).rest()
    desk.send(RunEpoch()).rest().send(RunEpoch()).rest()
    desk.send(Fork(2, 1, 0, {"network.1": {"kind": "tanh"}}), Arrange((1, 2), 1)).rest()
    assert [trainer.step for trainer in trainers(desk)] == [20, 0]
    desk.send(StepOnce()).rest()
    assert [trainer.step for trainer in trainers(desk)] == [21, 21]


def test_that_the_leader_waits_for_whoever_is_behind():
    desk = Desk().load(spiral()).rest().send(RunEpoch()).rest()
    desk.send(Fork(2, 1, 0, {"network.1": {"kind": "tanh"}}), Arrange((1, 2), 1)).rest()
    lanes = desk.session._stage.lanes
    assert [lane.run_id for lane in lanes.late] == [2]
    assert lanes.advance(3, None, beyond=False) == 3
    assert [trainer.step for trainer in trainers(desk)] == [10, 3]
    assert lanes.advance(50, None, beyond=False) == 7
    assert [trainer.step for trainer in trainers(desk)] == [10, 10]
    assert lanes.late == ()


def test_that_the_most_steps_of_a_lane_are_those_made():
    desk = side_by_side(spiral(training__batch_size=10), spiral(training__batch_size=40))
    assert desk.session._stage.lanes.advance(6, None, beyond=False) == 6
    assert [trainer.step for trainer in trainers(desk)] == [6, 1]


def test_that_the_selected_lane_sets_the_pace():
    desk = side_by_side(spiral(training__batch_size=10), spiral(training__batch_size=40), selected=2)
    desk.send(StepOnce()).rest()
    assert [trainer.step for trainer in trainers(desk)] == [4, 1]
    desk.send(RunEpoch()).rest()
    assert [trainer.position.epoch for trainer in trainers(desk)] == [1, 1]
    assert [trainer.position.offset for trainer in trainers(desk)] == [0, 0]


# --- who trains ---


def test_that_a_lane_that_stands_still_does_not_train():
    desk = side_by_side(spiral(training__epochs=2), spiral(training__epochs=2), still=[2])
    desk.send(Play()).rest()
    assert [trainer.step for trainer in trainers(desk)] == [20, 0]
    assert endings(desk) == [(1, "finished")]


def test_that_the_others_go_on_where_the_selected_lane_stands_still():
    desk = side_by_side(spiral(), spiral(), still=[1])
    desk.send(StepOnce()).rest()
    assert [trainer.step for trainer in trainers(desk)] == [0, 1]
    assert [(event.run_id, event.step) for event in desk.told(Paused)] == [(1, 0)]


def test_that_nothing_trains_where_all_stand_still():
    desk = side_by_side(spiral(), spiral(), still=[1, 2]).send(Play()).rest()
    assert [trainer.step for trainer in trainers(desk)] == [0, 0]
    assert desk.told(Playing) == []
    assert len(desk.told(Paused)) == 1


@pytest.mark.parametrize("selected", [1, 2])
def test_that_a_diverged_lane_stops_alone(selected):
    desk = side_by_side(spiral(training__learning_rate=1e9), spiral(training__epochs=30), selected=selected)
    desk.send(Play()).rest()
    assert endings(desk) == [(1, "diverged"), (2, "finished")]
    assert trainers(desk)[1].step == 300
    assert len(desk.told(Playing)) == 1
    assert [mark.kind for mark in desk.picture_of(1).marks] == ["diverged"]
    alone = Trainer(spiral(training__epochs=30))
    advance(alone, 1000, 1000)
    assert fingerprint(trainers(desk)[1]) == fingerprint(alone)


def test_that_an_ending_is_told_once():
    desk = side_by_side(spiral(training__epochs=1), spiral(training__epochs=3)).send(Play()).rest()
    assert endings(desk) == [(1, "finished"), (2, "finished")]
    desk.send(Arrange((2, 1), 2), Change({"training.epochs": 5}), Play()).rest()
    assert endings(desk) == [(1, "finished"), (2, "finished"), (2, "finished")]
    assert trainers(desk)[0].step == 50


def test_that_whoever_asks_ended_runs_to_train_is_answered():
    desk = side_by_side(spiral(training__epochs=1), spiral(training__epochs=1)).send(Play()).rest()
    desk.heard.clear()
    desk.send(StepOnce()).rest()
    assert endings(desk) == [(1, "finished")]
    assert desk.told(Playing) == []


def test_that_all_lanes_continue_beyond_their_ends():
    desk = side_by_side(spiral(training__epochs=1), spiral(training__epochs=2)).send(Play()).rest()
    desk.send(Continue()).work(3).send(Pause())
    assert trainers(desk)[0].step == trainers(desk)[1].step > 20


# --- edits and pictures ---


def test_that_an_edit_is_of_the_selected_lane_alone():
    desk = side_by_side(spiral(), spiral(), selected=2).send(StepOnce()).rest()
    desk.send(Change({RATE: 0.5}))
    assert [event.run_id for event in desk.told(Changed)] == [2]
    assert [len(trainer.run.edits) for trainer in trainers(desk)] == [0, 1]


def test_that_a_picture_shows_all_lanes_in_their_order():
    desk = Desk().load(*[spiral()] * 4).rest().send(Arrange((4, 2, 1, 3), 2)).rest()
    [loaded] = desk.told(Loaded)[-1:]
    assert (loaded.run_id, loaded.lanes) == (2, (4, 2, 1, 3))
    desk.send(StepOnce()).rest()
    picture = desk.latest
    assert picture.run_id == 2
    assert [beside.run_id for beside in picture.beside] == [4, 1, 3]
    assert all(beside.beside == () for beside in picture.beside)
    assert {shown.newest for shown in (picture, *picture.beside)} == {1}
    assert {shown.frame.step for shown in (picture, *picture.beside)} == {1}


def test_that_a_new_run_takes_the_place_of_the_selected_lane():
    desk = side_by_side(spiral(), spiral(), selected=2)
    desk.send(Load(7, spiral())).rest()
    assert desk.told(Loaded)[-1].lanes == (1, 7)
    desk.send(Arrange((1, 2), 1)).rest()
    assert desk.told(Loaded)[-1].lanes == (1, 2)


def test_that_dear_frames_are_made_in_turn_while_playing_and_all_at_the_pause(monkeypatch):
    desk = side_by_side(*[spiral()] * 3)
    monkeypatch.setattr(stage, "AT_ONCE", -1.0)
    monkeypatch.setattr(stage, "SHARE", 1.0)
    monkeypatch.setattr(stage, "PICTURES_A_SECOND", 1e9)
    desk.session._stage.publish(fresh=True)
    made = len(desk.pictures)
    desk.send(Play()).work(9)
    for picture in desk.pictures[made:]:
        assert sum(shown.frame.step == shown.newest for shown in (picture, *picture.beside)) <= 1
    desk.send(Pause())
    steps = {shown.frame.step for shown in (desk.latest, *desk.latest.beside)}
    assert steps == {desk.latest.newest}
    for lane in desk.session._stage.lanes:
        assert lane.timeline.track.step.size >= 3


@pytest.mark.parametrize(
    ("lanes", "selected", "still"),
    [((), 1, ()), ((1, 1), 1, ()), ((1,), 2, ()), ((1,), 1, (2,)), (tuple(range(MOST_LANES + 1)), 0, ())],
)
def test_that_what_is_no_arrangement_is_refused_at_once(lanes, selected, still):
    with pytest.raises(ValueError, match="no arrangement"):
        Arrange(lanes, selected, frozenset(still))


def test_that_scrubbing_shows_all_lanes_after_as_many_examples():
    desk = side_by_side(spiral(training__batch_size=10), spiral(training__batch_size=30)).send(RunEpoch()).rest()
    desk.send(RunEpoch()).rest().send(Scrub(9, exact=True)).rest()
    picture = desk.latest
    assert (picture.at, picture.frame.step) == (9, 9)
    assert (picture.beside[0].at, picture.beside[0].frame.step) == (3, 3)
    desk.send(Scrub(8, exact=True)).rest()
    assert desk.latest.beside[0].frame.step == 2
    assert picture.beside[0].newest == len(np.unique(desk.latest.beside[0].losses.step))
