"""Looks whether pictures still come: while they do a plot draws fast, and says its words now and then."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

CALM: Final = 400
"""Milliseconds: the words for screen readers follow the picture in this step; without a picture it is still."""


class Calm(QObject):
    """Knows whether a plot is live.

    Parameters
    ----------
    sequence
        Returns the number of the newest picture.

    Signals
    -------
    settled(bool)
        Whether pictures come is different.
    looked(bool)
        A step has gone by; whether a picture came meanwhile.
    """

    settled = Signal(bool)
    looked = Signal(bool)

    def __init__(self, sequence: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._sequence = sequence
        self._live = False
        self._told = -1
        self._timer = QTimer(self)
        self._timer.setInterval(CALM)
        self._timer.timeout.connect(self._look)

    def set_live(self, live: bool) -> None:
        """Begin to look, or end."""
        if live != self._live:
            self._live = live
            self.settled.emit(live)
        if live and not self._timer.isActive():
            self._timer.start()
        elif not live:
            self._timer.stop()

    def _look(self) -> None:
        sequence = self._sequence()
        came = sequence != self._told
        self._told = sequence
        if not came:
            self.set_live(False)
        self.looked.emit(came)
