"""How the two sides are trained: steps, and one learning rate for both or the best of many for each."""

from typing import Final

import numpy as np
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.forms.number_control import NumberControl
from app.system.i18n import _
from app.theme import set_role
from app.widgets.segmented import Choice, Segmented
from simulator.declaration import DeclaredField, Field, declared_fields
from simulator.experiment import Training
from simulator.message import N_

BEST: Final = "best"
SAME: Final = "same"
STEPS: Final = (20, 50, 100, 200, 500, 1000)
LOWEST, HIGHEST, RATES = 0.01, 1e4, 13
"""How far the rates that are tried go from the experiment's own, and how many they are: half a power of ten apart."""

_STEPS: Final = DeclaredField(
    "steps",
    int,
    100,
    Field(N_("Steps"), low=1, high=1000, help=N_("How many mini-batches each training sees.")),
)


class TrainingControls(QWidget):
    """Shown while the page of trainings is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QLabel(_("Training"))
        set_role(head, "subtitle")
        self.steps = NumberControl(_STEPS, STEPS)
        rate = next(field for field in declared_fields(Training) if field.name == "learning_rate")
        self.rate = NumberControl(rate)
        self.mode = Segmented()
        self.mode.set_choices(
            [
                Choice(BEST, _("each its best"), _("Many rates are tried on each side; the best of each is shown")),
                Choice(SAME, _("the same"), _("Both sides train at one rate")),
            ]
        )
        self.mode.setAccessibleName(_("Learning rate"))
        self.mode.set_value(BEST)
        self.mode.chosen.connect(lambda mode: self.rate.setVisible(mode == SAME))
        self.rate.hide()
        words = QLabel(_("Learning rate of the two sides"))
        words.setWordWrap(True)
        set_role(words, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (head, self.steps, words, self.mode, self.rate):
            column.addWidget(widget)

    def rates(self, own: float) -> tuple[float, ...]:
        """Return the learning rates to try; `own` is that of the experiment."""
        if self.mode.value == SAME:
            return (self.rate.value,)
        return tuple((own * np.geomspace(LOWEST, HIGHEST, RATES)).tolist())
