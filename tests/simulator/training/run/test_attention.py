"""A chunk of steps ends at the next step when somebody asks for attention, and changes no bit by it."""

import threading

import numpy as np
import pytest

from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training import Load, Pause, Paused, Play, Playing, Runner
from simulator.training.desk import pace
from simulator.training.desk.commands import Arrange
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests.runs import fingerprint
from tests.sessions import Desk, spiral

ASKED = np.ones(1, np.int64)


def endless(**patch):
    return Run(apply(load("spiral").experiment, {"training.epochs": None, **patch}))


def test_that_one_step_is_made_where_attention_is_asked_for_already():
    trainer, plain = Trainer(endless()), Trainer(endless())
    for step in range(1, 25):  # over two ends of epochs
        assert trainer.advance(1000, attention=ASKED, measure=True)[0].size == 1
        assert trainer.step == step
    plain.advance(24, measure=True)
    assert fingerprint(trainer) == fingerprint(plain)
    ours, theirs = frame_of(trainer).layers, frame_of(plain).layers
    assert [layer.update_ratio for layer in ours] == [layer.update_ratio for layer in theirs]
    assert ours[1].update_ratio is not None


def test_that_another_thread_ends_a_chunk_that_would_take_minutes():
    trainer, attention = Trainer(endless()), np.zeros(1, np.int64)
    threading.Timer(0.05, attention.__setitem__, (0, 1)).start()
    made = trainer.advance(100_000_000, until=None, attention=attention)[0].size
    assert 0 < made == trainer.step < 100_000_000
    plain = Trainer(endless())
    plain.advance(made)
    assert fingerprint(trainer) == fingerprint(plain)


@pytest.mark.parametrize("batch", [32, 50])
def test_that_the_other_lanes_come_up_to_a_leader_that_was_called_away(batch):
    desk = Desk().load(spiral(), spiral(training__batch_size=batch)).rest()
    desk.send(Arrange((1, 2), 1)).rest()
    lanes = desk.session._stage.lanes
    lanes.advance(40, None, True, ASKED)
    leader, other = (lane.timeline.trainer for lane in lanes)
    assert leader.step == 1
    assert other.examples <= leader.examples
    assert not lanes.late


def test_that_pause_does_not_wait_for_the_end_of_a_long_chunk(monkeypatch):
    monkeypatch.setattr(pace, "CHUNK_SECONDS", 1e6)
    monkeypatch.setattr(pace, "LONGEST_CHUNK", 1e6)
    monkeypatch.setattr(pace, "LARGEST_CHUNK", 1_000_000_000)
    runner = Runner()
    runner.start()
    heard = []

    def wait_for(kind):
        waiting = threading.Event()
        for _ in range(3000):
            heard.extend(runner.events())
            if any(isinstance(event, kind) for event in heard):
                return
            waiting.wait(0.02)
        raise AssertionError(f"no {kind.__name__} in {heard}")

    try:
        runner.send(Load(1, endless()))
        runner.send(Play())
        wait_for(Playing)
        runner.send(Pause())
        wait_for(Paused)
    finally:
        assert runner.close(20)
