"""A sentence that goes by itself: it asks for nothing, and nothing moves for it."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.theme import set_role
from app.theme.prose import as_tip
from app.widgets.elided_label import ElidedLabel

TIME: Final = 6000
"""Milliseconds that it stays."""


class QuietNote(QFrame):
    """Lies in a row that has room to spare; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "note")
        self._words = ElidedLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.addWidget(self._words)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.dismiss)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now; empty while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str) -> None:
        """Show a sentence in the place of the last one."""
        self._words.setText(sentence)
        self._words.setToolTip(as_tip(sentence))
        self.setAccessibleName(sentence)
        self.show()
        self._clock.start(TIME)

    def dismiss(self) -> None:
        """Say nothing."""
        self._clock.stop()
        self.hide()
