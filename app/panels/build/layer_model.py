"""The rows of the list of layers as a Qt model."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.panels.build.layer_rows import NOTHING_WRONG, Badge, Row
from app.theme.prose import as_tip

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
_NOWHERE: Final = QModelIndex()


class LayerModel(QAbstractListModel):
    """Shows rows; what moves stays selected, because rows are known by their identity.

    Signals
    -------
    move_asked(int, int)
        The user dropped row `source` in front of row `destination`; the model waits to be shown the outcome.
    """

    move_asked = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows on display."""
        return tuple(self._rows)

    def show_rows(self, wanted: Sequence[Row], *, keep_badges: bool) -> None:
        """Show other rows, with as few removals, moves and insertions as it takes.

        `keep_badges` says that it is still the same network, so that what was wrong with a layer still is.
        """
        if keep_badges:
            badges = {row.identity: row.badge for row in self._rows}
            wanted = [replace(row, badge=badges.get(row.identity, NOTHING_WRONG)) for row in wanted]
        identities = {row.identity for row in wanted}
        for index in reversed(range(len(self._rows))):
            if self._rows[index].identity not in identities:
                self.beginRemoveRows(_NOWHERE, index, index)
                del self._rows[index]
                self.endRemoveRows()
        for index, row in enumerate(wanted):
            self._bring(row, index)
        for index, row in enumerate(wanted):
            self._set(index, row)

    def show_badges(self, badges: Sequence[Badge]) -> None:
        """Show what is wrong with every row; badges of another network are not shown."""
        if len(badges) != len(self._rows):
            badges = [NOTHING_WRONG] * len(self._rows)
        for index, badge in enumerate(badges):
            self._set(index, replace(self._rows[index], badge=badge))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(row.spoken)
            case _ if role == ROW_ROLE:
                return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        fixed = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        movable = self._rows[index.row()].place == "card"
        return fixed | Qt.ItemFlag.ItemIsDragEnabled if movable else fixed

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        # a card dropped where it was; all other drops come as moveRows
        return False

    def moveRows(
        self,
        source_parent: Index,
        source: int,
        amount: int,
        destination_parent: Index,
        destination: int,
    ) -> bool:
        """Ask for a move: the list view calls this when a row is dropped."""
        # the input stays first and the output last
        target = min(max(destination, 1), len(self._rows) - 1)
        if amount != 1 or self._rows[source].place != "card" or target in (source, source + 1):
            return False
        self.move_asked.emit(source, target)
        return True

    def _bring(self, row: Row, index: int) -> None:
        """Put the row of that identity at `index`; the rows before it are in place already."""
        present = next((at for at, old in enumerate(self._rows) if old.identity == row.identity), None)
        if present is None:
            self.beginInsertRows(_NOWHERE, index, index)
            self._rows.insert(index, row)
            self.endInsertRows()
        elif present != index:
            self.beginMoveRows(_NOWHERE, present, present, _NOWHERE, index)
            self._rows.insert(index, self._rows.pop(present))
            self.endMoveRows()

    def _set(self, index: int, row: Row) -> None:
        if row != self._rows[index]:
            self._rows[index] = row
            place = self.index(index)
            self.dataChanged.emit(place, place)
