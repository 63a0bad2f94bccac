"""What is known of runs decides what is asked and what is said of them: case by case, without a thread or a window."""

from dataclasses import replace
from typing import Literal

import pytest

from app.document.lanes import Lane, State
from app.document.run_table import RunTable
from app.running.course import Course
from app.running.run_state import RunState
from app.running.synchroniser import Synchroniser
from simulator.experiment import Experiment, apply
from simulator.message import Message
from simulator.training import Ended, Reached
from tests.app.samples import spiral

Kind = Literal["finished", "diverged", "failed"]
BEFORE = spiral()
AFTER = apply(BEFORE, {"training.learning_rate": 0.3})
OTHER = apply(BEFORE, {"training.learning_rate": 0.7})


def table(*experiments: Experiment, pinned: tuple[int, ...] = ()) -> State:
    """Runs 1, 2 ... at the places A, B ..."""
    return State(
        tuple(
            Lane(number - 1, number, experiment, pinned=number in pinned)
            for number, experiment in enumerate(experiments, 1)
        )
    )


# --- an edit of a run's own log takes effect ---


@pytest.mark.parametrize(
    ("shown", "follows"),
    [
        ((BEFORE,), True),
        ((BEFORE, OTHER), True),
        ((OTHER, BEFORE), False),  # the other lane has the same values by chance
        ((OTHER,), False),  # somebody edits: what is wanted is sent whole
        ((AFTER,), False),
    ],
)
def test_that_the_document_follows_a_log_only_where_it_holds_what_was_overtaken(
    shown: tuple[Experiment, ...], follows: bool
) -> None:
    runs = RunTable()
    runs[1].asked = runs[2].asked = BEFORE
    assert Synchroniser(runs).take_reached(Reached(1, 30, AFTER), table(*shown)) == follows
    assert (runs[1].asked, runs[2].asked) == (AFTER, BEFORE)


def test_that_nothing_follows_a_run_that_is_not_on_the_table() -> None:
    runs = RunTable()
    runs[1].asked = runs[7].asked = BEFORE
    assert not Synchroniser(runs).take_reached(Reached(7, 30, AFTER), table(BEFORE))
    assert runs[7].asked == AFTER


# --- lanes at rest ---


def at_rest(
    endings: dict[int, Kind], lanes: int, steps: dict[int, int] | None = None, pinned: tuple[int, ...] = ()
) -> RunState:
    runs = RunTable()
    for run_id, kind in endings.items():
        runs[run_id].ended = Ended(run_id, kind, Message(kind), 9)
    for run_id, step in (steps or {}).items():
        runs[run_id].step = step
    return resting(runs, table(*[BEFORE] * lanes, pinned=pinned))


def resting(runs: RunTable, lanes: State) -> RunState:
    return Course(runs, lambda _state: None).at_rest(lanes)


@pytest.mark.parametrize(
    ("endings", "state"),
    [
        ({1: "finished", 2: "finished"}, RunState.FINISHED),
        ({1: "diverged", 2: "diverged"}, RunState.DIVERGED),
        ({1: "diverged", 2: "finished"}, RunState.FINISHED),
        ({1: "finished", 2: "diverged"}, RunState.FINISHED),
        ({1: "diverged", 2: "failed"}, RunState.DIVERGED),
        ({1: "failed", 2: "diverged"}, RunState.FAILED),
    ],
)
def test_that_lanes_that_ended_differently_can_go_on_where_one_finished(
    endings: dict[int, Kind], state: RunState
) -> None:
    assert at_rest(endings, 2, {1: 9, 2: 9}) is state


@pytest.mark.parametrize("kind", ["finished", "diverged", "failed"])
@pytest.mark.parametrize("ended", [1, 2])
def test_that_lanes_are_paused_as_long_as_one_has_not_ended(kind: Kind, ended: int) -> None:
    assert at_rest({ended: kind}, 2, {ended: 9}) is RunState.PAUSED


@pytest.mark.parametrize(("steps", "state"), [({}, RunState.READY), ({2: 1}, RunState.PAUSED)])
def test_that_lanes_have_begun_when_one_has(steps: dict[int, int], state: RunState) -> None:
    assert at_rest({}, 2, steps) is state


def test_that_a_pinned_lane_decides_nothing_unless_all_are_pinned() -> None:
    assert at_rest({2: "finished"}, 2, {1: 4, 2: 9}, pinned=(1,)) is RunState.FINISHED
    assert at_rest({1: "finished"}, 2, {1: 9}, pinned=(1,)) is RunState.READY
    assert at_rest({1: "finished", 2: "finished"}, 2, {1: 9, 2: 9}, pinned=(1, 2)) is RunState.PAUSED
    assert at_rest({}, 2, pinned=(1, 2)) is RunState.READY


def test_that_a_run_of_before_does_not_count() -> None:
    runs = RunTable()
    runs[5].ended, runs[5].step = Ended(5, "diverged", Message("diverged"), 9), 9
    assert resting(runs, replace(table(BEFORE), selected=0)) is RunState.READY
