"""The left column: which network and layer, how far it is trained, on which mini-batch."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.forms.number_control import NumberControl
from app.system.i18n import _, translate_message
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice, Segmented
from simulator.analysis.batch_norm import NormLayer
from simulator.declaration import DeclaredField, Field
from simulator.message import N_

MINE: Final = "mine"
LECTURE: Final = "E1"
ALL: Final = "all"
ONE: Final = "one"

STEPS: Final = (0, 1, 2, 5, 10, 20, 50, 100, 160, 200, 300, 500, 1000, 2000)
SIZES: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 100, 128, 192, 256)
_STEPS: Final = DeclaredField(
    "step",
    int,
    160,
    Field(N_("Trained for"), low=0, high=2000, unit=N_("steps"), help=N_("A copy of the network is trained so far.")),
)
_SIZE: Final = DeclaredField(
    "batch",
    int,
    100,
    Field(
        N_("Mini-batch"),
        low=1,
        high=256,
        unit=N_("examples"),
        help=N_("How many training examples the layer sees together."),
        source="E1",
    ),
)


class Controls(QWidget):
    """Everything that a question is made of.

    Signals
    -------
    changed()
        Something else is to be seen.
    network_chosen(str)
        Another network was chosen: `MINE` or `LECTURE`.
    """

    changed = Signal()
    network_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = 0
        title = QLabel(_("Batch norm"))
        set_role(title, "title")
        self.network = ChoiceBox()
        self.network.setAccessibleName(_("Network to look into"))
        self.network.chosen.connect(self.network_chosen)
        self.about = QLabel()
        self.about.setWordWrap(True)
        set_role(self.about, "muted")
        self.layer = ChoiceBox()
        self.layer.setAccessibleName(_("Layer"))
        self._layer_head = QLabel(_("Batch norm of"))
        set_role(self._layer_head, "muted")
        self.steps = NumberControl(_STEPS, STEPS)
        self.batch = NumberControl(_SIZE, SIZES)
        self._units_head = QLabel(_("Values of"))
        set_role(self._units_head, "muted")
        self.units = Segmented()
        self.units.set_choices(
            [
                Choice(ALL, _("all units"), _("All values of the layer together")),
                Choice(ONE, _("one unit"), _("The unit whose values are least like a bell curve")),
            ]
        )
        self.units.setAccessibleName(_("Values of"))
        # all values of a layer together hide that a unit's values are skew
        self.units.set_value(ONE)
        self._layers: tuple[NormLayer, ...] = ()
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (title, self.network, self.about, self._layer_head, self.layer):
            column.addWidget(widget)
        for control in (self.steps, self.batch, self._units_head, self.units):
            column.addWidget(control)

    @property
    def chosen_layer(self) -> int:
        """Which batch norm is looked at, from 0."""
        return self._chosen

    @property
    def one_unit(self) -> bool:
        """Whether the values of one unit alone are looked at."""
        return self.units.value == ONE

    def show_units(self, shown: bool) -> None:
        """Show or hide the choice of the units."""
        self._units_head.setVisible(shown)
        self.units.setVisible(shown)

    def offer_networks(self, mine: bool, chosen: str, about: str) -> None:
        """Offer the user's network where it has batch norm; `about` says what is looked at."""
        choices = [Choice(LECTURE, _("experiment E1"), _("Three layers with batch norm before tanh, on clothing"))]
        if mine:
            choices.insert(0, Choice(MINE, _("my network"), _("A copy of the network of your experiment")))
        self.network.set_choices(choices)
        self.network.set_value(chosen)
        self.network.setVisible(mine)
        self.about.setText(about)

    def offer_layers(self, layers: tuple[NormLayer, ...]) -> None:
        """Offer the batch norms of the network; the choice stays where it can."""
        if layers == self._layers:
            return
        self._chosen = min(self._chosen, len(layers) - 1)
        self._layers = layers
        self.layer.set_choices(
            [Choice(str(place), translate_message(layer.name)) for place, layer in enumerate(layers)]
        )
        self.layer.set_value(str(self._chosen))

    def _connect(self) -> None:
        self.layer.chosen.connect(self._choose_layer)
        self.steps.changed.connect(lambda _steps: self.changed.emit())
        self.batch.changed.connect(lambda _batch: self.changed.emit())
        self.units.chosen.connect(lambda _units: self.changed.emit())

    def _choose_layer(self, layer: str) -> None:
        self._chosen = int(layer)
        self.layer.set_value(layer)
        self.changed.emit()
