"""What the network learns from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.document.document import Document
from app.document.lanes import State
from app.document.naming import are_drawn, redrawn
from app.forms import make_form
from app.system.i18n import _, translate_message
from app.theme import Theme, set_role
from app.widgets.page import Page
from simulator.message import Message
from simulator.training import RunFacts


class DataPanel(QWidget):
    """Data set and what was read of it, split, preprocessing, and the seed that draws the points."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._new_points = QPushButton()
        self._new_points.setStyleSheet("QPushButton { padding: 3px 10px; } QPushButton:focus { padding: 2px 9px; }")
        self._new_points.clicked.connect(document.new_points)
        document.changed.connect(self._follow)
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)  # names come from files
        self._told.setWordWrap(True)
        self._told.setAccessibleName(_("What was read"))
        set_role(self._told, "muted")
        self._told.hide()
        page = Page()
        page.add(make_form(document, "", ("data",)))
        page.add(self._told)
        page.add_rule()
        page.add(make_form(document, "split"))
        page.add(make_form(document, "", ("preprocessing",)))
        page.add_rule()
        page.add(make_form(document, "seeds", ("data",)))
        page.add(self._new_points)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self._name_button()

    @property
    def new_points_button(self) -> QPushButton:
        """Draws other points, or another split."""
        return self._new_points

    @property
    def told(self) -> str:
        """What is said of the data on display."""
        return self._told.text()

    def show_facts(self, facts: RunFacts) -> None:
        """Say what was read: how many examples of which classes, and how a file was understood."""
        self._told.setText("\n".join(map(_sentence, (*facts.notes, *facts.dataset.told))))
        self._told.show()

    def _follow(self, _before: State, _after: State) -> None:
        self._name_button()

    def _name_button(self) -> None:
        """Promise what the next data seed gives."""
        experiment = self._document.experiment
        words = redrawn(experiment)
        tip = _("Chooses other examples for validation: the next data seed")
        if are_drawn(experiment):
            tip = _("Draws other points and another split: the next data seed")
        self._new_points.setText(words)
        self._new_points.setAccessibleName(words)
        self._new_points.setToolTip(tip)

    def _dress(self) -> None:
        self._new_points.setIcon(self._theme.icon("shuffle"))


def _sentence(message: Message) -> str:
    text = translate_message(message)
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else text + "."
