"""The bridge between the training thread and the window: the only Qt object that knows the runner."""

import logging
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.document import Document, State
from app.run_state import Order, RunState, allows, may_follow
from app.runner_like import RunnerLike
from simulator import (
    Arrange,
    Change,
    Changed,
    Command,
    Continue,
    Ended,
    Event,
    Experiment,
    Load,
    Loaded,
    Pause,
    Paused,
    Play,
    Playing,
    Prepared,
    Rejected,
    Run,
    RunEpoch,
    SetSpeed,
    ShowParts,
    StepOnce,
    difference,
)

FAST: Final = 33
"""Milliseconds between two looks at the runner while something is expected of it: 30 a second."""
SLOW: Final = 100

_ENDINGS: Final = {
    "finished": RunState.FINISHED,
    "diverged": RunState.DIVERGED,
    "failed": RunState.FAILED,
}
_SILENT_RESTARTS: Final = {"seeds.weights", "name"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Question:
    """A Load, Arrange or Change that has no answer yet, and the document's state that it was made from."""

    command: Load | Arrange | Change
    run_id: int
    state: State


class RunController(QObject):
    """Keeps the runner in step with the document, and reports what the runner does.

    The document is compared with what the runner was asked for, and one Load, Arrange or Change is on its way at a
    time: what a slider does meanwhile is sent as one, when the answer is there. An order to train that comes while
    an answer is due waits for it, so it never reaches a network that is about to be replaced.

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
    """

    state_changed = Signal(object)
    loaded = Signal(object)
    picture_changed = Signal(object)
    changed = Signal(object)
    ended = Signal(object)
    rejected = Signal(object)
    restarted = Signal()

    def __init__(self, runner: RunnerLike, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._document = document
        self._state = RunState.PREPARING
        self._displayed: int | None = None
        self._asked: int | None = None
        self._runs: dict[int, Run] = {}
        self._sent: dict[int, Experiment] = {}
        self._endings: dict[int, Ended] = {}
        self._question: _Question | None = None
        self._refused: tuple[State, Rejected] | None = None
        self._waiting: Play | StepOnce | RunEpoch | None = None
        self._sequence = -1
        self._step = 0
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
        return None if self._displayed is None else self._endings.get(self._displayed)

    def run_to_save(self) -> Run:
        """Return the document's run with the edits made while it trained."""
        state = self._document.state
        run = self._runs.get(state.run_id)
        if run is None:
            return self._document.run
        # An edit of this very moment may not have been answered yet.
        patch = difference(self._sent[state.run_id], state.experiment)
        return run.with_edit(self._step, patch) if patch else run

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
        """Play, continue or pause, whichever the state offers."""
        if self.play_is_waiting or allows(self._state, Order.PAUSE):
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

    def poll(self) -> None:
        """Take what the runner has reported."""
        for event in self._runner.events():
            self._handle(event)
        picture = self._runner.latest()
        if picture is not None and picture.run_id == self._displayed and picture.sequence != self._sequence:
            self._sequence = picture.sequence
            self._step = picture.frame.step
            self._epoch = picture.frame.epoch
            self.picture_changed.emit(picture)
        self._retime()

    def _follow_document(self, _before: State, _after: State) -> None:
        self._synchronise()

    def _in_step(self) -> bool:
        """Whether what the runner shows is what the document holds."""
        return self._question is None and self._displayed == self._document.state.run_id

    def _synchronise(self) -> None:
        """Ask the runner for what the document holds, one question at a time."""
        wanted = self._document.state
        refused = self._refused is not None and self._refused[0] == wanted
        if not self._running or self._question is not None or refused:
            return
        self._refused = None
        if wanted.run_id != self._asked:
            self._ask_for_run(wanted)
            return
        patch = difference(self._sent[wanted.run_id], wanted.experiment)
        if patch:
            self._ask(Change(patch), wanted)
        elif self._waiting is not None:
            order, self._waiting = self._waiting, None
            self._send(Continue() if self._state is RunState.FINISHED else order)
            self.state_changed.emit(self._state)

    def _ask_for_run(self, wanted: State) -> None:
        known = self._sent.get(wanted.run_id)
        if self._state is RunState.PLAYING:
            self._send(Pause())
            if known is None and self._displayed is not None:
                patch = difference(self._sent[self._displayed], wanted.experiment)
                if patch.keys() - _SILENT_RESTARTS:
                    self.restarted.emit()
        self._asked = wanted.run_id
        shown = Arrange((wanted.run_id,), wanted.run_id)
        self._ask(shown if known else Load(wanted.run_id, self._document.run), wanted)

    def _ask(self, command: Load | Arrange | Change, wanted: State) -> None:
        self._question = _Question(command, wanted.run_id, wanted)
        self._send(command)

    def _order(self, order: Play | StepOnce | RunEpoch | None) -> None:
        """Send an order to train now, or when the runner has answered."""
        waited = self.play_is_waiting
        self._waiting = None
        if order is not None:
            if self._refused is not None and not self._in_step():
                # The network on the left could not be built; say so again rather than train another one.
                self.rejected.emit(self._refused[1])
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
        self._runner.send(command)
        self._retime()

    def _retime(self) -> None:
        if not self._running:
            return
        busy = self._state in (RunState.PLAYING, RunState.PREPARING) or self._question is not None
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
            case Ended():
                self._take_ended(event)
            case Playing(run_id) if run_id == self._displayed:
                self._endings.pop(run_id, None)
                self._enter(RunState.PLAYING)
            case Paused(run_id, step) if run_id == self._displayed and run_id not in self._endings:
                self._enter(RunState.PAUSED if step else RunState.READY)
            case Prepared():
                _log.info("the simulator is prepared")

    def _take_loaded(self, event: Loaded) -> None:
        question, self._question = self._question, None
        self._runs[event.run_id] = event.run
        if question is not None:
            self._sent[event.run_id] = self._sent.get(event.run_id, question.state.experiment)
        self._displayed = event.run_id
        self._step = event.step
        ending = self._endings.get(event.run_id)
        if ending is not None:
            self._enter(_ENDINGS[ending.ending])
        else:
            self._enter(RunState.PAUSED if event.step else RunState.READY)
        self.loaded.emit(event)
        self._synchronise()

    def _take_rejected(self, event: Rejected) -> None:
        question, self._question = self._question, None
        self._waiting = None
        if question is not None:
            self._refused = (question.state, event)
            if not isinstance(question.command, Change):
                self._asked = self._displayed
        if self._state is RunState.PREPARING:
            self._enter(RunState.FAILED)
        self.rejected.emit(event)
        self._synchronise()

    def _take_changed(self, event: Changed) -> None:
        self._runs[event.run_id] = event.run
        question = self._question
        if question is not None and isinstance(question.command, Change) and question.run_id == event.run_id:
            self._question = None
            self._sent[event.run_id] = question.state.experiment
        if event.run_id == self._displayed:
            epochs = event.experiment.training.epochs
            if self._state is RunState.FINISHED and (epochs is None or epochs > self._epoch):
                # More epochs were asked for than are done.
                del self._endings[event.run_id]
                self._enter(RunState.PAUSED)
            self.changed.emit(event)
        self._synchronise()

    def _take_ended(self, event: Ended) -> None:
        self._endings[event.run_id] = event
        if event.ending == "failed" and self._question is not None:
            # What was asked broke on the way and will not be answered.
            question, self._question = self._question, None
            self._refused = (question.state, Rejected(event.run_id, event.message))
            self._asked = self._displayed
        if event.run_id == self._displayed or self._displayed is None:
            self._enter(_ENDINGS[event.ending])
            self.ended.emit(event)

    def _enter(self, state: RunState) -> None:
        if state is self._state:
            return
        if not may_follow(self._state, state):
            _log.warning("%s after %s: not in the table", state.name, self._state.name)
        self._state = state
        self.state_changed.emit(state)
