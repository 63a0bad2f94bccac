"""The system asks the program to end, by a signal: the window is closed as by hand, so nothing unsaved is lost."""

import signal
import socket
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")
"""Not every system has all of them."""


class EndSignals(QObject):
    """Turns signals of the system into one of Qt, in the window's thread.

    Signals
    -------
    asked()
        The program should end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python's own handler would wait until Qt returns to Python: a byte in a socket wakes Qt's loop
        # (https://github.com/matplotlib/matplotlib/pull/13306)
        self._woken, self._waker = socket.socketpair()
        for end in (self._woken, self._waker):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._woken.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._tell)
        self._before: dict[int, signal._HANDLER] = {}
        self._fd_before = -1

    def install(self) -> None:
        """Listen from now on; a signal that came before the event loop runs is told when it does."""
        self._fd_before = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        for name in NAMES:
            number = getattr(signal, name, None)
            # whoever started the program with a signal ignored, as nohup does, means it
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, _take)

    def remove(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        signal.set_wakeup_fd(self._fd_before)
        self._notifier.setEnabled(False)
        self._woken.close()
        self._waker.close()

    def _tell(self) -> None:
        try:
            self._woken.recv(4096)
        except BlockingIOError:
            return  # on Windows it may tell of nothing: https://github.com/matplotlib/matplotlib/issues/20932
        self.asked.emit()


def _take(_number: int, _frame: FrameType | None) -> None:
    """Keep Python from ending the program at once."""
