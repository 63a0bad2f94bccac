"""The bridge between the training thread and the window: the only Qt object that knows the runner."""

import itertools
import logging
from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.document import Document
from app.document.lanes import State
from app.running.edit_pace import EditPace
from app.running.run_book import ENDINGS, RunBook
from app.running.run_state import Order, RunState, allows, may_follow
from app.running.runner_like import RunnerLike
from app.running.synchroniser import Synchroniser
from simulator.experiment import Experiment, Run, difference
from simulator.training import (
    Answered,
    Arrange,
    Ask,
    Change,
    Changed,
    Command,
    Continue,
    Ended,
    Event,
    Fork,
    Kept,
    Load,
    Loaded,
    Pause,
    Paused,
    Play,
    Playing,
    Prepared,
    Question,
    Reached,
    Rejected,
    RunEpoch,
    Scrub,
    SetSpeed,
    ShowParts,
    StepOnce,
)

FAST: Final = 33
"""Milliseconds between two looks at the runner while something is expected of it: 30 a second."""
SLOW: Final = 100

_SILENT_RESTARTS: Final = {"seeds.weights", "name"}

_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class RunController(QObject):
    """Keeps the runner in step with the document, and reports what the runner does.

    The document is compared with what the runner was asked for, and one Load, Fork, Arrange or Change is on its way
    at a time: what a slider does meanwhile is sent as one, when the answer is there. An order to train that comes
    while an answer is due waits for it, so it never reaches a network that is about to be replaced.

    Signals
    -------
    state_changed(RunState)
        The run on display is in another state, or `play_is_waiting` is different.
    loaded(Loaded), changed(Changed), ended(Ended), rejected(Rejected)
        The runner's answers. `ended` and `changed` are of the run on display.
    picture_changed(Picture)
        There is a newer picture of the run on display.
    restarted()
        An edit put a new network in the place of one that was training; it waits at step 0.
    place_asked()
        An order to train came at a past step: where should it go on?
    """

    state_changed = Signal(object)
    loaded = Signal(object)
    picture_changed = Signal(object)
    changed = Signal(object)
    ended = Signal(object)
    rejected = Signal(object)
    restarted = Signal()
    place_asked = Signal()

    def __init__(
        self,
        runner: RunnerLike,
        document: Document,
        parent: QObject | None = None,
        pace: EditPace | None = None,
    ) -> None:
        super().__init__(parent)
        self._pace = pace or EditPace()
        self._runner = runner
        self._document = document
        self._state = RunState.PREPARING
        self._tickets = itertools.count(1)
        self._answers: dict[int, Callable[[Any], None]] = {}
        self._book = RunBook()
        self._sync = Synchroniser(self._book)
        self._continuing = False
        self._scrubbed = False
        self._waiting: Play | StepOnce | RunEpoch | None = None
        self._sequence = -1
        self._epoch = 0.0
        self._running = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.poll)
        document.changed.connect(self._follow_document)

    @property
    def state(self) -> RunState:
        """What the run on display is doing."""
        return self._state

    @property
    def play_is_waiting(self) -> bool:
        """Whether Play was pressed and takes effect as soon as the network is ready."""
        return isinstance(self._waiting, Play)

    @property
    def ending(self) -> Ended | None:
        """How the run on display ended, if it did."""
        return None if self._sync.displayed is None else self._book.endings.get(self._sync.displayed)

    @property
    def newest(self) -> int:
        """The newest step of the run on display."""
        return 0 if self._sync.displayed is None else self._book.steps.get(self._sync.displayed, 0)

    @property
    def book(self) -> RunBook:
        """What is known of all runs; only to be read."""
        return self._book

    def started_with(self, run_id: int) -> Experiment | None:
        """Return the experiment that a run began with, if the runner has built it."""
        run = self._book.runs.get(run_id)
        return None if run is None else run.experiment

    def run_to_save(self) -> Run:
        """Return the document's run with the edits made while it trained."""
        return self._book.run_to_save(self._document)

    def start(self) -> None:
        """Start the training thread and build the document's run."""
        if self._closed or self._running:
            return
        self._running = True
        self._runner.start()
        self._synchronise()
        self._retime()

    def close(self, timeout: float = 2.0) -> None:
        """End the training thread; nothing is asked or reported any more."""
        self._closed = True
        if self._running:
            self._running = False
            self._timer.stop()
            self._runner.close(timeout)

    def toggle(self) -> None:
        """Play, continue or pause, whichever the state offers; at a past step ask first where to go on."""
        if self._document.at is not None and self._document.at < self.newest:
            self.place_asked.emit()
        elif self.play_is_waiting or allows(self._state, Order.PAUSE):
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Train until paused or ended; a finished run goes on."""
        if allows(self._state, Order.CONTINUE) and self._in_step():
            self._send(Continue())
        elif allows(self._state, Order.PLAY) or not self._in_step():
            self._order(Play())

    def pause(self) -> None:
        """Stop after the present step."""
        self._order(None)
        if allows(self._state, Order.PAUSE):
            self._send(Pause())

    def step(self) -> None:
        """Train one mini-batch."""
        if allows(self._state, Order.STEP):
            self._order(StepOnce())

    def epoch(self) -> None:
        """Train to the end of the epoch."""
        if allows(self._state, Order.EPOCH):
            self._order(RunEpoch())

    def set_speed(self, steps_per_second: float | None) -> None:
        """Choose the speed; None is as fast as possible."""
        self._send(SetSpeed(steps_per_second))

    def show_parts(self, parts: frozenset[str]) -> None:
        """Choose which optional parts the frames of pictures carry, by name."""
        self._send(ShowParts(parts))

    def scrub(self, step: int | None, *, exact: bool) -> None:
        """Show the lanes as they were after `step` updates of the selected one; None is the present.

        Parameters
        ----------
        exact
            Rebuild that very step in the background; otherwise the nearest recorded one does.
        """
        if not self._in_step():
            return
        if step is not None and step >= self.newest:
            step = None
        self._send(Scrub(step, exact))
        run = self._book.runs.get(self._document.state.run_id)
        past = step is not None and run is not None
        self._document.look_at(step, run.at(step) if past and run is not None and step is not None else None)

    def stop_rebuilding(self) -> None:
        """Make do with the nearest recorded step."""
        self._send(Scrub(self._document.at, exact=False))

    def ask(self, question: Question[Answer], answer: Callable[[Answer], None]) -> None:
        """Put a question about the selected lane to the training thread.

        Parameters
        ----------
        answer
            Called in the window's thread with what was answered; not at all where there is no answer.
        """
        ticket = next(self._tickets)
        self._answers[ticket] = answer
        self._send(Ask(ticket, question))

    def poll(self) -> None:
        """Take what the runner has reported."""
        for event in self._runner.events():
            self._handle(event)
        picture = self._runner.latest()
        if picture is not None and picture.run_id == self._sync.displayed and picture.sequence != self._sequence:
            self._sequence = picture.sequence
            self._epoch = picture.frame.epoch
            self._book.take_steps(picture)
            self.picture_changed.emit(picture)
        if self._sync.is_held(self._document.state):
            self._synchronise()
        self._retime()

    def _follow_document(self, _before: State, _after: State) -> None:
        self._synchronise()

    def _in_step(self) -> bool:
        """Whether what the runner shows is what the document holds."""
        return self._sync.in_step(self._document.state)

    def _synchronise(self) -> None:
        """Ask the runner for what the document holds, one question at a time; then give the order that waited."""
        if not self._running:
            return
        may_change = self._state is not RunState.PLAYING or self._pace.is_due
        request = self._sync.ask(self._document, may_change=may_change)
        if request is not None:
            if isinstance(request, Change):
                self._pace.note()
            else:
                self._hold(request)
            self._send(request)
        if self._scrubbed and self._document.at is None and not self._sync.is_rearranging:
            # The document shows its present, and nothing on its way brings the runner back to it.
            self._send(Scrub(None, exact=False))
        if request is None and self._waiting is not None and self._in_step():
            order, self._waiting = self._waiting, None
            self._send(Continue() if self._state is RunState.FINISHED else order)
            self.state_changed.emit(self._state)

    def _hold(self, request: Load | Fork | Arrange) -> None:
        """Pause what trains: it is about to be replaced, or to get company."""
        if self._state is not RunState.PLAYING:
            return
        self._send(Pause())
        if isinstance(request, Load) and self._sync.displayed is not None:
            patch = difference(self._book.sent[self._sync.displayed], self._document.experiment)
            if patch.keys() - _SILENT_RESTARTS:
                self.restarted.emit()

    def _order(self, order: Play | StepOnce | RunEpoch | None) -> None:
        """Send an order to train now, or when the runner has answered."""
        waited = self.play_is_waiting
        self._waiting = None
        if order is not None:
            if self._sync.refused is not None and not self._in_step():
                # The network on the left could not be built; say so again rather than train another one.
                self.rejected.emit(self._sync.refused[1])
            elif self._in_step():
                self._send(order)
            else:
                self._waiting = order
        if self.play_is_waiting != waited:
            self.state_changed.emit(self._state)

    def _send(self, command: Command) -> None:
        if self._closed:
            # Views that go away with the window have their last word.
            return
        trains = isinstance(command, Play | StepOnce | RunEpoch | Continue)
        if trains:
            self._continuing = isinstance(command, Continue)
        if isinstance(command, Scrub):
            self._scrubbed = command.step is not None
        elif trains and self._scrubbed:
            # It trains on from the newest step, and shows that.
            self._scrubbed = False
            self._document.look_at(None, None)
        self._runner.send(command)
        self._retime()

    def _retime(self) -> None:
        if not self._running:
            return
        busy = self._state in (RunState.PLAYING, RunState.PREPARING) or self._sync.question is not None
        interval = FAST if busy else SLOW
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)

    def _handle(self, event: Event) -> None:
        match event:
            case Loaded():
                self._take_loaded(event)
            case Rejected():
                self._take_rejected(event)
            case Changed():
                self._take_changed(event)
            case Reached(run_id, _step, experiment):
                if self._sync.take_reached(event, self._document.state):
                    self._document.follow(run_id, experiment)
            case Ended():
                self._take_ended(event)
            case Playing(run_id) if run_id == self._sync.displayed:
                if self._continuing:
                    self._book.may_go_on()
                self._enter(RunState.PLAYING)
            case Paused(run_id, step) if run_id == self._sync.displayed:
                self._book.steps[run_id] = step
                self._enter(self._book.at_rest(self._document.state))
            case Kept():
                self._sync.take_kept(event)
                self._synchronise()
            case Answered(ticket, value, message):
                answer = self._answers.pop(ticket, None)
                if answer is not None and message is None:
                    answer(value)
            case Prepared():
                _log.info("the simulator is prepared")

    def _take_loaded(self, event: Loaded) -> None:
        self._scrubbed = False
        self._sync.take_loaded(event)
        for run_id in event.anew:
            self._book.endings.pop(run_id, None)
        self._document.learn_data(event.facts.dataset)
        self._enter(self._book.at_rest(self._document.state))
        self.loaded.emit(event)
        self._synchronise()

    def _take_rejected(self, event: Rejected) -> None:
        self._sync.take_rejected(event)
        self._order(None)
        if self._state is RunState.PREPARING:
            self._enter(RunState.FAILED)
        self.rejected.emit(event)
        self._synchronise()

    def _take_changed(self, event: Changed) -> None:
        self._sync.take_changed(event)
        if event.run_id == self._sync.displayed:
            epochs = event.experiment.training.epochs
            ended = self._book.endings.get(event.run_id)
            if ended is not None and ended.ending == "finished" and (epochs is None or epochs > self._epoch):
                # More epochs were asked for than are done.
                del self._book.endings[event.run_id]
                if self._state is RunState.FINISHED:
                    self._enter(RunState.PAUSED)
            self.changed.emit(event)
        self._synchronise()

    def _take_ended(self, event: Ended) -> None:
        self._book.endings[event.run_id] = event
        if event.ending == "failed":
            self._sync.give_up(event.run_id, event.message)
        if self._sync.displayed is None or event.ending == "failed":
            # A fault ends the training of all lanes.
            self._enter(ENDINGS[event.ending])
            self.ended.emit(event)
        elif event.run_id in self._document.state.run_ids:
            rest = self._book.at_rest(self._document.state)
            if rest in ENDINGS.values():
                self._enter(rest)
            self.ended.emit(event)

    def _enter(self, state: RunState) -> None:
        if state is self._state:
            return
        if not may_follow(self._state, state):
            _log.warning("%s after %s: not in the table", state.name, self._state.name)
        self._state = state
        self.state_changed.emit(state)
