"""Lanes as values: twins, which of them train, what is put aside; and every edit can be undone."""

import pytest

from app.document.document import Document
from app.document.lanes import State
from simulator.experiment import apply
from tests.app.canned import make_dataset
from tests.app.samples import spiral

RATE = "training.learning_rate"


@pytest.fixture
def document(qapp: object) -> Document:
    made = Document(spiral())
    made.runs.learn_data(make_dataset())
    return made


def letters(state: State) -> str:
    return "".join(lane.letter for lane in state.lanes)


def test_that_a_twin_differs_by_the_patch_alone_and_is_selected(document: Document) -> None:
    before = document.state
    assert document.what_if({RATE: 0.5}, "faster")
    assert letters(document.state) == "AB"
    assert document.state.selected == 1
    assert document.experiment.training.learning_rate == 0.5
    assert document.state.at(0) == before.at(0)
    assert document.state.at(1).name == "faster"
    origin = document.runs[document.state.run_id].origin
    assert (origin.source, origin.step) == (before.run_id, None)
    document.undo_stack.undo()
    assert document.state == before


def test_that_a_change_of_shape_forks_at_step_0(document: Document) -> None:
    assert document.what_if({"network.0.units": 5}, "")
    assert document.runs[document.state.run_id].origin.step == 0


def test_that_a_change_that_keeps_the_weights_may_fork_anywhere(document: Document) -> None:
    assert document.what_if({"network.1": {"kind": "tanh"}}, "tanh", step=7)
    assert document.runs[document.state.run_id].origin.step == 7


def test_that_a_wrong_twin_is_refused_in_words(document: Document) -> None:
    refused: list[object] = []
    document.refused.connect(refused.append)
    before = document.state
    assert not document.what_if({RATE: -1}, "")
    assert "learning rate" in str(refused[0])
    assert document.state is before


def test_that_there_are_four_lanes_at_most(document: Document) -> None:
    refused: list[object] = []
    document.refused.connect(refused.append)
    for rate in (0.2, 0.3, 0.4):
        assert document.what_if({RATE: rate}, "")
    assert letters(document.state) == "ABCD"
    assert not document.what_if({RATE: 0.5}, "")
    assert "four runs" in str(refused[0])


def test_that_edits_are_of_the_selected_lane(document: Document) -> None:
    document.what_if({RATE: 0.5}, "")
    document.viewpoint.select(0)
    document.edit({RATE: 0.01}, "Change learning rate")
    assert document.state.at(0).experiment.training.learning_rate == 0.01
    assert document.state.at(1).experiment.training.learning_rate == 0.5


def test_that_looking_at_another_lane_is_nothing_to_undo(document: Document) -> None:
    document.what_if({RATE: 0.5}, "")
    count = document.undo_stack.count()
    document.viewpoint.select(0)
    assert document.undo_stack.count() == count


def test_that_a_dropped_lane_leaves_its_letter_free_and_comes_back(document: Document) -> None:
    document.what_if({RATE: 0.5}, "")
    document.what_if({RATE: 0.6}, "")
    before = document.state
    document.lanes.drop(1)
    assert letters(document.state) == "AC"
    document.undo_stack.undo()
    assert document.state == before
    document.undo_stack.redo()
    document.what_if({RATE: 0.7}, "")
    assert letters(document.state) == "ABC"


def test_that_the_last_lane_stays(document: Document) -> None:
    document.lanes.drop(0)
    document.lanes.keep(0)
    assert letters(document.state) == "A"


def test_that_a_kept_run_is_laid_over_the_others_and_stands_still(document: Document) -> None:
    document.what_if({RATE: 0.5}, "fast")
    run = document.state.run_id
    document.lanes.keep(1)
    assert letters(document.state) == "A"
    assert [lane.run_id for lane in document.state.kept] == [run]
    document.lanes.overlay(run)
    assert [lane.run_id for lane in document.state.lanes if lane.pinned] == [run]
    assert document.state.kept == ()
    document.lanes.pin(1, False)
    assert not document.state.at(1).pinned


def test_that_kept_runs_outlive_another_experiment_and_can_be_forgotten(document: Document) -> None:
    from simulator.experiment import load

    document.what_if({RATE: 0.5}, "fast")
    run = document.state.run_id
    document.lanes.keep(1)
    document.open_run(load("A4"))
    assert [lane.run_id for lane in document.state.kept] == [run]
    document.lanes.forget_kept(run)
    assert document.state.kept == ()
    document.undo_stack.undo()
    assert [lane.run_id for lane in document.state.kept] == [run]


def test_that_a_pinned_lane_stays_beside_another_experiment(document: Document) -> None:
    from simulator.experiment import load

    document.what_if({RATE: 0.5}, "fast")
    document.lanes.pin(1, True)
    pinned = document.state.at(1)
    document.open_run(load("A4"))
    assert document.state.at(1) == pinned
    assert document.state.selected == 0


def test_that_a_lane_is_renamed(document: Document) -> None:
    document.lanes.rename(0, "Xavier")
    assert document.state.lane.name == "Xavier"
    document.undo_stack.undo()
    assert document.state.lane.name == ""


def test_that_undoing_a_twin_leaves_what_a_run_came_to_by_its_own_log(document: Document) -> None:
    first = document.state.run_id
    begun = document.experiment
    document.what_if({RATE: 0.5}, "")
    later = apply(begun, {RATE: 0.03})
    document.follow(first, later)
    assert document.state.at(0).experiment == later
    assert document.experiment.training.learning_rate == 0.5
    document.undo_stack.undo()
    assert document.experiment == later
    document.edit({RATE: begun.training.learning_rate}, "Change")
    assert document.experiment == begun


def test_that_going_on_from_a_past_step_begins_a_run_with_the_values_of_then(document: Document) -> None:
    before = document.state
    then = document.experiment
    document.edit({RATE: 0.9}, "Change learning rate")
    document.viewpoint.look_at(40, then)
    assert document.viewpoint.experiment == then
    document.continue_here()
    assert document.experiment == then
    assert document.viewpoint.at is None
    origin = document.runs[document.state.run_id].origin
    assert (origin.source, origin.step) == (before.run_id, 40)
    document.undo_stack.undo()
    assert document.experiment.training.learning_rate == 0.9
    assert document.state.run_id == before.run_id
