"""The speed: a logarithmic slider and its value in words."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from app.panels.time.speed import SPEEDS, nearest, speed_words
from app.system.i18n import _
from app.theme import Theme, set_role


class SpeedSlider(QWidget):
    """From one step a second to as fast as possible.

    Signals
    -------
    speed_chosen(object)
        Steps a second, or None; also when a default was put in.
    """

    speed_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compact = False
        self._touched = False
        # Until a run says what fits it.
        self.setEnabled(False)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(SPEEDS) - 1)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(_("Speed"))
        self._words = QLabel()
        set_role(self._words, "value")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.slider)
        layout.addWidget(self._words)
        self.slider.valueChanged.connect(self._moved)
        theme.theme_changed.connect(self._dress)
        self._dress()

    @property
    def steps_per_second(self) -> float | None:
        """The speed chosen; None is as fast as possible."""
        return SPEEDS[self.slider.value()]

    def suggest(self, steps_per_second: float | None) -> None:
        """Put a default in, unless a hand has moved the slider before."""
        self.setEnabled(True)
        if self._touched:
            return
        with QSignalBlocker(self.slider):
            self.slider.setValue(nearest(steps_per_second))
        self._show()
        self.speed_chosen.emit(self.steps_per_second)

    def set_compact(self, compact: bool, *, tight: bool = False) -> None:
        """Be shorter where space is short, and say the speed in the tooltip alone where it is `tight`."""
        self._compact = compact
        self._words.setVisible(not tight)
        self._dress()

    def _moved(self) -> None:
        self._touched = True
        self._show()
        self.speed_chosen.emit(self.steps_per_second)

    def _show(self) -> None:
        words = speed_words(self.steps_per_second)
        self._words.setText(words)
        self.slider.setAccessibleDescription(words)
        what = _("How many mini-batches a second are trained, at most")
        self.slider.setToolTip(_("{what}: {value}").format(what=what, value=words))
        self._dress()

    def _dress(self) -> None:
        self.slider.setFixedWidth(self._theme.px(100 if self._compact else 170))
        # Wide enough for the longest words: what stands behind must not move with the slider.
        metrics = self._words.fontMetrics()
        longest = max(metrics.horizontalAdvance(speed_words(speed)) for speed in SPEEDS)
        self._words.setMinimumWidth(longest)
