"""The line to the training thread: open or closed, how often one listens, and which question an answer belongs to."""

import itertools
from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QTimer

from app.running.runner_like import RunnerLike
from simulator.training import Answered, Ask, Command, Event, Picture, Question

FAST: Final = 33
"""Milliseconds between two looks at the runner while something is expected of it: 30 a second."""
SLOW: Final = 100

Answer = TypeVar("Answer")


class Wire:
    """Sends commands until it is closed, and has somebody listen from when it is opened.

    Parameters
    ----------
    listen
        Called again and again while the wire is open.
    parent
        Whose timer it is.
    """

    def __init__(self, runner: RunnerLike, listen: Callable[[], None], parent: QObject) -> None:
        self._runner = runner
        self._tickets = itertools.count(1)
        self._answers: dict[int, Callable[[Any], None]] = {}
        self._sequence = -1
        self._closed = False
        self.is_open = False
        self._timer = QTimer(parent)
        self._timer.timeout.connect(listen)

    def open(self) -> bool:
        """Start the training thread; False where that was done before."""
        if self._closed or self.is_open:
            return False
        self.is_open = True
        self._runner.start()
        return True

    def close(self, timeout: float) -> None:
        """End the training thread; nothing is sent or heard any more."""
        self._closed = True
        if self.is_open:
            self.is_open = False
            self._timer.stop()
            self._runner.close(timeout)

    def hurry(self, busy: bool) -> None:
        """Listen often while something is expected."""
        interval = FAST if busy else SLOW
        if self.is_open and (not self._timer.isActive() or self._timer.interval() != interval):
            self._timer.start(interval)

    def send(self, command: Command) -> bool:
        """Pass a command on; False where it is too late: views that go away with the window have their last word."""
        if not self._closed:
            self._runner.send(command)
        return not self._closed

    def ask(self, question: Question[Answer], answer: Callable[[Answer], None], run_id: int | None = None) -> None:
        """Pass a question about a lane on, and its answer to `answer`; see `take_answer`."""
        ticket = next(self._tickets)
        if self.send(Ask(ticket, question, run_id)):
            self._answers[ticket] = answer

    def take_answer(self, event: Answered) -> None:
        """Hand an answer to whoever asked; where there is none, nobody hears of it."""
        answer = self._answers.pop(event.ticket, None)
        if answer is not None and event.message is None:
            answer(event.value)

    def events(self) -> list[Event]:
        """Return what was reported since the last call."""
        return self._runner.events()

    def newer_picture(self, run_id: int | None) -> Picture | None:
        """Return the newest picture, if it is one of that run and was not returned before."""
        picture = self._runner.latest()
        if picture is None or picture.run_id != run_id or picture.sequence == self._sequence:
            return None
        self._sequence = picture.sequence
        return picture
