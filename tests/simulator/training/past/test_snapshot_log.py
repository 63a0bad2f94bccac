"""Snapshots: close enough to go back quickly, rare enough to cost little, few enough for their allowance."""

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.training.past.snapshot_log import REPLAY_SECONDS, SHARE, SnapshotLog

SIZE = 1000


def snapshot(step):
    return SimpleNamespace(step=step, nbytes=SIZE)


def filled(room, steps, step_seconds, snapshot_seconds=0.0):
    """A log with room for so many snapshots, after so many steps of that cost."""
    log = SnapshotLog(room * SIZE)
    step = taken = 0
    while step < steps:
        made = min(log.left(step), 7, steps - step)
        step += made
        log.trained(made, made * step_seconds)
        if log.due(step):
            log.add(snapshot(step), snapshot_seconds)
            taken += 1
    return log, taken


def steps_of(log):
    return [kept.step for kept in log]


def test_that_the_way_back_is_short_where_there_is_room():
    log, _ = filled(room=1000, steps=10_000, step_seconds=1e-3)
    gaps = np.diff([0, *steps_of(log)])
    assert gaps.max() * 1e-3 <= REPLAY_SECONDS
    assert len(log) > 100


def test_that_dear_snapshots_are_rare():
    _, taken = filled(room=1000, steps=10_000, step_seconds=1e-3, snapshot_seconds=0.01)
    assert taken * 0.01 <= 1.1 * SHARE * 10
    assert taken > 10


@pytest.mark.parametrize("room", [1, 2, 10])
def test_that_little_room_holds_snapshots_all_over_the_run(room):
    log, taken = filled(room, steps=50_000, step_seconds=1e-3)
    assert log.nbytes <= room * SIZE
    steps = np.array([0, *steps_of(log)])
    assert len(steps) > room / 2
    assert np.diff([*steps, 50_000]).max() <= 50_000 * 4 / (room + 1)
    # what would be dropped again at once is hardly ever taken
    assert taken <= 60 * room


def test_that_no_room_holds_nothing_and_costs_one_try():
    log, taken = filled(room=0, steps=10_000, step_seconds=1e-3)
    assert (len(log), taken) == (0, 1)


def test_that_a_slow_moment_does_not_make_snapshots_dense():
    """Neighbours on a shared machine can only make a step look dear."""
    log, _ = filled(room=1000, steps=1000, step_seconds=1e-3)
    before = log.left(0)
    log.trained(10, 0.5)
    assert log.left(0) > before / 4


def test_that_a_snapshot_is_kept_once():
    log = SnapshotLog(10 * SIZE)
    for step in (5, 5, 3):
        log.add(snapshot(step), 0.0)
    assert steps_of(log) == [3, 5]


def test_that_another_run_is_given_those_it_shares():
    log, other = SnapshotLog(10 * SIZE), SnapshotLog(2 * SIZE)
    for step in range(1, 9):
        log.add(snapshot(step), 0.0)
    log.share_with(other, 6)
    assert len(log) == 8
    assert len(other) <= 2
    assert max(steps_of(other)) == 6
