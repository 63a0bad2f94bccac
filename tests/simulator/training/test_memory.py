"""One budget for the past of all lanes, counted from outside: every array that can be reached."""

import types

import numpy as np
import pytest

from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.training.desk.commands import Arrange, Load, StepOnce
from simulator.training.past.snapshot_log import SnapshotLog
from simulator.training.past.timeline import BUDGET, Timeline
from simulator.training.run.setting import Setting
from simulator.training.run.trainer import Trainer
from tests.sessions import Desk, spiral

pytestmark = pytest.mark.slow

LIVE = (Trainer, Setting, type, types.FunctionType, types.ModuleType)
"""What is no past: the running network, the data."""


def bytes_reached(things):
    """Bytes of all arrays that can be reached from `things`, each counted once, with the room behind views."""
    seen, total, waiting = set(), 0, list(things)
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, LIVE):
            continue
        seen.add(id(thing))
        if isinstance(thing, np.ndarray):
            if thing.base is not None:
                waiting.append(thing.base)
            else:
                total += thing.nbytes
        elif isinstance(thing, dict | types.MappingProxyType):
            waiting.extend(thing.values())
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting.extend(thing)
        else:
            waiting.extend(getattr(thing, name) for name in dir(thing) if is_state(thing, name))
    return total


def is_state(thing, name):
    return name in getattr(thing, "__dict__", {})


def past_of(timeline):
    return [timeline, timeline.trainer.losses, timeline.trainer.readings]


def large(seed):
    """Ten layers of 500 with momentum: a snapshot takes 18 MB."""
    entries = [entry for _ in range(10) for entry in ({"kind": "dense", "units": 500}, {"kind": "tanh"})]
    return Run(
        from_plain(
            {
                "data": {"kind": "spiral", "examples": 20},
                "network": entries,
                "training": {"batch_size": 4, "optimizer": {"kind": "sgd", "momentum": 0.9}, "learning_rate": 1e-4},
                "seeds": {"weights": seed},
            }
        )
    )


def test_that_the_past_of_four_lanes_of_ten_layers_of_500_keeps_within_the_budget(monkeypatch):
    monkeypatch.setattr(SnapshotLog, "_spacing", lambda self, step: 1)
    desk = Desk().load(*(large(seed) for seed in range(4))).rest()
    desk.send(Arrange((1, 2, 3, 4), 1)).rest()
    size = desk.timeline(1).trainer.snapshot().nbytes
    assert size > 17e6
    for _ in range(5):
        desk.send(StepOnce()).rest()
        timelines = [desk.timeline(number) for number in (1, 2, 3, 4)]
        assert sum(map(Timeline.nbytes.fget, timelines)) <= BUDGET
        assert bytes_reached([past_of(timeline) for timeline in timelines]) <= BUDGET
    assert sum(len(timeline._snapshots) for timeline in timelines) >= 8
    assert all(timeline.step == 5 for timeline in timelines)


def test_that_a_timeline_counts_what_can_be_reached():
    timeline = Timeline(Trainer(spiral(training__l2=0.01)))
    timeline._snapshots._spacing = lambda _: 10
    for _ in range(50):
        timeline.advance(7)
        timeline.frame({"decision"})
    reached = bytes_reached([timeline, timeline.trainer.losses, timeline.trainer.readings])
    assert reached <= timeline.nbytes <= 1.2 * reached


def test_that_resting_runs_take_a_quarter_of_the_budget_and_the_oldest_give_theirs_up():
    desk = Desk().load(*(large(seed) for seed in range(4))).rest()
    kept = [desk.timeline(number) for number in (1, 2, 3)]
    assert [isinstance(timeline, Timeline) for timeline in kept] == [False, True, True]
    resting = sum(timeline.nbytes + timeline.trainer.memory for timeline in kept[1:])
    assert resting <= BUDGET / 4
    desk.send(Load(5, spiral())).rest()
    assert desk.latest.run_id == 5
