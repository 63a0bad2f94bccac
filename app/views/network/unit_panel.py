"""What one unit makes of the example, beside the enlarged picture."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.document.document import Document
from app.plots.run.network.look import Look
from app.system.i18n import _
from app.theme import Theme, set_role
from app.views.network import words
from app.views.network.rows import formula, rows_of
from app.views.network.sum_table import SumTable
from app.views.network.weight_editor import WeightEditor
from app.widgets.page import Page
from simulator.training import Frame, NetworkWiring

WIDTH: Final = 312
"""Pixels beside the picture, at text scale 1."""


class UnitPanel(QFrame):
    """Name, formula, and the sum with its numbers filled in.

    Signals
    -------
    source_chosen(int)
        The term of this input was chosen.
    """

    source_chosen = Signal(int)

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._theme = document, theme
        self.title = QLabel()
        set_role(self.title, "title")
        self.title.setWordWrap(True)
        self.formula = QLabel()
        set_role(self.formula, "muted")
        self.formula.setWordWrap(True)
        self.table = SumTable(theme)
        self.table.source_chosen.connect(self.source_chosen)
        self.editor = WeightEditor(document, theme)
        self.table.edit_asked.connect(self.editor.take_caret)
        self.page = Page()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.formula, self.table, self.editor):
            column.addWidget(widget)
        column.addStretch(1)
        self.page.add(inner)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self.page, 1)
        self.apply_theme()

    def show_unit(self, frame: Frame, wiring: NetworkWiring, look: Look) -> None:
        """Tell of the chosen unit, with the chosen connection's row on soft ground and its weight under it."""
        experiment = self._document.viewpoint.experiment
        self.editor.show_weight(None if look.wire is None else words.place_of(wiring, look.wire), frame.step)
        unit = look.unit
        if unit is None or unit[0] >= len(wiring.layers):
            self.title.setText(_("No unit is chosen"))
            self.formula.setText(_("Click a unit to see what it adds up, or a connection to see its weight."))
            self.table.show_rows((), None)
            return
        layer, number = unit
        self.title.setText(words.unit_name(frame, unit))
        if layer == 0:
            self.formula.setText(_("An input: {value} after preprocessing.").format(value=words.output(wiring, unit)))
        else:
            self.formula.setText(formula(experiment, layer))
        rows = rows_of(frame, wiring, experiment, layer, number)
        self.table.show_rows(rows, None if look.wire is None else look.wire[1])

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self.setFixedWidth(self._theme.px(WIDTH))
        self.table.apply_theme()
        self.editor.apply_theme()
