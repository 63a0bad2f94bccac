"""What tests of the training thread share: a session without a thread, and all it said and showed."""

import time
from typing import Any, TypeVar

from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.desk.commands import Command, Load
from simulator.training.desk.events import Event
from simulator.training.desk.session import Session
from simulator.training.frames.picture import Picture

T = TypeVar("T")


def spiral(**values: Any) -> Run:
    """The built-in spiral (10 steps an epoch) with changes: training__epochs=3 stands for training.epochs."""
    patch = {path.replace("__", "."): value for path, value in values.items()}
    return Run(apply(load("spiral").experiment, patch))


class Desk:
    """A session and what it told."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.pictures: list[Picture] = []
        self.session = Session(self.heard.append, self.pictures.append)

    @property
    def latest(self) -> Picture:
        return self.pictures[-1]

    def picture_of(self, run_id: int) -> Picture:
        """The newest picture of a lane."""
        return next(shown for shown in (self.latest, *self.latest.beside) if shown.run_id == run_id)

    def timeline(self, run_id: int) -> Any:
        """What is kept of a run."""
        return self.session._builder._shelf.get(run_id)

    def send(self, *commands: Command) -> "Desk":
        """Carry out commands one after another, without the work that they leave."""
        for command in commands:
            self.session.carry_out(command)
        return self

    def load(self, *runs: Run) -> "Desk":
        """Load runs, numbered from 1; the last is on display."""
        for number, run in enumerate(runs, start=1):
            self.send(Load(number, run))
        return self

    def rest(self, longest: float = 20.0) -> "Desk":
        """Let the session work until there is nothing left to do."""
        deadline = time.monotonic() + longest
        while self.session.wait is not None:
            self.session.work()
            assert time.monotonic() < deadline, "the session does not come to rest"
        return self

    def work(self, pieces: int) -> "Desk":
        """Let the session do so many pieces of work."""
        for _ in range(pieces):
            self.session.work()
        return self

    def told(self, kind: type[T]) -> list[T]:
        """All events of a kind so far."""
        return [event for event in self.heard if isinstance(event, kind)]
