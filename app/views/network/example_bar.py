"""Chooses the example whose signal runs through the picture, and says its class and the network's answer."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.look.numbers import count
from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.elided_label import ElidedLabel
from simulator.training import NetworkWiring, RunFacts


class ExampleBar(QWidget):
    """‹ Example 38 of 320 ›, class B, answered B.

    Signals
    -------
    chosen(int)
        Another example is wanted: its index in the data set.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._examples: NDArray[np.int64] = np.zeros(0, np.int64)
        self._place = 0
        self.back = self._button("chevron_left", _("Example before"), -1)
        self.on = self._button("chevron_right", _("Next example"), 1)
        self.number = QLabel()
        set_role(self.number, "value")
        self.answer = ElidedLabel()
        set_role(self.answer, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.back, self.number, self.on):
            row.addWidget(widget)
        row.addSpacing(12)
        row.addWidget(self.answer)
        self.apply_theme()

    def show_example(self, facts: RunFacts, wiring: NetworkWiring) -> None:
        """Say which training example runs through, and what comes of it."""
        self._examples = facts.training
        found = np.flatnonzero(self._examples == wiring.example)
        self._place = int(found[0]) if found.size else 0
        words = _("Example {number} of {examples}")
        self.number.setText(words.format(number=count(self._place + 1), examples=count(int(self._examples.size))))
        names, scores = facts.dataset.class_names, wiring.layers[-1].outputs
        if np.all(np.isfinite(scores)):
            words = _("class {label}, answered {answer}")
            text = words.format(label=names[wiring.label], answer=names[int(scores.argmax())])
        else:
            text = _("class {label}, no answer").format(label=names[wiring.label])
        self.answer.setText(text)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        side = self._theme.px(16)
        for button in (self.back, self.on):
            button.setIcon(self._theme.icon(button.objectName()))
            button.setIconSize(QSize(side, side))

    def _button(self, drawing: str, words: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(drawing)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self._go(step))
        return button

    def _go(self, step: int) -> None:
        if self._examples.size:
            self._place = (self._place + step) % self._examples.size
            self.chosen.emit(int(self._examples[self._place]))
