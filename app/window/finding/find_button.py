"""The field at the right of the menu bar that opens the palette."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QPushButton, QWidget

from app.actions.actions import keys_text, spec_of, words_of
from app.theme import Theme, set_role

MARGIN: Final = 16
"""Pixels between the field and the window's edge."""


def put_in_corner(button: "FindButton", bar: QMenuBar) -> None:
    """Put the button at the end of a menu bar, which takes the hint of its corner for its size."""
    holder = QWidget(bar)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 4, MARGIN, 2)
    row.addWidget(button)
    bar.setCornerWidget(holder)
    # a menu bar places its corner once and for all: it does not see that the button has become wider
    button.resized.connect(lambda: bar.setCornerWidget(holder))


class FindButton(QPushButton):
    """Looks like a field, and is a button: its words at the left, its key at the right.

    Signals
    -------
    resized()
        It has another size, because the text has.
    """

    resized = Signal()

    def __init__(self, action: QAction, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "find")
        words = words_of(action).rstrip("…")
        self.setAccessibleName(words)
        self.setToolTip(action.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        self._labels = [QLabel(words), QLabel(keys_text(spec_of(action)))]
        row.addWidget(self._labels[0])
        row.addStretch(1)
        row.addWidget(self._labels[1])
        for label in self._labels:
            set_role(label, "small")
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.theme_changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        words = sum(label.sizeHint().width() for label in self._labels)
        self.setFixedSize(max(self._theme.px(232), words + self._theme.px(56)), self._theme.px(26))
        self.resized.emit()
