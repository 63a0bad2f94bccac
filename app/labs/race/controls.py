"""Who runs, and which loss is the finish."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.forms.number_control import NumberControl
from app.system.i18n import _
from app.theme import set_role
from simulator.analysis.activations import RACERS, SCALAR_FUNCTIONS
from simulator.declaration import DeclaredField, Field
from simulator.message import N_

FIRST: Final = ("relu", "tanh", "sigmoid")
"""Those of slide B6."""
_LOSS: Final = DeclaredField(
    "loss",
    float,
    0.1,
    Field(
        N_("Loss to reach"),
        low=0.001,
        high=10,
        scale="logarithmic",
        help=N_("The race is over for an activation when the loss of the training set is so low for the first time."),
    ),
)


class RaceControls(QWidget):
    """A check box for every activation, two buttons for the slides' choices, and the loss.

    Signals
    -------
    racers_chosen()
        Others are to run.
    loss_chosen()
        Another loss is to be reached.
    """

    racers_chosen = Signal()
    loss_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QLabel(_("Activations"))
        set_role(head, "subtitle")
        self.boxes = {kind: QCheckBox(_(SCALAR_FUNCTIONS[kind].label)) for kind in RACERS}
        self.three_button = QPushButton(_("B6: three"))
        self.three_button.setToolTip(_("ReLU, tanh and sigmoid, as on slide B6"))
        self.all_button = QPushButton(_("B8: all"))
        self.all_button.setToolTip(_("Every activation of the lecture, as on slide B8"))
        self.loss = NumberControl(_LOSS)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        set_role(self.facts, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        buttons = QHBoxLayout()
        buttons.addWidget(self.three_button)
        buttons.addWidget(self.all_button)
        column.addLayout(buttons)
        for kind, box in self.boxes.items():
            box.setAccessibleName(box.text())
            box.setToolTip(_(SCALAR_FUNCTIONS[kind].help))
            box.toggled.connect(lambda _on: self.racers_chosen.emit())
            column.addWidget(box)
        column.addSpacing(8)
        column.addWidget(self.loss)
        column.addWidget(self.facts)
        self.three_button.clicked.connect(partial(self._choose, FIRST))
        self.all_button.clicked.connect(partial(self._choose, RACERS))
        self.loss.changed.connect(lambda _loss: self.loss_chosen.emit())
        self._tick(FIRST)

    @property
    def racers(self) -> tuple[str, ...]:
        """The activations that run, in the order of the boxes."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())

    def _choose(self, kinds: tuple[str, ...], _checked: bool = False) -> None:
        self._tick(kinds)
        self.racers_chosen.emit()

    def _tick(self, kinds: tuple[str, ...]) -> None:
        for kind, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(kind in kinds)
