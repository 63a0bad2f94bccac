"""The row below the zig-zag lab: back to the start, step by step, play, and where the descent is."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from app.look.numbers import count
from app.system.i18n import _
from app.theme import Theme, set_role

BEAT: Final = 120
"""Milliseconds from step to step while it plays."""


class DescentTransport(QWidget):
    """Moves through the steps of a descent; holds the clock.

    Signals
    -------
    step_chosen(int)
        The descent is to be shown after so many steps.
    reset_asked()
        The button was pressed.
    """

    step_chosen = Signal(int)
    reset_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rewind, self.step, self.play = QPushButton(_("Rewind")), QPushButton(_("Step")), QPushButton(_("Play"))
        set_role(self.play, "primary")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Step"))
        self.place = QLabel()
        set_role(self.place, "value")
        self.reset = QPushButton(_("Reset"))
        self.reset.setToolTip(_("Puts every control of this page back"))
        self._clock = QTimer(self)
        self._clock.setInterval(BEAT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (self.rewind, self.play, self.step):
            row.addWidget(part)
        row.addWidget(self.slider, 1)
        row.addWidget(self.place)
        row.addWidget(self.reset)
        self._connect()
        self._dress()

    @property
    def playing(self) -> bool:
        """Whether the clock runs."""
        return self._clock.isActive()

    @property
    def value(self) -> int:
        """The step on display."""
        return self.slider.value()

    def show_steps(self, step: int, steps: int) -> None:
        """Show step `step` of a descent of so many steps; says nothing."""
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, steps)
            self.slider.setPageStep(max(1, steps // 10))
            self.slider.setValue(step)
        self._write()

    def pause(self) -> None:
        """Stop the clock."""
        self._clock.stop()
        self._dress()

    def _connect(self) -> None:
        self.rewind.clicked.connect(self._on_rewind)
        self.step.clicked.connect(self._on_step)
        self.play.clicked.connect(self._on_play)
        self.slider.valueChanged.connect(self._on_value)
        self.slider.sliderPressed.connect(self.pause)
        self.reset.clicked.connect(self.reset_asked)
        self._clock.timeout.connect(self._beat)
        self._theme.theme_changed.connect(self._dress)

    def _on_rewind(self) -> None:
        self.pause()
        self.slider.setValue(0)

    def _on_step(self) -> None:
        self.pause()
        self.slider.setValue(self.slider.value() + 1)

    def _on_play(self) -> None:
        if self.playing:
            self.pause()
            return
        if self.slider.value() == self.slider.maximum():
            self.slider.setValue(0)
        self._clock.start()
        self._dress()

    def _beat(self) -> None:
        self.slider.setValue(self.slider.value() + 1)
        if self.slider.value() == self.slider.maximum():
            self.pause()

    def _on_value(self, step: int) -> None:
        self._write()
        self.step_chosen.emit(step)

    def _write(self) -> None:
        step, steps = self.slider.value(), self.slider.maximum()
        self.place.setText(_("step {step} of {steps}").format(step=count(step), steps=count(steps)))
        self.step.setEnabled(step < steps)
        self.rewind.setEnabled(step > 0)

    def _dress(self) -> None:
        self.play.setText(_("Pause") if self.playing else _("Play"))
        drawings = {self.rewind: "rewind", self.step: "step", self.play: "pause" if self.playing else "play"}
        side = self._theme.px(18)
        for button, drawing in drawings.items():
            button.setIcon(self._theme.icon(drawing, "on_accent" if button is self.play else "text"))
            button.setIconSize(QSize(side, side))
