"""Trains the lanes on display: plays, makes single steps and epochs, pauses, tells how runs end."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulator.training.desk import ahead
from simulator.training.desk import events as e
from simulator.training.desk.lane import Lane
from simulator.training.desk.pace import Pace
from simulator.training.desk.stage import Stage
from simulator.training.run.network import UNDISTURBED
from simulator.training.run.trainer import Trainer


class Player:
    """Keeps what was ordered, and trains in chunks between which commands are obeyed.

    A chunk ends early where `attention`, int64 (1,), is not 0: a command has come.

    Attributes
    ----------
    playing
        Whether there is something to train.
    """

    def __init__(self, stage: Stage, attention: NDArray[np.int64] = UNDISTURBED) -> None:
        self.playing = False
        self._attention = attention
        self.pace = Pace()
        self._stage = stage
        self._goal: int | None = None  # examples to pause at
        self._at_once = False  # a step asked for by hand comes at once, however slow the speed
        self._more = 0  # further steps asked for by hand
        self._beyond = False
        self._told: set[int] = set()  # runs whose ending was told

    def wait(self, now: float) -> float:
        """Return the seconds until the next step is due; 0 or less when it is."""
        lanes = self._stage.lanes
        hurried = self._at_once or (lanes is not None and bool(lanes.late))
        return 0.0 if hurried else self.pace.wait(now)

    def forget(self) -> None:
        """Other runs come on display, and wait."""
        self.playing = self._beyond = False

    def play(self, beyond: bool = False) -> None:
        """Train until paused or until every lane has ended; with `beyond`, after the epochs asked for too."""
        self._beyond = self._beyond or beyond
        self._begin(None, at_once=False)

    def step(self) -> None:
        """Train one step of the lane that leads; two steps asked for at once are two."""
        if self.playing and self._at_once:
            self._more += 1
        else:
            self._begin(lambda trainer: ahead.after(trainer, 1), at_once=True)

    def epoch(self) -> None:
        """Train to the end of the epoch of the lane that leads."""
        self._begin(ahead.at_epoch_end, at_once=False)

    def _begin(self, goal: Callable[[Trainer], int] | None, at_once: bool) -> None:
        lanes = self._stage.lanes
        if lanes is None:
            return
        lanes.judge(self._beyond)
        leader = lanes.leader
        for lane in lanes:
            if lane.ended and not lane.still:
                self._end(lane, again=leader is None and lane is lanes.selected)
        if leader is None:
            self.playing = False
            if lanes.selected.still or not lanes.selected.ended:
                self._stage.tell(e.Paused(lanes.selected.run_id, lanes.selected.timeline.step))
            return
        self._told -= {lane.run_id for lane in lanes.active}
        self._goal = None if goal is None else goal(leader.timeline.trainer)
        self._at_once, self._more = at_once, 0
        if not self.playing:
            self.playing = True
            self.pace.begin(time.perf_counter())
            self._stage.tell(e.Playing(lanes.selected.run_id))

    def pause(self) -> None:
        """Stop here."""
        lanes = self._stage.lanes
        if lanes is None or not self.playing:
            return
        self.playing = False
        for lane in lanes.active:
            lane.timeline.trainer.read()
        self._stage.publish(fresh=True)
        self._stage.tell(e.Paused(lanes.selected.run_id, lanes.selected.timeline.step))

    def work(self) -> None:
        """Train one chunk."""
        lanes = self._stage.lanes
        assert lanes is not None
        began = time.perf_counter()
        active, catching_up = lanes.active, bool(lanes.late)
        self.pace.lanes = len(active)
        steps = self.pace.chunk if catching_up else self.pace.steps(began)
        ready = self._stage.due(began)
        fresh = ready and self._stage.frames_due(began)
        edits = {lane.run_id: lane.timeline.trainer.edits_made for lane in active}
        made = lanes.advance(steps, self._goal, self._beyond, self._attention)
        self.pace.took(made, began, time.perf_counter(), paced=not catching_up)
        self.playing = bool(lanes.active)
        for lane in active:
            trainer = lane.timeline.trainer
            if trainer.edits_made > edits[lane.run_id]:
                self._stage.tell(e.Reached(lane.run_id, trainer.step, trainer.experiment))
            if lane.ended:
                self._end(lane)
        if self.playing and self._goal is not None and lanes.reached(self._goal):
            self._arrive()
        elif self.playing and ready:
            self._stage.publish(fresh, self.pace.measured, in_turn=True)

    def _arrive(self) -> None:
        if self._more == 0:
            self.pause()
            return
        more, self._at_once = self._more - 1, False
        self.step()
        self._more = more

    def _end(self, lane: Lane, again: bool = False) -> None:
        """Tell how a run ended: once, or again where somebody asks it to train."""
        ending = lane.timeline.trainer.ending
        if ending is None or (lane.run_id in self._told and not again):
            return
        self._told.add(lane.run_id)
        lane.timeline.trainer.read()
        self._stage.publish(fresh=True, steps_per_second=self.pace.measured if self.playing else None)
        kind = "diverged" if ending.kind == "diverged" else "finished"
        self._stage.tell(e.Ended(lane.run_id, kind, ending.message, lane.timeline.step))
