"""The left column: which data, which preprocessing, which two features."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from app.labs.preprocessing.bases import FIRST, base_choices
from app.system.i18n import _
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from simulator.data import PREPROCESSINGS


class Controls(QWidget):
    """All preprocessings stand below each other, so that one click compares them.

    Signals
    -------
    base_chosen(str)
        Other data were chosen: the id of the experiment they belong to.
    kind_chosen(str)
        Another preprocessing was chosen.
    features_asked()
        Two other features are to be drawn.
    """

    base_chosen = Signal(str)
    kind_chosen = Signal(str)
    features_asked = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("Preprocessing"))
        set_role(title, "title")
        self.bases = ChoiceBox()
        self.bases.set_choices(base_choices())
        self.bases.set_value(FIRST)
        self.bases.setAccessibleName(_("Data to look at"))
        self.bases.chosen.connect(self.base_chosen)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        set_role(self.facts, "muted")
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self.other_features = QPushButton(_("Two other features"))
        self.other_features.setToolTip(_("Draws two other features of the data, picked at random"))
        self.other_features.clicked.connect(self.features_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (title, _head(_("Data")), self.bases, self.facts, _head(_("What is done to them"))):
            column.addWidget(widget)
        for name, made in PREPROCESSINGS.items():
            button = QRadioButton(_(made.label))
            button.setToolTip(_(made.help))
            button.setAccessibleDescription(_(made.help))
            button.setChecked(name == kind)
            button.clicked.connect(lambda _checked, name=name: self.kind_chosen.emit(name))
            self._group.addButton(button)
            self.buttons[name] = button
            column.addWidget(button)
        column.addWidget(self.other_features)

    @property
    def kind(self) -> str:
        """The id of the preprocessing that is chosen."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def set_kind(self, kind: str) -> None:
        """Choose a preprocessing without a word."""
        self.buttons[kind].setChecked(True)

    def offer(self, kinds: tuple[str, ...]) -> None:
        """Offer what the data can be given."""
        for name, button in self.buttons.items():
            button.setVisible(name in kinds)


def _head(words: str) -> QLabel:
    label = QLabel(words)
    set_role(label, "muted")
    return label
