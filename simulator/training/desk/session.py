"""What the runner's thread does, command by command; no thread in it, so everything can be tested through it."""

import logging
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulator.errors import ObukaError
from simulator.message import N_, Message
from simulator.training.desk import commands as c
from simulator.training.desk import events as e
from simulator.training.desk.builder import FAULT, Builder
from simulator.training.desk.census import Census
from simulator.training.desk.lane import Lane
from simulator.training.desk.player import Player
from simulator.training.desk.scrubber import Scrubber
from simulator.training.desk.stage import Stage
from simulator.training.frames.frame import Part
from simulator.training.frames.picture import Picture
from simulator.training.past.timeline import Timeline
from simulator.training.run.network import UNDISTURBED

PAUSE_FIRST = N_("pause first: a weight can be changed by hand only between two steps")
AT_PRESENT = N_("a weight of an earlier step cannot be changed; continue from here first")

_log = logging.getLogger(__name__)


class Session:
    """Carries out commands and, between them, does a piece of what is to be done.

    Parameters
    ----------
    tell, show
        Take the events, and the pictures.
    attention
        int64 (1,): other than 0 while a command waits; a chunk of steps then ends early.
    """

    def __init__(
        self,
        tell: Callable[[e.Event], None],
        show: Callable[[Picture], None],
        attention: NDArray[np.int64] = UNDISTURBED,
    ) -> None:
        self._stage = Stage(tell, show)
        self._player = Player(self._stage, attention)
        self._scrubber = Scrubber(self._stage)
        self._builder = Builder(self._stage, self._clear)
        self._census = Census(self._stage)

    def _clear(self) -> None:
        self._player.forget()
        self._scrubber.cancel()

    @property
    def wait(self) -> float | None:
        """Seconds until there is something to do, 0 or less when there is; None while there is nothing."""
        if self._builder.busy or self._scrubber.busy:
            return 0.0
        if self._player.playing:
            return self._player.wait(time.perf_counter())
        return 0.0 if self._census.busy else None

    def work(self) -> None:
        """Do a piece of what is to be done: about 10 to 20 ms."""
        if self._builder.busy:
            self._builder.work()
        elif self._scrubber.busy:
            self._scrubber.work()
        elif not self._player.playing:
            self._census.work()
        if self._player.playing and self._player.wait(time.perf_counter()) <= 0:
            self._player.work()

    def fail(self) -> None:
        """Give everything up after a fault, and say so once."""
        self._player.playing = False
        self._builder.cancel()
        self._scrubber.cancel()
        self._census.give_up()
        lanes = self._stage.lanes
        where = (lanes.selected.run_id, lanes.selected.timeline.step) if lanes else (0, 0)
        self._stage.tell(e.Ended(where[0], "failed", Message(FAULT), where[1]))

    def carry_out(self, command: c.Command) -> None:
        """Carry out a command, or begin to."""
        match command:
            case c.Load() | c.Fork() | c.Arrange() | c.Forget():
                self._builder.carry_out(command)
            case c.Play() | c.Continue() | c.StepOnce() | c.RunEpoch():
                self._train(command)
            case c.Pause():
                self._player.pause()
            case c.Scrub(step, exact):
                self._scrub(step, exact)
            case c.Change(patch, joined):
                self._change(patch, joined)
            case c.SetWeight():
                self._set_weight(command)
            case c.SetSpeed(steps_per_second):
                self._player.pace.set_speed(steps_per_second, time.perf_counter())
            case c.ShowParts(parts):
                self._show_parts(parts)
            case c.Ask():
                self._answer(command)

    def _train(self, order: c.Play | c.Continue | c.StepOnce | c.RunEpoch) -> None:
        self._scrubber.leave()
        match order:
            case c.StepOnce():
                self._player.step()
            case c.RunEpoch():
                self._player.epoch()
            case _:
                self._player.play(beyond=isinstance(order, c.Continue))

    def _scrub(self, step: int | None, exact: bool) -> None:
        self._player.pause()
        if step is not None:
            self._scrubber.scrub(step, exact)
            return
        self._scrubber.leave()
        self._stage.publish(fresh=True)

    def _change(self, patch: dict[str, object], joined: bool) -> None:
        lanes = self._stage.lanes
        if lanes is None:
            return
        self._make(lanes.selected, lambda timeline: timeline.edit(patch, joined=joined))

    def _set_weight(self, command: c.SetWeight) -> None:
        lanes = self._stage.lanes
        if lanes is None:
            return
        lane = lanes.selected
        if self._player.playing or lane.timeline.step != command.step:
            self._stage.tell(e.Rejected(lane.run_id, Message(PAUSE_FIRST)))
        elif lane.at is not None:
            self._stage.tell(e.Rejected(lane.run_id, Message(AT_PRESENT)))
        else:
            self._make(lane, lambda timeline: timeline.set_weight(command.block, command.index, command.value))

    def _make(self, lane: Lane, edit: Callable[[Timeline], None]) -> None:
        """Make an edit of a lane, and tell how it went."""
        trainer = lane.timeline.trainer
        try:
            edit(lane.timeline)
        except ObukaError as error:
            self._stage.tell(e.Rejected(lane.run_id, error.message))
            return
        self._stage.tell(e.Changed(lane.run_id, trainer.step, trainer.run, trainer.experiment))
        if not self._player.playing:
            self._stage.publish(fresh=True)

    def _show_parts(self, parts: frozenset[Part]) -> None:
        lanes = self._stage.lanes
        self._stage.parts = parts
        if lanes is not None and lanes.selected.at is not None:
            self._scrubber.rebuild()
        self._stage.publish(fresh=bool(parts))

    def _answer(self, ask: c.Ask) -> None:
        lanes = self._stage.lanes
        lane = None if lanes is None else lanes.of(ask.run_id)
        if lane is None:
            self._stage.tell(e.Answered(ask.ticket, None, Message(N_("There is no run yet."))))
            return
        try:
            answer = e.Answered(ask.ticket, ask.question.answer(lane.timeline))
        except ObukaError as error:
            answer = e.Answered(ask.ticket, None, error.message)
        except Exception:  # noqa: BLE001
            _log.exception("a question could not be answered")
            answer = e.Answered(ask.ticket, None, Message(FAULT))
        self._stage.tell(answer)
