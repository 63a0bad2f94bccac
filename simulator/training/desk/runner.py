"""The thread round the trainer: commands in, lifecycle events and the newest picture out."""

import logging
import threading
from collections import deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

from simulator.message import N_, Message
from simulator.training.desk import commands as c
from simulator.training.desk import events as e
from simulator.training.frames.picture import Picture

if TYPE_CHECKING:  # imported in the thread: it brings numba, which the window must not wait for
    from simulator.training.desk.session import Session

_log = logging.getLogger(__name__)
UNPREPARED = N_("The simulator could not be prepared; the details are in the log.")


class Runner:
    """Trains in a plain thread. `send` commands; drain `events`; look at `latest`.

    Events are never lost, pictures may be: only the newest is kept. Every run that ends by itself ends once.
    """

    def __init__(self) -> None:
        self._commands: SimpleQueue[c.Command | None] = SimpleQueue()
        self._closing = False
        self._attention = np.zeros(1, np.int64)
        self._events: deque[e.Event] = deque()
        self._picture: Picture | None = None
        self._thread = threading.Thread(target=self._main, name="obuka-runner", daemon=True)

    # The window's side

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def send(self, command: c.Command) -> None:
        """Ask for something; answered by events."""
        self._commands.put(command)
        self._attention[0] = 1  # what trains looks at it before every step

    def events(self) -> list[e.Event]:
        """Return and forget the events since the last call, in order."""
        found = []
        while self._events:
            found.append(self._events.popleft())
        return found

    def latest(self) -> Picture | None:
        """Return the newest picture; look at its sequence to know whether it is new."""
        return self._picture

    def close(self, timeout: float = 5.0) -> bool:
        """Ask the thread to end and wait for it; False where it did not end in time."""
        if not self._thread.is_alive():
            return True
        self._closing = True
        self._commands.put(None)
        self._attention[0] = 1
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # The thread's side

    def _main(self) -> None:
        try:
            session = self._prepare()
        except Exception:  # noqa: BLE001
            if self._closing:
                # closed in the middle of it: what is left of the interpreter imports nothing any more
                return
            _log.exception("the simulator could not be prepared")
            self._events.append(e.Ended(0, "failed", Message(UNPREPARED), 0))
            return
        while True:
            try:
                command = self._next_command(session.wait)
                if command is None:
                    return
            except Empty:
                command = None
            try:
                if command is not None:
                    session.carry_out(command)
                else:
                    session.work()
            except Exception:  # noqa: BLE001
                # The one wide net of the engine: whatever happens, the window hears of it once and the thread lives.
                _log.exception("training failed")
                session.fail()

    def _prepare(self) -> "Session":
        self._events.append(e.Preparing())
        from simulator.training.desk.session import Session
        from simulator.training.desk.warm_up import warm_up

        warm_up(report=lambda done, total: self._events.append(e.Preparing(done, total)))
        self._events.append(e.Prepared())
        return Session(self._events.append, self._show, self._attention)

    def _show(self, picture: Picture) -> None:
        self._picture = picture

    def _next_command(self, wait: float | None) -> c.Command | None:
        """Return the next command; None means the end. Raise `Empty` when there is something to do."""
        self._attention[0] = 0  # first: a command that comes from here on sets it again
        if wait is None:
            return self._commands.get()
        return self._commands.get(timeout=wait) if wait > 0 else self._commands.get_nowait()
