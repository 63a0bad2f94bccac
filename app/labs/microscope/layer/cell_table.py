"""A quiet table of texts: read, selected, never edited. Only the rows in view are ever asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.look.ink import Ink
from app.theme import Theme

# Closer than the application's tables; Qt keeps 3 pixels more before the words of a cell than before those of a head.
_SHEET: Final = """
QTableView::item { padding: 2px 2px; }
QHeaderView::section { padding: 3px 2px 3px 5px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""
MEASURED: Final = 0
"""Rows, besides those in view, that the width of a column is measured on: the rest is in no hurry."""

_TEXT: Final = int(Qt.ItemDataRole.DisplayRole)
_COLOUR: Final = int(Qt.ItemDataRole.ForegroundRole)
_FONT: Final = int(Qt.ItemDataRole.FontRole)
_ASKED: Final = frozenset({_TEXT, _COLOUR, _FONT, int(Qt.ItemDataRole.DecorationRole)})
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True)
class Cell:
    """What stands in one place: words, the token of their colour, whether they are semi-bold, a picture before them."""

    text: str
    colour: str = "text"
    strong: bool = False
    icon: QIcon | None = None


Row = Sequence[Cell]


class LazyRows(Sequence[Row]):
    """So many rows, each made when it is first asked for."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(self._count))]
        index = place + self._count if place < 0 else place
        if not 0 <= index < self._count:
            raise IndexError(place)
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]


class _Rows(QAbstractTableModel):
    """Cells under heads."""

    def __init__(self, theme: Theme, heads: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self.heads = tuple(heads)
        self.rows: Sequence[Row] = ()

    def forget(self) -> None:
        """Look colours and fonts up anew."""
        self._ink.forget()

    def show(self, heads: Sequence[str], rows: Sequence[Row]) -> None:
        if (len(heads), len(rows)) != (len(self.heads), len(self.rows)):
            self.beginResetModel()
            self.heads, self.rows = tuple(heads), rows
            self.endResetModel()
            return
        self.heads, self.rows = tuple(heads), rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(heads) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(heads) - 1)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # a view asks for many things, many times
        if role not in _ASKED:
            return None
        cell = self.rows[index.row()][index.column()]
        if role == _TEXT:
            return cell.text
        if role == _COLOUR:
            return self._ink.colour(cell.colour)
        if role == _FONT:
            return self._ink.font("value" if cell.strong else "control")
        return cell.icon

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads[section] if wanted else None


class CellTable(QTableView):
    """Columns as wide as their words."""

    def __init__(self, theme: Theme, name: str, heads: Sequence[str] = ("",), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = _Rows(theme, heads, self)
        self.setModel(self._rows)
        self.setAccessibleName(name)
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
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(MEASURED)
        self.setStyleSheet(_SHEET)
        self._fit()

    @property
    def shown(self) -> Sequence[Row]:
        """The rows on display."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[Row], heads: Sequence[str] | None = None, look_at: int = 0) -> None:
        """Show these rows, under other heads where such are given, and scroll to the row `look_at`."""
        heads = self._rows.heads if heads is None else heads
        same = (len(heads), len(rows)) == (len(self._rows.heads), len(self._rows.rows))
        self._rows.show(heads, rows)
        if 0 <= look_at < len(rows):
            self.scrollTo(self._rows.index(look_at, 0))
        for column in range(len(heads)):
            wanted = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            # only the rows in view are measured: a column that has been wider stays so
            self.setColumnWidth(column, max(wanted, self.columnWidth(column)) if same else wanted)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._fit()
        self._rows.forget()
        self._rows.beginResetModel()
        self._rows.endResetModel()
        self.resizeColumnsToContents()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(25))
        side = self._theme.px(20)
        self.setIconSize(QSize(side, side))
