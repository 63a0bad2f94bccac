"""Long measurements beside the window: a plain thread that works on the newest question, with progress and cancel."""

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.system.errors import sentence_of
from simulator.errors import ObukaError

POLL: Final = 33
"""Milliseconds between two looks at the thread while it works."""

_log = logging.getLogger(__name__)


class Task:
    """What a piece of work is given: whether it is still wanted, and whom to tell how far it is."""

    def __init__(self) -> None:
        self.share = 0.0
        self.partial: Any = None
        self._cancelled = threading.Event()

    def stop(self) -> bool:
        """Tell whether the work should end: nobody wants its answer any more."""
        return self._cancelled.is_set()

    def report(self, share: float) -> None:
        """Say which share is done, from 0 to 1."""
        self.share = share

    def show(self, partial: object) -> None:
        """Hand out what there is so far; only the newest is kept."""
        self.partial = partial

    def cancel(self) -> None:
        """Ask the work to end soon."""
        self._cancelled.set()


Work = Callable[[Task], Any]


class Worker(QObject):
    """Works on one question at a time, in a thread that lives as long as there is a question.

    A new question cancels the one at work and takes its place as soon as that has ended. The thread touches no
    widget: a timer in the window's thread looks at it.

    Signals
    -------
    answered(object)
        The answer to the newest question.
    shown(object)
        What the newest question's work has handed out so far.
    progressed(float)
        The share that is done, from 0 to 1.
    failed(str)
        One sentence: the newest question has no answer.
    busy_changed(bool)
        Whether something is being worked on.
    """

    answered = Signal(object)
    shown = Signal(object)
    progressed = Signal(float)
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, name: str, parent: QObject | None = None, poll: int = POLL) -> None:
        super().__init__(parent)
        self._name = name
        self._waiting: Work | None = None
        self._task: Task | None = None
        self._thread: threading.Thread | None = None
        self._outcome: tuple[str, Any] | None = None
        self._seen: tuple[float, Any] = (0.0, None)
        self._timer = QTimer(self)
        self._timer.setInterval(poll)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a question is being worked on."""
        return self._thread is not None

    def ask(self, work: Work) -> None:
        """Work on this; what was asked before is given up."""
        self._waiting = work
        if self._task is not None:
            self._task.cancel()
        else:
            self._begin()

    def cancel(self) -> None:
        """Give up what was asked; nothing is answered."""
        self._waiting = None
        if self._task is not None:
            self._task.cancel()

    def close(self, timeout: float = 2.0) -> None:
        """Give up and wait for the thread to end."""
        self.cancel()
        self._timer.stop()
        if self._thread is not None:
            self._thread.join(timeout)

    def _begin(self) -> None:
        work, self._waiting = self._waiting, None
        if work is None:
            return
        self._task = task = Task()
        self._seen = (0.0, None)
        self._outcome = None
        # a daemon: a measurement that does not look at its clock must not keep the program from closing
        self._thread = threading.Thread(target=self._run, args=(work, task), name=f"obuka-{self._name}", daemon=True)
        self._thread.start()
        self._timer.start()
        self.busy_changed.emit(True)

    def _run(self, work: Work, task: Task) -> None:
        try:
            self._outcome = ("answer", work(task))
        except ObukaError as error:
            _log.info("%s: %s", self._name, error)
            self._outcome = ("failure", sentence_of(error))
        except Exception as error:  # noqa: BLE001 (whatever happens, the window hears of it)
            _log.exception("the work of %s failed", self._name)
            self._outcome = ("failure", sentence_of(error))

    def _look(self) -> None:
        task, thread = self._task, self._thread
        if task is None or thread is None:
            return
        ended = not thread.is_alive()
        if not task.stop():
            self._tell(task)
        if not ended:
            return
        self._task = self._thread = None
        if not task.stop() and self._outcome is not None:
            kind, value = self._outcome
            (self.answered if kind == "answer" else self.failed).emit(value)
        if self._waiting is not None:
            self._begin()
        elif self._task is None:
            self._timer.stop()
            self.busy_changed.emit(False)

    def _tell(self, task: Task) -> None:
        share, partial = task.share, task.partial
        if share != self._seen[0]:
            self.progressed.emit(share)
        if partial is not self._seen[1]:
            self.shown.emit(partial)
        self._seen = (share, partial)
