"""Which edits are one step of undo."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

PAUSE: Final = 800
"""Milliseconds without a key press that end a burst."""


class Gesture(QObject):
    """Gives edits the object that marks them as one gesture: a drag, or key presses in quick succession."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._mark: object | None = None
        self._held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.end)

    def begin(self) -> None:
        """Take everything until `end` as one gesture, however long it takes."""
        self.end()
        self._mark = object()
        self._held = True

    def end(self) -> None:
        """Let the next edit be the first of another gesture."""
        self._timer.stop()
        self._mark = None
        self._held = False

    def mark(self) -> object:
        """Return the mark of the edit that is being made."""
        if self._mark is None:
            self._mark = object()
        if not self._held:
            self._timer.start()
        return self._mark
