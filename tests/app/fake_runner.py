"""A runner without a thread: it answers every command at once, and the test decides what it reports besides."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from simulator.experiment import Run, WeightEdit, apply, cards
from simulator.message import Message
from simulator.training import (
    BINS,
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
    Frame,
    Histogram,
    Kept,
    LayerFrame,
    Load,
    Loaded,
    LossCurve,
    Pause,
    Paused,
    Picture,
    Play,
    Playing,
    Prepared,
    Preparing,
    Readings,
    Rejected,
    RunEpoch,
    RunFacts,
    Samples,
    Scrub,
    SetWeight,
    StepOnce,
)

C = TypeVar("C")


class FakeRunner:
    """The methods of `Runner`. With `hold=True` commands are noted and not answered until `answer()`."""

    def __init__(self, *, prepared: bool = True, hold: bool = False) -> None:
        self.sent: list[Command] = []
        self.started = False
        self.closed = False
        self.hold = hold
        self.refuse: Callable[[Command], Message | None] = lambda command: None
        self._prepared = prepared
        self._unanswered: list[Command] = []
        self._events: list[Event] = []
        self._picture: Picture | None = None
        self._sequence = 0
        self._runs: dict[int, Run] = {}
        self._steps: dict[int, int] = {}
        self.changed_files: set[int] = set()
        self._shown = 0
        self._lanes: tuple[int, ...] = ()
        self._at: int | None = None

    def start(self) -> None:
        self.started = True
        self._events.append(Preparing())
        if self._prepared:
            self._events.append(Prepared())

    def prepare(self) -> None:
        """What the thread does after its warm-up."""
        self._prepared = True
        self._events.append(Prepared())
        if not self.hold:
            self.answer()

    def send(self, command: Command) -> None:
        assert not self.closed, "a command after close()"
        self.sent.append(command)
        self._unanswered.append(command)
        if self._prepared and not self.hold:
            self.answer()

    def answer(self) -> None:
        """Carry out what was sent, in order."""
        while self._unanswered:
            self._answer(self._unanswered.pop(0))

    def events(self) -> list[Event]:
        drained, self._events = self._events, []
        return drained

    def latest(self) -> Picture | None:
        return self._picture

    def close(self, timeout: float = 2.0) -> None:
        self.closed = True

    # What tests ask.

    def sent_of(self, kind: type[C]) -> list[C]:
        return [command for command in self.sent if isinstance(command, kind)]

    def report(self, event: Event) -> None:
        self._events.append(event)

    def end(self, ending: str, text: str) -> None:
        self._events.append(Ended(self._shown, ending, Message(text), self._steps[self._shown]))

    def train(self, steps: int, run_id: int | None = None, loss: float = 0.41) -> Picture:
        """Let a run, that on display or another, be so many steps further and show it."""
        run_id = self._shown if run_id is None else run_id
        self._steps[run_id] += steps
        return self._show(run_id, loss)

    def _answer(self, command: Command) -> None:
        refusal = self.refuse(command)
        if refusal is not None:
            run_id = self._shown
            if isinstance(command, Load | Fork | Arrange):
                run_id = command.selected if isinstance(command, Arrange) else command.run_id
            self._events.append(Rejected(run_id, refusal))
            return
        match command:
            case Load(run_id, run):
                self._runs[run_id] = run
                self._steps[run_id] = 0
                self._put_up(run_id)
            case Arrange(lanes, selected):
                self._put_up(selected, lanes)
            case Fork(run_id, source, step, patch):
                self._fork(run_id, source, step, patch)
            case Scrub(step):
                self._at = step
                self._show(self._shown, 0.41)
            case Ask(ticket, question):
                self._events.append(Answered(ticket, question.answer(self)))
            case Play() | Continue():
                self._at = None
                self._events.append(Playing(self._shown))
            case Pause():
                self._events.append(Paused(self._shown, self._steps[self._shown]))
            case StepOnce() | RunEpoch():
                self._at = None
                self._events.append(Playing(self._shown))
                self.train(1 if isinstance(command, StepOnce) else 10)
                self._events.append(Paused(self._shown, self._steps[self._shown]))
            case Change(patch, joined):
                step = self._steps[self._shown]
                run = self._runs[self._shown].with_edit(step, patch, joined=joined)
                self._runs[self._shown] = run
                self._events.append(Changed(self._shown, step, run, run.at(step)))

            case SetWeight(step, block, index, value):
                run = self._runs[self._shown]
                set_before = [edit.new for edit in run.edits if isinstance(edit, WeightEdit) and edit.block == block]
                edit = WeightEdit(step, block, index, (*set_before, 0.0)[-1], value)
                self._runs[self._shown] = run = run.with_weight(edit)
                self._events.append(Changed(self._shown, step, run, run.at(step)))

    def _fork(self, run_id: int, source: int, step: int | None, patch: dict[str, object]) -> None:
        run = self._runs[source]
        step = self._steps[source] if step is None else step
        begun = Run(run.experiment, tuple(edit for edit in run.edits if edit.step <= step))
        if step == 0:
            begun = Run(apply(run.at(0), patch))
        elif patch:
            begun = begun.with_edit(step, patch)
        self._runs[run_id], self._steps[run_id] = begun, step
        self._events.append(Kept(run_id, begun, begun.at(step), step))

    def _put_up(self, run_id: int, lanes: tuple[int, ...] = ()) -> None:
        in_place = tuple(run_id if lane == self._shown else lane for lane in self._lanes)
        self._lanes = lanes or in_place or (run_id,)
        self._at = None
        self._shown = run_id
        anew = tuple(lane for lane in self._lanes if lane in self.changed_files)
        self._steps |= dict.fromkeys(anew, 0)
        run, step = self._runs[run_id], self._steps[run_id]
        self._events.append(Loaded(run_id, run, run.at(step), step, facts(run), self._lanes, anew))
        self._show(run_id, 0.71)

    def _show(self, run_id: int, loss: float) -> Picture:
        self._sequence += 1
        made = picture(self._runs[run_id], run_id, self._steps[run_id], sequence=self._sequence, loss=loss)
        others = [lane for lane in self._lanes if lane != run_id]
        beside = tuple(picture(self._runs[lane], lane, self._steps[lane]) for lane in others)
        past = None if self._at is None else _frame(self._runs[run_id], self._at, loss, 0.0)
        self._picture = replace(made, beside=beside, at=self._at, frame=past or made.frame)
        return self._picture


def facts(run: Run) -> RunFacts:
    experiment = run.experiment
    dataset = experiment.data.load(experiment.seeds.data)
    everything = np.arange(dataset.examples)
    cut = dataset.examples * 4 // 5
    return RunFacts(
        dataset=dataset,
        training=everything[:cut],
        validation=everything[cut:],
        parameters=354,
        probe_examples=cut,
        validation_examples=dataset.examples - cut,
        guessing_loss=math.log(dataset.classes),
        guessing_formula=Message("ln {classes}", {"classes": dataset.classes}),
    )


def picture(run: Run, run_id: int, step: int, *, sequence: int = 1, loss: float = 0.41, dead: float = 0.0) -> Picture:
    steps = np.arange(1.0, step + 1.0)
    losses = np.linspace(0.71, loss, step) if step else np.zeros(0)
    epochs = np.arange(0.0, step // 10 + 1.0)
    accuracy = np.linspace(0.5, 0.98, epochs.size)
    return Picture(
        sequence=sequence,
        run_id=run_id,
        frame=_frame(run, step, loss, dead),
        start=_frame(run, 0, loss, 0.0),
        losses=LossCurve(steps, losses, losses, losses, steps, losses, None),
        readings=Readings(epochs * 10, epochs, accuracy, accuracy - 0.05, 1 - accuracy, 1.1 - accuracy),
        steps_per_second=None,
        steps_per_epoch=10,
        samples=Samples(80, 80, 320, 80),
        newest=step,
    )


def _frame(run: Run, step: int, loss: float, dead: float) -> Frame:
    counts = np.zeros(BINS, dtype=np.int64)
    counts[BINS // 4 : BINS // 2] = 20
    histogram = Histogram(counts, 2.0, 0, 0, 0, 0, int(counts.sum()))
    names = [card.name for card in cards(run.experiment.network)]
    layers = (
        LayerFrame(Message("Input"), 2, histogram, 0.0, 1.0),
        *(LayerFrame(name, 16, histogram, 0.0, 1.0, dead=dead, saturated=None, blocked=0.5) for name in names),
        LayerFrame(Message("Output"), 2, histogram, 0.0, 1.0),
    )
    seen = loss if step else None
    return Frame(step, step / 10, 32 * step, seen, seen, 0.0 if step else None, layers)
