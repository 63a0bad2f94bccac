"""A running bridge: the real training thread, a document, and all messages between them in order."""

import time
from collections.abc import Callable

from app.document.document import Document
from app.running.edit_pace import EditPace
from app.running.run_controller import RunController
from simulator.training import Command, Event, Picture, Prepared, Preparing, Runner
from tests.app.samples import spiral

PATIENCE = 60.0


class Recorder:
    """A runner that notes what passes: "> Play" is a command, "< Playing" an event."""

    def __init__(self) -> None:
        self._runner = Runner()
        self.messages: list[str] = []
        self.commands: list[Command] = []

    def start(self) -> None:
        self._runner.start()

    def send(self, command: Command) -> None:
        self.messages.append(f"> {type(command).__name__}")
        self.commands.append(command)
        self._runner.send(command)

    def events(self) -> list[Event]:
        found = self._runner.events()
        self.messages += [f"< {type(event).__name__}" for event in found if not isinstance(event, Preparing | Prepared)]
        return found

    def latest(self) -> Picture | None:
        return self._runner.latest()

    def close(self, timeout: float) -> bool:
        return self._runner.close(timeout)


class Bridge:
    """Polled by the test instead of by a timer, so that it says what happens when."""

    def __init__(self) -> None:
        self.document = Document(spiral())
        self.runner = Recorder()
        self.now = 0.0
        self.controller = RunController(self.runner, self.document, pace=EditPace(lambda: self.now))
        self.picture: Picture | None = None
        self.controller.picture_changed.connect(self._take)
        self.controller.start()
        self.settle()

    def _take(self, picture: Picture) -> None:
        self.picture = picture

    def until(self, done: Callable[[], bool]) -> None:
        """Poll until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < deadline, self.runner.messages[-20:]
            time.sleep(0.001)
            self.controller.poll()

    def settle(self) -> None:
        """Poll until the engine shows what the document holds."""
        self.until(lambda: self.controller._in_step() and self.shown_run == self.document.state.run_id)
        self.controller.poll()

    @property
    def shown_run(self) -> int | None:
        return None if self.picture is None else self.picture.run_id

    def train_an_epoch(self) -> None:
        before = len(self.runner.messages)
        self.controller.epoch()
        self.until(lambda: "< Paused" in self.runner.messages[before:])
        self.until(lambda: self.picture is not None and self.picture.newest == self.controller.newest)

    def messages_of(self, act: Callable[[], object], done: Callable[[], bool] | None = None) -> list[str]:
        """Return what passes from an act on, until the two sides agree again."""
        before = len(self.runner.messages)
        act()
        self.settle()
        self.until(done or (lambda: True))
        return self.runner.messages[before:]
