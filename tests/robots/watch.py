"""What a robot sees go wrong: errors nobody caught, warnings of Qt, and events that hold the window up."""

import logging
import re
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field, replace
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

HARMLESS: Final = re.compile(r"This plugin does not support")


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong, after which action."""

    number: int
    action: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"action {self.number}, {self.action}: {self.kind}: {self.text}"


@dataclass
class Watch(logging.Handler):
    """Collects faults.

    Attributes
    ----------
    longest
        Seconds of the window thread's own CPU time that one event may take.
    number, action
        What the hands do just now.
    """

    longest: float = 0.4
    number: int = 0
    action: str = "the start"
    faults: list[Fault] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    __hash__ = logging.Handler.__hash__

    def report(self, kind: str, text: str) -> None:
        """Note a fault of the present action."""
        self.faults.append(Fault(self.number, self.action, kind, text.strip()))

    def install(self) -> None:
        """Listen to everything that reports faults."""
        sys.excepthook = lambda kind, error, trace: self._caught("exception", error)
        sys.unraisablehook = lambda hooked: self._caught("unraisable", hooked.exc_value)
        threading.excepthook = lambda hooked: self._caught("thread", hooked.exc_value)
        qInstallMessageHandler(self._take_qt)
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        self.report(f"log of {record.name}", f"{record.getMessage()}\n{trace}")

    def name_action(self, words: str) -> None:
        """Say what the present action was; what it has brought about is called so, too."""
        self.action = words
        mine = [replace(fault, action=words) if fault.number == self.number else fault for fault in self.faults]
        self.faults[:] = mine

    def time_event(self, seconds: float, words: str) -> None:
        """Note how long an event took, and a fault where that was too long."""
        if seconds > self.slowest[0]:
            self.slowest = (seconds, f"{words} in action {self.number}")
        if seconds > self.longest:
            self.report("slow", f"{1000 * seconds:.0f} ms of the window's thread for {words}")

    def _caught(self, kind: str, error: BaseException | None) -> None:
        self.report(kind, "" if error is None else "".join(traceback.format_exception(error)))

    def _take_qt(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            # the process ends here
            print(f"after action {self.number - 1}: Qt: {text}", flush=True)
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not HARMLESS.search(text):
            self.report("Qt", text)


class WatchedApplication(QApplication):
    """Measures every event in the window thread's own CPU time, what it begins inside it included."""

    watch: Watch | None = None
    _depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth or self.watch is None:
            return bool(super().notify(receiver, event))
        kind: Any = event.type()
        self._depth += 1
        began = time.thread_time()
        try:
            return bool(super().notify(receiver, event))
        finally:
            seconds = time.thread_time() - began
            self._depth -= 1
            # the receiver may be gone: only its class is safe to ask for
            self.watch.time_event(seconds, f"{kind.name} of {type(receiver).__name__}")
