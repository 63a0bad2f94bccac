"""What the network learns from."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.document import Document
from app.forms import EditorForm
from app.i18n import _
from app.panels.page import Page
from app.theme import Theme


class DataPanel(QWidget):
    """Data set, split, preprocessing, and the seed that draws the points."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._new_points = QPushButton(_("New points"))
        self._new_points.setStyleSheet("QPushButton { padding: 3px 10px; } QPushButton:focus { padding: 2px 9px; }")
        self._new_points.setToolTip(_("Draws other points and another split: the next data seed"))
        self._new_points.clicked.connect(document.new_points)
        page = Page()
        page.add(EditorForm(document, "", ("data",)))
        page.add_rule()
        page.add(EditorForm(document, "split"))
        page.add(EditorForm(document, "", ("preprocessing",)))
        page.add_rule()
        page.add(EditorForm(document, "seeds", ("data",)))
        page.add(self._new_points)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        theme.theme_changed.connect(self._dress)
        self._dress()

    @property
    def new_points_button(self) -> QPushButton:
        """Draws other points."""
        return self._new_points

    def _dress(self) -> None:
        self._new_points.setIcon(self._theme.icon("shuffle"))
