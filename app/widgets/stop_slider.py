"""A slider over a list of numbers."""

import bisect
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from app.widgets.wheel import guard_wheel


class StopSlider(QSlider):
    """Stands on one of its stops; a press beside the handle brings the handle there.

    Signals
    -------
    picked(float)
        The user moved it to that number; never sent by `show_number`.
    drag_began(), drag_ended()
        The left button went down, and up again.
    """

    picked = Signal(float)
    drag_began = Signal()
    drag_ended = Signal()

    def __init__(self, stops: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._stops = tuple(stops)
        self.setRange(0, len(self._stops) - 1)
        self.setPageStep(max(1, len(self._stops) // 10))
        self.setMinimumWidth(60)
        guard_wheel(self)
        self.valueChanged.connect(lambda index: self.picked.emit(self._stops[index]))

    def show_number(self, number: float) -> None:
        """Stand at the stop nearest to `number`."""
        with QSignalBlocker(self):
            self.setValue(self._nearest(number))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        slider = QStyle.ComplexControl.CC_Slider
        handle = self.style().subControlRect(slider, option, QStyle.SubControl.SC_SliderHandle, self)
        if event.button() == Qt.MouseButton.LeftButton:
            self.drag_began.emit()
            if not handle.contains(event.position().toPoint()):
                groove = self.style().subControlRect(slider, option, QStyle.SubControl.SC_SliderGroove, self)
                offset = round(event.position().x()) - groove.x() - handle.width() // 2
                span = groove.width() - handle.width()
                # the handle is under the mouse then, so that the same press drags it on
                self.setValue(QStyle.sliderValueFromPosition(0, self.maximum(), offset, span, option.upsideDown))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.drag_ended.emit()

    def _nearest(self, number: float) -> int:
        above = bisect.bisect_left(self._stops, number)
        if above in (0, len(self._stops)):
            return min(above, len(self._stops) - 1)
        return above if number >= (self._stops[above - 1] + self._stops[above]) / 2 else above - 1
