"""The microscope: one gate, one layer, one example at a time (slides A1 to A3)."""

from typing import Final

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.labs.lab import Lab, LabSpec
from app.labs.microscope.batch.batch_page import BatchPage
from app.labs.microscope.batch.batch_study import BatchStudy
from app.labs.microscope.gates.gate_page import SPLIT, GatePage
from app.labs.microscope.layer.layer_page import LayerPage
from app.labs.microscope.subject import Subject
from app.running.context import Context
from app.system.i18n import _
from app.theme import set_role
from simulator.analysis.gates import GRAPHS
from simulator.message import N_

BATCH: Final = "batch"
LAYERS: Final = "layers"

_WORDS: Final = {
    SPLIT: N_("Gates"),
    "patterns": N_("Patterns"),
    "branch": N_("Branch"),
    "neuron": N_("Neuron"),
    BATCH: N_("Mini-batch"),
    LAYERS: N_("Layers"),
}
"""What stands on the buttons of the menu; the neuron with one sigmoid is chosen beside its twin."""

# narrower than the application's: two in a column of 200 pixels
_SHEET: Final = "QPushButton { padding: 6px 7px; } QPushButton:focus { padding: 5px 6px; }"


class MicroscopeLab(Lab):
    """A menu of subjects; the one that is looked at fills the places of the lab."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.study = BatchStudy(context, self)
        self.gates = GatePage(self.theme, self)
        self.batch = BatchPage(context, self.study, self)
        self.layers = LayerPage(context, self.study, self)
        self._subjects: tuple[Subject, ...] = (self.gates, self.batch, self.layers)
        self._shown: Subject = self.gates
        self.menu = QButtonGroup(self)
        self._title = QLabel()
        self._title.setWordWrap(True)
        set_role(self._title, "subtitle")
        self.left.add(self._make_menu())
        self.left.add_rule()
        for subject in self._subjects:
            self.left.add(subject.left)
            self.middle.addWidget(subject.middle)
            self.right.add(subject.right)
            self.bottom.addWidget(subject.bottom)
        self.theme.theme_changed.connect(self._dress)
        self.set_compact(self.compact)
        self.look_at(SPLIT)

    def look_at(self, subject_id: str) -> None:
        """Look at a graph by its id, or at the user's own network: `BATCH` or `LAYERS`."""
        self._shown = {BATCH: self.batch, LAYERS: self.layers}.get(subject_id, self.gates)
        if self._shown is self.gates:
            self.gates.show_graph(subject_id)
        for subject in self._subjects:
            subject.set_shown(subject is self._shown)
        self._button(subject_id).setChecked(True)
        self._title.setText(_title_of(subject_id))
        if self.isVisible():
            self._shown.wake()

    def wake(self) -> None:
        self._shown.wake()

    def rest(self) -> None:
        self.study.rest()

    def close_down(self) -> None:
        self.study.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for subject in self._subjects:
            subject.set_compact(compact)

    def _make_menu(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        title = QLabel(_("Look at"))
        set_role(title, "title")
        column.addWidget(title)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, (subject_id, words) in enumerate(_WORDS.items()):
            grid.addWidget(self._make_choice(subject_id, _(words)), place // 2, place % 2)
        column.addLayout(grid)
        column.addWidget(self._title)
        return box

    def _make_choice(self, subject_id: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(subject_id)
        button.setCheckable(True)
        button.setStyleSheet(_SHEET)
        button.setToolTip(_title_of(subject_id))
        button.clicked.connect(lambda: self.look_at(subject_id))
        self.menu.addButton(button)
        return button

    def _button(self, subject_id: str) -> QPushButton:
        buttons = {button.objectName(): button for button in self.menu.buttons() if isinstance(button, QPushButton)}
        return buttons.get(subject_id, buttons[SPLIT])

    def _dress(self) -> None:
        for subject in self._subjects:
            subject.apply_theme()


def _title_of(subject_id: str) -> str:
    """Return what is looked at, in a few words."""
    own = {BATCH: N_("A mini-batch of my network"), LAYERS: N_("The layers of my network")}
    return _(own.get(subject_id) or next(graph.title for graph in GRAPHS if graph.id == subject_id))


SPEC = LabSpec(
    id="microscope",
    title=N_("Microscope"),
    tip=N_("How a network computes forward and sends gradients back, one gate at a time"),
    slides=("A1", "A2", "A3"),
    rank=30,
    make=MicroscopeLab,
)
