"""What can be set in the function explorer: at the left and in the row below."""

from typing import Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.cards.work_bar import WorkBar
from app.forms.number_control import NumberControl
from app.look.numbers import short
from app.running.worker import Worker
from app.system.i18n import _
from app.theme import set_role
from app.widgets.segmented import Choice, Segmented
from simulator.declaration import DeclaredField, Field
from simulator.message import N_

REACH: Final = 12.0
STEP: Final = 0.05
PLACES: Final = tuple(float(place) for place in np.round(np.arange(-REACH, REACH + STEP / 2, STEP), 2))
"""Where the ruler may stand: the functions are evaluated there and nowhere else."""
REACHES: Final = (3.0, 6.0, REACH)
PRESETS: Final = (-10.0, 0.0, 10.0)

_X: Final = DeclaredField(
    "x",
    float,
    0.0,
    Field(
        "x",
        low=-REACH,
        high=REACH,
        help=N_("The input of the function. You can drag it in the plots, too."),
        source="B2",
    ),
)
_ARRIVING: Final = DeclaredField(
    "arriving",
    float,
    1.0,
    Field(
        N_("Gradient that arrives"),
        low=-10,
        high=10,
        help=N_("dL/df: how the loss depends on the output of this unit, as the layers above have worked it out."),
    ),
)
_EVEN: Final = tuple(float(place) for place in np.round(np.arange(-10, 10.05, 0.1), 1))


def make_x() -> NumberControl:
    """Return the control of the ruler."""
    return NumberControl(_X, PLACES, snaps=True)


def make_arriving() -> NumberControl:
    """Return the control of the gradient that arrives."""
    return NumberControl(_ARRIVING, _EVEN)


def make_reach() -> Segmented:
    """Return what chooses how much of the axis is seen."""
    reach = Segmented()
    reach.set_choices([Choice(str(each), _("±{number}").format(number=round(each))) for each in REACHES])
    reach.setAccessibleName(_("Width of the plots"))
    return reach


class FunctionsBar(QWidget):
    """Presets of x, another sample, the cost, and back to the beginning.

    Signals
    -------
    preset_chosen(float)
        The ruler is to stand there.
    sample_asked(), cost_asked(), reset_asked()
        A button was pressed.
    """

    preset_chosen = Signal(float)
    sample_asked = Signal()
    cost_asked = Signal()
    reset_asked = Signal()

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        at = QLabel("x =")
        set_role(at, "muted")
        self.presets = Segmented()
        self.presets.set_choices([Choice(str(each), short(each)) for each in PRESETS])
        self.presets.setAccessibleName("x")
        self.presets.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.sample = QPushButton(_("Draw another sample"))
        self.sample.setToolTip(_("Draws other Gaussian inputs for the mean outputs"))
        self.cost = QPushButton(_("Measure the cost"))
        self.cost.setToolTip(_("Times every function on this computer, then training steps of your network (B4)"))
        set_role(self.cost, "primary")
        self.work = WorkBar(worker, _("Timing functions and training steps"))
        self.reset = QPushButton(_("Reset"))
        self.reset.setToolTip(_("Puts every control of this page back"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (at, self.presets, self.cost, self.sample):
            row.addWidget(part)
        row.addWidget(self.work, 8)
        row.addStretch(1)
        row.addWidget(self.reset)
        self.presets.chosen.connect(lambda preset: self.preset_chosen.emit(float(preset)))
        self.sample.clicked.connect(self.sample_asked)
        self.cost.clicked.connect(self.cost_asked)
        self.reset.clicked.connect(self.reset_asked)
        worker.busy_changed.connect(self.cost.setDisabled)

    def show_x(self, x: float) -> None:
        """Turn the preset on that `x` is, if any."""
        self.presets.set_value(str(x))
