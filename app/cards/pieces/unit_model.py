"""The units of one layer as a Qt model, in the order that is asked for."""

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.look.numbers import count, percent
from app.system.i18n import _
from simulator.training import LayerUnits

Index = QModelIndex | QPersistentModelIndex

UNIT_ROLE: Final = Qt.ItemDataRole.UserRole
BY_ACTIVITY: Final = "activity"
BY_NUMBER: Final = "number"
_NOWHERE: Final = QModelIndex()


class UnitModel(QAbstractListModel):
    """Rows are units; `UNIT_ROLE` gives a unit's index in its layer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layer: LayerUnits | None = None
        self._order: list[int] = []
        self._by = BY_ACTIVITY

    @property
    def layer(self) -> LayerUnits | None:
        """What is on display."""
        return self._layer

    @property
    def order(self) -> tuple[int, ...]:
        """The units, in the order of the rows."""
        return tuple(self._order)

    def show_layer(self, layer: LayerUnits | None, *, sort: bool) -> None:
        """Show other numbers; with `sort`, the rows may change their places."""
        units = 0 if layer is None else layer.units
        if units != len(self._order):
            self.beginResetModel()
            self._layer = layer
            self._order = _order(layer, self._by)
            self.endResetModel()
            return
        self._layer = layer
        if sort:
            self._sort()
        elif units:
            self.dataChanged.emit(self.index(0), self.index(units - 1))

    def sort_by(self, by: str) -> None:
        """Choose the order: `BY_ACTIVITY` (the least active first) or `BY_NUMBER`."""
        self._by = by
        self._sort()

    def row_of(self, unit: int) -> QModelIndex:
        """Return the row of a unit."""
        return self.index(self._order.index(unit)) if unit in self._order else _NOWHERE

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._layer is None:
            return None
        unit = self._order[index.row()]
        if role == UNIT_ROLE:
            return unit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return unit_words(self._layer, unit)
        return None

    def _sort(self) -> None:
        """Put the rows into order; what is selected stays selected."""
        wanted = _order(self._layer, self._by)
        if wanted == self._order:
            if wanted:
                self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        units = [self._order[index.row()] for index in before]
        self._order = wanted
        self.changePersistentIndexList(before, [self.index(wanted.index(unit)) for unit in units])
        self.layoutChanged.emit()


def unit_words(layer: LayerUnits, unit: int) -> str:
    """Return a unit's activity in words; units count from 1."""
    number = count(unit + 1)
    if layer.active is None:
        return _("Unit {number}").format(number=number)
    if layer.silent[unit]:
        return _("Unit {number}: silent").format(number=number)
    return _("Unit {number}: active on {share}").format(number=number, share=percent(float(layer.active[unit])))


def _order(layer: LayerUnits | None, by: str) -> list[int]:
    if layer is None:
        return []
    if by == BY_NUMBER or layer.active is None:
        return list(range(layer.units))
    return [int(unit) for unit in np.argsort(layer.active, kind="stable")]
