"""The numbers that are put into a graph: a field and a slider each."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.forms.number_control import NumberControl
from app.labs.microscope.gates.walk import Walk
from app.system.i18n import _
from app.theme import set_role
from app.theme.prose import prose, show_prose
from simulator.analysis.gates import Leaf
from simulator.declaration import DeclaredField, Field

LIMIT: Final = 10.0
SLIDER: Final = 5.0
PLACES: Final = tuple(round(0.1 * step, 1) for step in range(int(-10 * SLIDER), int(10 * SLIDER) + 1))


class InputsForm(QWidget):
    """One control a leaf, made anew for every graph.

    Signals
    -------
    changed(str, float)
        The user gave a leaf another value.
    reset_asked()
        All leaves should have the values that they had at first.
    """

    changed = Signal(str, float)
    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._graph = ""
        self._controls: dict[str, NumberControl] = {}
        self._formula = QLabel()
        self._formula.setWordWrap(True)
        show_prose(self._formula)
        set_role(self._formula, "value")
        self.reset = QPushButton(_("Numbers as at first"))
        self.reset.setStyleSheet("QPushButton { padding: 5px 10px; } QPushButton:focus { padding: 4px 9px; }")
        self.reset.setToolTip(_("Gives every input the value that it had at first"))
        self.reset.clicked.connect(self.reset_asked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for part in (self._formula, self.reset):
            self._column.addWidget(part)

    @property
    def controls(self) -> dict[str, NumberControl]:
        """The controls by the names of the leaves."""
        return self._controls

    def show_walk(self, walk: Walk) -> None:
        """Offer the leaves of this graph, with their values."""
        if walk.graph.id != self._graph:
            self._graph = walk.graph.id
            self._formula.setText(prose(_(walk.graph.formula)))
            self._rebuild(walk.graph.leaves)
        for name, control in self._controls.items():
            control.set_value(walk.inputs[name])
        self.reset.setEnabled(walk.inputs != walk.graph.starts())

    def _rebuild(self, leaves: tuple[Leaf, ...]) -> None:
        for old in self._controls.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._controls = {leaf.name: self._control(leaf) for leaf in leaves}
        for place, control in enumerate(self._controls.values()):
            self._column.insertWidget(1 + place, control)

    def _control(self, leaf: Leaf) -> NumberControl:
        # a name of mathematics has nothing to be translated, but for its part in the neuron
        label = _("{role} {name}").format(role=_(leaf.role), name=leaf.label)
        about = Field(label, low=-LIMIT, high=LIMIT, help=_("One of the numbers that go in."))
        control = NumberControl(DeclaredField(leaf.name, float, leaf.start, about), PLACES)
        control.changed.connect(lambda value, name=leaf.name: self.changed.emit(name, value))
        return control
