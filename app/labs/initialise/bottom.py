"""The bottom row of the bench: draw again, many draws, the seed, and training."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.look.numbers import count
from app.system.i18n import _
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from app.widgets.elided_label import ElidedLabel
from app.widgets.number_field import NumberField

MANY_DRAWS: Final = 100
LARGEST_SEED: Final = 2**31 - 1


class BenchBar(QWidget):
    """Holds the seed of the weights.

    Signals
    -------
    seed_changed()
        The user wants other weights.
    draws_asked(bool)
        The user wants many draws, or no more of them.
    training_asked()
        The user wants to train the network.
    twins_asked()
        The user wants to train the network and the grey one side by side.
    """

    seed_changed = Signal()
    draws_asked = Signal(bool)
    training_asked = Signal()
    twins_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = False
        self.again = QPushButton(_("Draw again"))
        set_role(self.again, "primary")
        self.again.setToolTip(_("Other weights from the same recipe: the next seed."))
        self.draws = QPushButton()
        self.draws.setToolTip(_("Draws the weights a hundred times and shows where 9 of 10 draws lie."))
        self._seed_label = QLabel(_("Seed"))
        set_role(self._seed_label, "muted")
        self.seed_field = NumberField(whole=True)
        self.seed_field.set_bounds(0, LARGEST_SEED)
        self.seed_field.set_number(0)
        self.seed_field.setAccessibleName(_("Seed of the weights"))
        self._seed_label.setBuddy(self.seed_field)
        self.words = ElidedLabel()
        set_role(self.words, "muted")
        self.train = QPushButton(_("Start training from here"))
        self.train.setToolTip(_("Puts this network, with the input of the bench, into the laboratory."))
        self.train_both = QPushButton(_("Train both side by side"))
        self.train_both.setToolTip(_("The same, and the grey network as its twin beside it."))
        for button in (self.again, self.train_both, self.train):
            button.setAccessibleName(button.text())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (self.again, self.draws, self._seed_label, self.seed_field):
            row.addWidget(part)
        row.addSpacing(14)
        row.addWidget(self.words, 1)
        row.addWidget(self.train_both)
        row.addWidget(self.train)
        self.again.clicked.connect(lambda: self._choose(self.seed + 1))
        self.draws.clicked.connect(lambda: self.draws_asked.emit(not self._drawing))
        self.train_both.clicked.connect(self.twins_asked)
        self.train.clicked.connect(self.training_asked)
        self.seed_field.entered.connect(self._choose)
        self.seed_field.stepped.connect(self._choose)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self.set_drawing(False)

    @property
    def seed(self) -> int:
        """The seed of the weights."""
        return int(self.seed_field.number)

    def say(self, words: str) -> None:
        """Write a sentence."""
        self.words.setText(words)
        self.words.setToolTip(as_tip(words))

    def say_step(self) -> None:
        """Write what holds while nothing else is to be said."""
        self.say(_("Step 0: nothing has been trained. All views follow the controls at once."))

    def set_drawing(self, drawing: bool) -> None:
        """Offer to begin many draws, or to end them."""
        self._drawing = drawing
        words = _("Stop") if drawing else _("{number} draws").format(number=count(MANY_DRAWS))
        self.draws.setText(words)
        self.draws.setAccessibleName(words)
        self.say_step()

    def show_progress(self, share: float) -> None:
        """Say how many draws are made."""
        made = count(round(share * MANY_DRAWS))
        self.say(_("{made} of {number} draws").format(made=made, number=count(MANY_DRAWS)))

    def _choose(self, seed: object) -> None:
        known = self.seed
        if isinstance(seed, int | float):
            known = min(max(int(seed), 0), LARGEST_SEED) if seed <= LARGEST_SEED else 0
        changed = known != self.seed
        self.seed_field.set_number(known)
        if changed:
            self.seed_changed.emit()

    def _dress(self) -> None:
        self.train.setIcon(self._theme.icon("play", "text"))
