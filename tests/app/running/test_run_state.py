"""The table of states."""

import pytest

from app.running.run_state import LEGAL_STEPS, ORDERS, Order, RunState, allows, may_follow

ENDED = (RunState.FINISHED, RunState.DIVERGED, RunState.FAILED)


def test_that_every_state_has_a_row() -> None:
    assert set(LEGAL_STEPS) == set(ORDERS) == set(RunState)


def test_that_nothing_leads_back_to_preparing() -> None:
    assert not any(RunState.PREPARING in following for following in LEGAL_STEPS.values())


@pytest.mark.parametrize("state", RunState)
def test_that_one_press_of_play_has_one_meaning(state: RunState) -> None:
    assert len(ORDERS[state] & {Order.PLAY, Order.PAUSE, Order.CONTINUE}) <= 1


@pytest.mark.parametrize("state", [RunState.DIVERGED, RunState.FAILED])
def test_that_a_run_that_broke_can_only_be_made_anew(state: RunState) -> None:
    assert ORDERS[state] == {Order.RESET, Order.NEW_WEIGHTS}
    assert not may_follow(state, RunState.PLAYING)


@pytest.mark.parametrize("state", ENDED)
def test_that_every_ending_can_be_reached_while_playing(state: RunState) -> None:
    assert may_follow(RunState.PLAYING, state)


def test_that_play_is_taken_while_preparing() -> None:
    assert allows(RunState.PREPARING, Order.PLAY)
    assert not allows(RunState.PREPARING, Order.STEP)


def test_that_a_reset_is_offered_once_there_is_something_to_take_back() -> None:
    assert not allows(RunState.READY, Order.RESET)
    assert all(allows(state, Order.RESET) for state in (RunState.PAUSED, RunState.PLAYING, *ENDED))


@pytest.mark.parametrize("state", RunState)
def test_that_a_state_may_follow_itself(state: RunState) -> None:
    assert may_follow(state, state)
