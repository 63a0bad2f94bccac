"""Which activation a card has."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.document.card_edits import ACTIVATIONS
from app.forms.texts import kind_tip
from app.system.i18n import _
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.declaration import kind_of


class ActivationChooser(QWidget):
    """All activations there are, with the words of the other fields' editors.

    Signals
    -------
    chosen(str)
        The user chose that kind.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel(_("Activation"))
        set_role(label, "muted")
        self._box = ChoiceBox()
        self._box.set_choices(
            [Choice(kind_of(kind), _(kind.label), kind_tip(kind, self.palette())) for kind in ACTIVATIONS]
        )
        self._box.setAccessibleName(_("Activation"))
        self._box.setToolTip(_("What every unit does with its sum. A change starts the run again."))
        self._box.chosen.connect(self.chosen)
        label.setBuddy(self._box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label)
        layout.addWidget(self._box)

    @property
    def box(self) -> ChoiceBox:
        """The control with the kinds."""
        return self._box

    def show_kind(self, kind: str) -> None:
        """Show which kind it is."""
        self._box.set_value(kind)
