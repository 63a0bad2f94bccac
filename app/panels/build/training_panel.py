"""How the network is trained."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.document.document import Document
from app.forms import make_form
from app.forms.tree import join, plain_structs
from app.widgets.page import Page
from simulator.declaration import declared_fields


class TrainingPanel(QWidget):
    """Mini-batch, optimizer and what else belongs to training, when to stop, the loss, two seeds."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = Page()
        # the learning rate is at hand on every page, below this one
        fields = [field.name for field in declared_fields(type(document.experiment.training))]
        page.add(make_form(document, "training", [name for name in fields if name != "learning_rate"]))
        for group in plain_structs(document.experiment.training):
            page.add_rule()
            page.add(make_form(document, join("training", group)))
        page.add_rule()
        page.add(make_form(document, "", ("loss",)))
        page.add(make_form(document, "seeds", ("weights", "order")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
