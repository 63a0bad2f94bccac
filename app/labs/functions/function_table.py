"""The functions at one x: value, local gradient, and what passes back, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.cards.view_card import ViewCard
from app.look.numbers import number, short
from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.elided_label import ElidedLabel

_ROW: Final = {False: 25, True: 22}
"""Pixels from line to line at text scale 1, by whether room is saved."""


@dataclass(frozen=True)
class TableRow:
    """One function at the x of the table."""

    name: str
    value: float
    slope: float
    passed: float
    strong: bool


class FunctionTable(ViewCard):
    """A card with one line a function."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("What passes back"), parent)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(10)
        for column in range(1, 4):
            self._grid.setColumnStretch(column, 1)
        self._heads = [QLabel() for _column in range(4)]
        for column, head in enumerate(self._heads):
            head.setWordWrap(True)
            set_role(head, "small")
            self._grid.addWidget(head, 0, column)
        self._cells: list[list[QLabel]] = []
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[TableRow], x: float, arriving: float) -> None:
        """Show the functions at `x`, where the gradient `arriving` comes from above."""
        self.subtitle_label.set_text(
            _("at x = {x}, gradient {gradient} arrives").format(x=short(x), gradient=short(arriving))
        )
        words = (_("function"), _("f(x)"), _("local gradient"), _("passes back"))
        for head, word in zip(self._heads, words, strict=True):
            head.setText(word)
        while len(self._cells) < len(rows):
            self._add_row()
        for place, cells in enumerate(self._cells):
            for cell in cells:
                cell.setVisible(place < len(rows))
            if place < len(rows):
                self._fill(cells, rows[place])

    def text_of(self, name: str) -> tuple[str, ...]:
        """Return what stands in the line of a function: value, local gradient, what passes back."""
        cells = next(cells for cells in self._cells if cells[0].text() == name and not cells[0].isHidden())
        return tuple(cell.text() for cell in cells[1:])

    def _add_row(self) -> None:
        row = len(self._cells) + 1
        cells = [QLabel(), *(ElidedLabel() for _column in range(3))]
        for column, cell in enumerate(cells):
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._grid.addWidget(cell, row, column)
        self._cells.append(cells)

    def _fill(self, cells: list[QLabel], row: TableRow) -> None:
        for cell, text in zip(cells, (row.name, number(row.value), number(row.slope), number(row.passed)), strict=True):
            cell.setText(text)
            set_role(cell, "value" if row.strong else "")
            cell.setFixedHeight(self.theme.px(_ROW[self.compact]))
