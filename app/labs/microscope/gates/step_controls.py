"""Rewind, back, next: what every subject of the microscope is gone through with."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.labs.microscope.gates.steps_bar import StepsBar
from app.system.i18n import _
from app.theme import Theme, set_role, set_state


class StepControls(QWidget):
    """The bottom row: buttons, the dots, and where one stands in words.

    Signals
    -------
    rewound(), went_back(), went_on()
        A button was pressed.
    gone(int)
        A dot was clicked, or an arrow key pressed: the position to go to.
    """

    rewound = Signal()
    went_back = Signal()
    went_on = Signal()
    gone = Signal(int)

    def __init__(self, theme: Theme, next_words: str, next_tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rewind = self._button(_("Rewind"), _("Back to the beginning (Home)"), self.rewound.emit)
        self.back = self._button(_("Back"), _("One step back (Left)"), self.went_back.emit)
        self.next = self._button(next_words, next_tip, self.went_on.emit)
        set_role(self.next, "primary")
        self.steps = StepsBar(theme)
        self.steps.gone.connect(self.gone)
        self.place = QLabel()
        set_role(self.place, "value")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        for button in (self.rewind, self.back, self.next):
            self._row.addWidget(button)
        self._row.addWidget(self.steps, 1)
        self._row.addWidget(self.place)
        self._dress()

    def add_button(self, words: str, tip: str, act: Callable[[], None]) -> QPushButton:
        """Put one more button after the others."""
        button = self._button(words, tip, act)
        self._row.insertWidget(self._row.indexOf(self.next), button)
        return button

    def show_position(self, position: int, words: str, *, first: bool | None = None, last: bool | None = None) -> None:
        """Stand at a position; `words` say which.

        Parameters
        ----------
        first, last
            Whether there is nothing before, or after; by default as the dots say.
        """
        self.steps.show_position(position, words)
        self.place.setText(words)
        at_first = position == 0 if first is None else first
        self.rewind.setEnabled(not at_first)
        self.back.setEnabled(not at_first)
        self.next.setEnabled(position < self.steps.maximum() if last is None else not last)

    def set_compact(self, compact: bool) -> None:
        """Show icons without words, but for the next step."""
        for button, words in ((self.rewind, _("Rewind")), (self.back, _("Back"))):
            button.setText("" if compact else words)
            set_state(button, "bare", compact)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._dress()
        self.steps.updateGeometry()
        self.steps.update()

    def _button(self, words: str, tip: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setToolTip(tip)
        # a click leaves the keys to the dots, where Left and Right go on
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        button.clicked.connect(lambda: self.steps.setFocus())
        return button

    def _dress(self) -> None:
        side = self._theme.px(18)
        for button, drawing, colour in (
            (self.rewind, "rewind", "text"),
            (self.back, "chevron_left", "text"),
            (self.next, "step", "on_accent"),
        ):
            button.setIcon(self._theme.icon(drawing, colour))
            button.setIconSize(QSize(side, side))
