"""The bridge between the training thread and the window: the only Qt object that knows the runner."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.document.lanes import State
from app.running.course import Course
from app.running.edit_pace import EditPace
from app.running.run_state import Order, RunState, allows
from app.running.runner_like import RunnerLike
from app.running.synchroniser import Request, Synchroniser
from app.running.wire import Answer, Wire
from simulator.experiment import Run
from simulator.training import (
    Answered,
    Change,
    Changed,
    Command,
    Continue,
    Ended,
    Event,
    Forget,
    Kept,
    Load,
    Loaded,
    Part,
    Pause,
    Paused,
    Play,
    Playing,
    Prepared,
    Preparing,
    Question,
    Reached,
    Rejected,
    RunEpoch,
    Scrub,
    SetSpeed,
    ShowParts,
    StepOnce,
)

_log = logging.getLogger(__name__)


class RunController(QObject):
    """Keeps the runner in step with the document, and reports what the runner does.

    One Load, Fork, Arrange or Change is on its way at a time: what a slider does meanwhile is sent as one, when the
    answer is there. An order to train waits for it, too, so it never reaches a network that is about to be replaced.

    Signals
    -------
    state_changed(RunState)
        The run on display is in another state, or `play_is_waiting` is different.
    loaded(Loaded), changed(Changed), ended(Ended), rejected(Rejected), preparing(Preparing)
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
    preparing = Signal(object)

    def __init__(
        self,
        runner: RunnerLike,
        document: Document,
        parent: QObject | None = None,
        pace: EditPace | None = None,
    ) -> None:
        super().__init__(parent)
        self._pace = pace or EditPace()
        self._document = document
        self._runs = document.runs
        self._course = Course(document.runs, self.state_changed.emit)
        self._sync = Synchroniser(document.runs)
        self._may_forget = self._continuing = self._scrubbed = False
        self._waiting: Play | StepOnce | RunEpoch | None = None
        self._wire = Wire(runner, self.poll, self)
        document.changed.connect(self._follow_document)
        document.undo_stack.changed.connect(self._note_undo)

    @property
    def state(self) -> RunState:
        """What the run on display is doing."""
        return self._course.state

    @property
    def play_is_waiting(self) -> bool:
        """Whether Play was pressed and takes effect as soon as the network is ready."""
        return isinstance(self._waiting, Play)

    @property
    def ending(self) -> Ended | None:
        """How the run on display ended, if it did."""
        return None if self._sync.displayed is None else self._runs[self._sync.displayed].ended

    @property
    def newest(self) -> int:
        """The newest step of the run on display."""
        return 0 if self._sync.displayed is None else self._runs[self._sync.displayed].step

    def run_to_save(self) -> Run:
        """Return the document's run with the edits made while it trained."""
        return self._runs.to_save(self._document.state.lane)

    def start(self) -> None:
        """Start the training thread and build the document's run."""
        if self._wire.open():
            self._synchronise()
            self._retime()

    def close(self, timeout: float = 2.0) -> None:
        """End the training thread; nothing is asked or reported any more."""
        self._wire.close(timeout)

    def toggle(self) -> None:
        """Play, continue or pause, whichever the state offers; at a past step ask first where to go on."""
        if self._document.viewpoint.at is not None and self._document.viewpoint.at < self.newest:
            self.place_asked.emit()
        elif self.play_is_waiting or self._runs.moving:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Train until paused or ended; a finished run goes on."""
        if allows(self.state, Order.CONTINUE) and self._in_step():
            self._send(Continue())
        elif allows(self.state, Order.PLAY) or not self._in_step():
            self._order(Play())

    def pause(self) -> None:
        """Stop after the present step, even where the engine has yet to say that it plays."""
        self._order(None)
        if self._runs.moving:
            self._send(Pause())

    def step(self) -> None:
        """Train one mini-batch."""
        if allows(self.state, Order.STEP):
            self._order(StepOnce())

    def epoch(self) -> None:
        """Train to the end of the epoch."""
        if allows(self.state, Order.EPOCH):
            self._order(RunEpoch())

    def set_speed(self, steps_per_second: float | None) -> None:
        """Choose the speed; None is as fast as possible."""
        self._send(SetSpeed(steps_per_second))

    def show_parts(self, parts: frozenset[Part]) -> None:
        """Choose which optional parts the frames of pictures carry."""
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
        run = self._runs[self._document.state.run_id].run
        self._document.viewpoint.look_at(step, None if step is None or run is None else run.at(step))

    def stop_rebuilding(self) -> None:
        """Make do with the nearest recorded step."""
        self._send(Scrub(self._document.viewpoint.at, exact=False))

    def ask(self, question: Question[Answer], answer: Callable[[Answer], None], run_id: int | None = None) -> None:
        """Put a question about a lane, the selected one where no run is named, to the training thread.

        Parameters
        ----------
        answer
            Called in the window's thread with what was answered; not at all where there is no answer.
        """
        self._wire.ask(question, answer, run_id)
        self._retime()

    def poll(self) -> None:
        """Take what the runner has reported."""
        for event in self._wire.events():
            self._handle(event)
        picture = self._wire.newer_picture(self._sync.displayed)
        if picture is not None:
            self._course.take_picture(picture)
            self.picture_changed.emit(picture)
        if self._sync.is_held(self._document.state):
            self._synchronise()
        if self._may_forget and self._in_step():
            self._forget()
        self._retime()

    def _follow_document(self, _before: State, _after: State) -> None:
        self._synchronise()

    def _note_undo(self) -> None:
        self._may_forget = True

    def _forget(self) -> None:
        """Let go of the runs that Undo cannot bring back: nothing is on its way, so none of them is on display."""
        self._may_forget = False
        for run_id in self._runs.keep(self._document.reachable):
            self._send(Forget(run_id))

    def _in_step(self) -> bool:
        """Whether what the runner shows is what the document holds."""
        return self._sync.in_step(self._document.state)

    def _synchronise(self) -> None:
        """Ask the runner for what the document holds, one question at a time; then give the order that waited."""
        if not self._wire.is_open:
            return
        may_change = self.state is not RunState.PLAYING or self._pace.is_due
        request = self._sync.ask(self._document, may_change=may_change)
        if self._scrubbed and self._document.viewpoint.at is None and not self._sync.is_rearranging:
            # The document shows its present, and nothing on its way brings the runner back to it.
            self._send(Scrub(None, exact=False))
        if request is not None:
            if isinstance(request, Change):
                self._pace.note()
            else:
                self._hold(request)
            self._send(request)
        if request is None and self._waiting is not None and self._in_step():
            order, self._waiting = self._waiting, None
            self._send(Continue() if self.state is RunState.FINISHED else order)
            self.state_changed.emit(self.state)

    def _hold(self, request: Request) -> None:
        """Pause what trains: it is about to be replaced, or to get company."""
        if self.state is not RunState.PLAYING:
            return
        self._send(Pause())
        if isinstance(request, Load) and self._sync.replaces(self._document.experiment):
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
            self.state_changed.emit(self.state)

    def _send(self, command: Command) -> None:
        trains = isinstance(command, Play | StepOnce | RunEpoch | Continue)
        if trains:
            self._runs.moving, self._continuing = True, isinstance(command, Continue)
        if isinstance(command, Scrub):
            self._scrubbed = command.step is not None
        elif trains and self._scrubbed:
            self._scrubbed = False
            self._document.viewpoint.look_at(None, None)
        self._wire.send(command)
        self._retime()

    def _retime(self) -> None:
        playing = self.state in (RunState.PLAYING, RunState.PREPARING)
        self._wire.hurry(playing or self._sync.pending is not None)

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
                if event.ending == "failed":
                    self._sync.give_up(event.run_id, event.message)
                if self._course.take_ended(event, self._document.state, self._sync.displayed):
                    self.ended.emit(event)
            case Playing(run_id) if run_id == self._sync.displayed:
                if self._continuing:
                    self._runs.may_go_on()
                self._course.enter(RunState.PLAYING)
            case Paused(run_id, step) if run_id == self._sync.displayed:
                self._runs[run_id].step = step
                self._course.rest(self._document.state)
            case Kept():
                self._sync.take_kept(event)
                self._synchronise()
            case Answered():
                self._wire.take_answer(event)
            case Preparing():
                self.preparing.emit(event)
            case Prepared():
                _log.info("the simulator is prepared")

    def _take_loaded(self, event: Loaded) -> None:
        self._scrubbed = False
        self._sync.take_loaded(event)
        for run_id in event.anew:
            self._runs[run_id].ended = None
        self._runs.learn_data(event.facts.dataset)
        self._course.rest(self._document.state)
        self.loaded.emit(event)
        self._synchronise()

    def _take_rejected(self, event: Rejected) -> None:
        self._sync.take_rejected(event)
        self._order(None)
        if self.state is RunState.PREPARING:
            self._course.enter(RunState.FAILED)
        self.rejected.emit(event)
        self._synchronise()

    def _take_changed(self, event: Changed) -> None:
        self._sync.take_changed(event)
        if event.run_id == self._sync.displayed:
            self._course.take_changed(event)
            self.changed.emit(event)
        self._synchronise()
