"""A quiet table of texts: read, selected, never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QIcon
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.theme import Theme

# Closer than the application's tables; Qt keeps 3 pixels more before the words of a cell than before those of a head.
_SHEET: Final = """
QTableView::item { padding: 2px 2px; }
QHeaderView::section { padding: 3px 2px 3px 5px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""


@dataclass(frozen=True)
class Cell:
    """What stands in one place: words, the token of their colour, whether they are semi-bold, a picture before them."""

    text: str
    colour: str = "text"
    strong: bool = False
    icon: QIcon | None = None


class NumberTable(QTableWidget):
    """Columns as wide as their words."""

    def __init__(self, theme: Theme, name: str, heads: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(heads), parent)
        self._theme = theme
        self._shown: tuple[tuple[Cell, ...], ...] = ()
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        self.setStyleSheet(_SHEET)
        self._fit()

    @property
    def shown(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows on display."""
        return self._shown

    def set_heads(self, heads: Sequence[str]) -> None:
        """Give the columns other names; their number may change."""
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows; a place that is as before is left alone."""
        fresh = tuple(tuple(row) for row in rows)
        self.setRowCount(len(fresh))
        for place, row in enumerate(fresh):
            old = self._shown[place] if place < len(self._shown) else ()
            for column, cell in enumerate(row):
                if column >= len(old) or old[column] != cell or self.item(place, column) is None:
                    self._put(place, column, cell)
        self._shown = fresh

    def bring_into_view(self, row: int) -> None:
        """Scroll to a row."""
        item = self.item(row, 0)
        if item is not None:
            self.scrollToItem(item)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._fit()
        shown, self._shown = self._shown, ()
        self.show_rows(shown)

    def _put(self, row: int, column: int, cell: Cell) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        item.setText(cell.text)
        item.setForeground(QBrush(QColor(getattr(self._theme.tokens, cell.colour))))
        item.setFont(self._font(cell.strong))
        item.setIcon(cell.icon or QIcon())

    def _font(self, strong: bool) -> QFont:
        return self._theme.font("value" if strong else "control")

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(25))
        side = self._theme.px(20)
        self.setIconSize(QSize(side, side))
