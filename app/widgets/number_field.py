"""A number one may type: quiet as a word until it is pointed at."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.widgets.numbers import parse_number, short_number

# Not a QAbstractSpinBox: under a style sheet without buttons its text gets a width of 1 pixel.
_SHEET = """
QLineEdit {
    font-weight: 600; background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 1px 0 1px 4px;
}
QLineEdit:hover { background: palette(base); border-color: palette(dark); }
QLineEdit:focus { background: palette(base); border: 2px solid palette(highlight); padding: 0 0 0 3px; }
QLineEdit:disabled { border-color: transparent; }
"""
_FRAME: Final = 14
"""Pixels round the text: border, padding, and what Qt keeps for the cursor."""

_STEPS: Final = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


class NumberField(QLineEdit):
    """Takes any spelling of a number; Up and Down go to the next stop, or by one unit.

    Signals
    -------
    entered(object)
        The number that was typed, or the text where it is none. Whoever listens shows a number afterwards.
    stepped(object)
        The number that Up or Down lead to.
    """

    entered = Signal(object)
    stepped = Signal(object)

    def __init__(self, whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._number: float = 0
        self._low = -math.inf
        self._high = math.inf
        self._stops: tuple[float, ...] = ()
        self.setStyleSheet(_SHEET)
        # Qt keeps 2 pixels there; the digits should end where sliders and words do
        self.setTextMargins(0, 0, -2, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._finish)
        self.textChanged.connect(self.updateGeometry)

    @property
    def number(self) -> float:
        """The number on display."""
        return self._number

    def set_bounds(self, low: float | None, high: float | None, stops: Sequence[float] = ()) -> None:
        """Say where Up and Down may lead; what is typed is not bounded here."""
        self._low = -math.inf if low is None else low
        self._high = math.inf if high is None else high
        self._stops = tuple(stops)

    def set_number(self, number: float) -> None:
        """Show a number."""
        self._number = number
        self.setText(short_number(number))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(self.text()), metrics.horizontalAdvance("000"))
        return QSize(width + _FRAME, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self.isModified():
            sequence = QKeySequence.StandardKey
            if event.matches(sequence.Undo) or event.matches(sequence.Redo):
                # with nothing typed, Ctrl+Z is for what was entered before: the document's
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.set_number(self._number)
        elif steps is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._step(steps)
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.entered.emit(self._typed())

    def _typed(self) -> float | str:
        text = self.text()
        number = parse_number(text)
        if number is None or not math.isfinite(number):
            return text
        return int(number) if number == int(number) else number

    def _step(self, steps: int) -> None:
        number = self._typed() if self.isModified() else self._number
        if isinstance(number, str):
            return
        for _ in range(abs(steps)):
            number = self._next(number, 1 if steps > 0 else -1)
        self.stepped.emit(int(number) if self._whole else number)

    def _next(self, number: float, direction: int) -> float:
        further = [stop for stop in self._stops if (stop - number) * direction > 0]
        if further:
            return further[0] if direction > 0 else further[-1]
        unit = 1.0 if self._whole else 10.0 ** (math.floor(math.log10(abs(number))) if number else -1)
        following = float(f"{number + direction * unit:.10g}")
        return min(self._high, max(self._low, following))
