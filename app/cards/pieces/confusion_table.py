"""Which class is taken for which: a cell a pair, to choose from by click or arrows."""

from string import ascii_lowercase
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.cards.pieces.arrow_keys import take_arrow
from app.look.numbers import count, percent
from app.plots.lab.heat_map import contrast, ramp_colour
from app.system.i18n import _, ngettext
from app.theme import Theme
from app.theme.prose import as_tip
from simulator.training import Confusion

Index = QModelIndex | QPersistentModelIndex
COUNTS: Final = "counts"
SHARES: Final = "shares"
_NOWHERE: Final = QModelIndex()
_LEAST_ROW: Final = 20
"""Height of a row, at text scale 1."""
_SHEET: Final = """
QTableView { border: none; border-radius: 0; background: transparent; }
QHeaderView::section { padding: 0 4px; border: none; }
"""


class ConfusionModel(QAbstractTableModel):
    """Row i, column j: examples of class i that are taken for class j."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._confusion: Confusion | None = None
        self._names: tuple[str, ...] = ()
        self._by = COUNTS
        self.lettered = False

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called."""
        return self._names

    def show(self, confusion: Confusion, names: tuple[str, ...]) -> None:
        """Show other numbers."""
        if names != self._names:
            self.beginResetModel()
            self._names, self._confusion = names, confusion
            self.endResetModel()
            return
        self._confusion = confusion
        self._changed()

    def show_as(self, by: str) -> None:
        """Write `COUNTS`, or `SHARES` of each row."""
        self._by = by
        self._changed()

    def letter(self, lettered: bool) -> None:
        """Head the columns with letters, because their names have no room."""
        if lettered != self.lettered:
            self.lettered = lettered
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._names) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._names) - 1)

    def share(self, row: int, column: int) -> float:
        """Return the share of a class that is taken for another; 0 for a class without examples."""
        assert self._confusion is not None
        counts = self._confusion.counts
        return float(counts[row, column] / max(int(counts[row].sum()), 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._confusion is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if self._by == SHARES:
                return percent(self.share(row, column)).removesuffix("%").strip()
            return count(int(self._confusion.counts[row, column]))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = cell_words(self._confusion, self._names, row, column)
            return as_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= section < len(self._names):
            return None
        name = self._names[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(name)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if not self.lettered:
            return name
        letter = letter_of(section)
        if orientation == Qt.Orientation.Horizontal:
            return letter
        return _("{name} · {letter}").format(name=name, letter=letter)

    def _changed(self) -> None:
        if self._names:
            last = len(self._names) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, last))


class CellDelegate(QStyledItemDelegate):
    """Paints a cell on the ramp by its share of the row; the diagonal has an outline."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, ConfusionModel):
            return
        tokens = self._theme.tokens
        share = model.share(index.row(), index.column())
        text = str(index.data())
        diagonal = index.row() == index.column()
        ground = ramp_colour(tokens, share) if share > 0 else QColor(tokens.card)
        cell = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(tokens.edge if diagonal else tokens.line), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(cell, 3, 3)
        inks = [QColor(tokens.text), QColor(tokens.card)]
        painter.setPen(max(inks, key=lambda ink: contrast(ink, ground)) if share > 0 else QColor(tokens.muted))
        painter.setFont(self._theme.font("value" if diagonal else "tick"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(tokens.text), 3 if focused else 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)
        painter.restore()


class ConfusionTable(QTableView):
    """Shows a `ConfusionModel`; all cells are of one size and share the room.

    Signals
    -------
    cell_chosen(int, int)
        The user chose a cell: class and answer.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self.cells = ConfusionModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setAccessibleName(_("Confusion matrix"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(_SHEET)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionsClickable(False)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def cell(self) -> tuple[int, int] | None:
        """Class and answer of the chosen cell."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def show_confusion(self, confusion: Confusion, names: tuple[str, ...]) -> None:
        """Show other numbers."""
        fresh = names != self.cells.names
        self.cells.show(confusion, names)
        if fresh:
            self.apply_theme()

    def choose(self, cell: tuple[int, int]) -> None:
        """Choose a cell in the user's place: nothing is signalled."""
        self._quiet = True
        self.setCurrentIndex(self.cells.index(*cell))
        self._quiet = False

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        header = self.verticalHeader()
        header.setMinimumSectionSize(self._theme.px(_LEAST_ROW))
        self.setMinimumHeight(
            self._theme.px(_LEAST_ROW) * max(len(self.cells.names), 2) + self.horizontalHeader().sizeHint().height()
        )
        self._fit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        return take_arrow(event) or super().event(event)

    def _fit(self) -> None:
        """Head the columns with names where they have room, else with letters."""
        names = self.cells.names
        if not names:
            return
        metrics = self.horizontalHeader().fontMetrics()
        room = self.viewport().width() / len(names) - 10
        self.cells.letter(max(metrics.horizontalAdvance(name) for name in names) > room)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.cell_chosen.emit(current.row(), current.column())


def letter_of(index: int) -> str:
    """Return a to z, then aa, ab, ..."""
    first, last = divmod(index, len(ascii_lowercase))
    return (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[last]


def cell_words(confusion: Confusion, names: tuple[str, ...], row: int, column: int) -> str:
    """Return a cell as a sentence."""
    found, whole = int(confusion.counts[row, column]), int(np.sum(confusion.labels == row))
    if row == column:
        text = ngettext(
            "{found} of {whole} example of “{name}” is recognised.",
            "{found} of {whole} examples of “{name}” are recognised.",
            whole,
        )
    else:
        text = ngettext(
            "{found} of {whole} example of “{name}” is taken for “{answer}”.",
            "{found} of {whole} examples of “{name}” are taken for “{answer}”.",
            whole,
        )
    return text.format(found=count(found), whole=count(whole), name=names[row], answer=names[column])
