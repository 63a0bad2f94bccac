"""Numbers side by side: a name, then one number a column."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.theme import set_role
from app.theme.prose import as_tip


@dataclass(frozen=True)
class NumberRow:
    """A name, its numbers, and a sentence about it.

    Without numbers it is a heading; the last of fewer numbers than there are columns has the room of the rest.
    """

    name: str
    values: tuple[str, ...] = ()
    tip: str = ""


class NumberTable(QWidget):
    """Keeps its labels and gives them other words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[NumberRow, ...] = ()
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)

    @property
    def rows(self) -> tuple[NumberRow, ...]:
        """What stands in the table."""
        return self._rows

    def value(self, name: str, column: int = 0) -> str:
        """Return the number on show in the first row of that name."""
        return next(row.values[column] for row in self._rows if row.name == name and row.values)

    def show_rows(self, heads: Sequence[str], rows: Sequence[NumberRow]) -> None:
        """Show these rows under `heads`, one word a column of numbers."""
        table = (NumberRow("", tuple(heads)), *rows)
        if table == self._rows:
            return
        self._rows = table
        used = 0
        for place, row in enumerate(table):
            texts = (row.name, *row.values)
            for column, text in enumerate(texts):
                label = self._label(used)
                used += 1
                label.setText(text)
                label.setToolTip(as_tip(row.tip))
                number = column > 0
                role = "muted" if place == 0 or not number else "value"
                set_role(label, "subtitle" if not row.values else role)
                side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
                label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                label.setWordWrap(not number)
                span = len(heads) + 1 - column if column == len(row.values) else 1
                self._grid.addWidget(label, place, column, 1, span)
                label.show()
        for label in self._labels[used:]:
            label.hide()
        self.setAccessibleDescription(
            ". ".join(" ".join(part for part in (row.name, *row.values) if part) for row in table)
        )

    def _label(self, place: int) -> QLabel:
        if place == len(self._labels):
            self._labels.append(QLabel(self))
        label = self._labels[place]
        self._grid.removeWidget(label)
        return label
