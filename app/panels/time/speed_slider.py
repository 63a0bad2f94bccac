"""The speed: a logarithmic slider and its value in words."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from app.look import numbers
from app.panels.time.speed import SPEEDS, nearest, short_speed_words, speed_words
from app.system.i18n import _, ngettext
from app.theme import Theme, set_role
from simulator.training import Picture


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
        self._suits: float | None = 0.0
        self._rate: float | None = None
        # Until a run says what suits it.
        self.setEnabled(False)
        self._title = QLabel(_("Speed"))
        set_role(self._title, "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(SPEEDS) - 1)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(_("Speed"))
        self._title.setBuddy(self.slider)
        self._words = QLabel()
        set_role(self._words, "value")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self.slider)
        layout.addWidget(self._words)
        layout.addStretch(1)
        self.slider.valueChanged.connect(self._moved)
        theme.theme_changed.connect(self._dress)
        self._dress()

    @property
    def steps_per_second(self) -> float | None:
        """The speed chosen; None is as fast as possible."""
        return SPEEDS[self.slider.value()]

    def suit(self, steps_per_second: float | None, *, take: bool) -> None:
        """Say which speed suits the run; `take` puts it in, unless a hand has moved the slider before."""
        self.setEnabled(True)
        self._suits = SPEEDS[nearest(steps_per_second)]
        if take and not self._touched:
            with QSignalBlocker(self.slider):
                self.slider.setValue(nearest(steps_per_second))
            self.speed_chosen.emit(self.steps_per_second)
        self._show()

    def set_compact(self, compact: bool, *, tight: bool = False) -> None:
        """Be shorter where space is short, and say the speed in the tooltip alone where it is `tight`."""
        self._compact = compact
        self._title.setVisible(not tight)
        self._words.setVisible(not tight)
        self._dress()

    def show_picture(self, picture: Picture) -> None:
        """Take note of how fast the run is."""
        self.show_rate(picture.steps_per_second)

    def show_rate(self, rate: float | None) -> None:
        """Take note of the steps a second that are made; None while none are."""
        rounded = None if rate is None else _rounded(rate)
        if rounded != self._rate:
            self._rate = rounded
            self._say()

    def _moved(self) -> None:
        self._touched = True
        self._show()
        self.speed_chosen.emit(self.steps_per_second)

    def _show(self) -> None:
        self._words.setText(short_speed_words(self.steps_per_second))
        self.slider.setAccessibleDescription(speed_words(self.steps_per_second))
        self._say()

    def _say(self) -> None:
        """Say in the tooltip what the value alone does not."""
        sentences = [
            _("At most so many mini-batches a second are trained: {value}.").format(
                value=speed_words(self.steps_per_second)
            )
        ]
        if self._rate is not None:
            text = ngettext("It runs at {count} step/s now.", "It runs at {count} steps/s now.", int(self._rate))
            sentences.append(text.format(count=numbers.count(int(self._rate))))
        if self._suits != self.steps_per_second:
            sentences.append(_("This experiment is best watched at {value}.").format(value=speed_words(self._suits)))
        for part in (self.slider, self._words):
            part.setToolTip(" ".join(sentences))

    def _dress(self) -> None:
        self.slider.setFixedWidth(self._theme.px(88 if self._compact else 120))
        # Wide enough for the longest words: what stands behind must not move with the slider.
        metrics = self._words.fontMetrics()
        self._words.setMinimumWidth(max(metrics.horizontalAdvance(short_speed_words(speed)) for speed in SPEEDS))


def _rounded(rate: float) -> int:
    """Return a rate with two significant figures: more would only flicker."""
    return round(float(f"{rate:.2g}"))
