"""Which statistics the user's own network uses at test time (slide E4)."""

from typing import Final, get_args

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.document.document import Document
from app.system.i18n import _
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.declaration import declared_fields
from simulator.experiment import Experiment
from simulator.layers import LAYERS

KIND: Final = "batch_norm"
FIELD: Final = "test"


def norm_places(experiment: Experiment) -> tuple[int, ...]:
    """Return where batch norms stand in the network."""
    return tuple(place for place, entry in enumerate(experiment.network) if entry.kind == KIND)


class OwnStatistics(QWidget):
    """One choice for all batch norms of the experiment; a change is one undo step and keeps the run."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        declared = next(field for field in declared_fields(LAYERS[KIND]) if field.name == FIELD)
        words = declared.about.words or {}
        label = QLabel(_("Test statistics of my network"))
        label.setWordWrap(True)
        set_role(label, "muted")
        self.switch = ChoiceBox()
        self.switch.set_choices([Choice(each, _(words[each])) for each in get_args(declared.type)])
        self.switch.setAccessibleName(label.text())
        self.switch.setToolTip(_(declared.about.help))
        self.switch.chosen.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label)
        column.addWidget(self.switch)
        document.changed.connect(self._follow)
        self._follow()

    def _follow(self, *_states: object) -> None:
        network = self._document.experiment.network
        used = {getattr(network[place], FIELD) for place in norm_places(self._document.experiment)}
        # where they differ none is on
        self.switch.set_value(used.pop() if len(used) == 1 else "")

    def _choose(self, statistics: str) -> None:
        places = norm_places(self._document.experiment)
        patch = {f"network.{place}.{FIELD}": statistics for place in places}
        self._document.edit(patch, _("Change test statistics"))
