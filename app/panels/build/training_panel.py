"""How the network is trained."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.document.document import Document
from app.forms import make_form
from app.forms.tree import join, plain_structs
from app.widgets.page import Page


class TrainingPanel(QWidget):
    """Learning rate, mini-batch, optimizer and what else belongs to training, when to stop, the loss, two seeds."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = Page()
        page.add(make_form(document, "training"))
        for group in plain_structs(document.experiment.training):
            page.add_rule()
            page.add(make_form(document, join("training", group)))
        page.add_rule()
        page.add(make_form(document, "", ("loss",)))
        page.add(make_form(document, "seeds", ("weights", "order")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
