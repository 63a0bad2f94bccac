"""A picture of a network laid out: columns, what joins them, and which unit and connection are chosen. No Qt."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.plots.run.network.layout import Column, Room, columns
from app.plots.run.network.values import Net
from app.plots.run.network.wires import Wires, curve, ends, wires

Unit = tuple[int, int]
"""Index of the layer in `Frame.layers`, and of the unit in the layer."""
Wire = tuple[int, int, int]
"""Index of the layer that the weight belongs to, of the input, and of the unit."""
NEAR: Final = 5.0
"""Pixels from a connection at which the mouse is on it."""


@dataclass(frozen=True, eq=False)
class Scene:
    """What stands where. `wires[i]` joins the columns i and i + 1."""

    net: Net
    columns: tuple[Column, ...]
    wires: tuple[Wires, ...]

    @classmethod
    def of(cls, net: Net, units: tuple[tuple[int, ...], ...], room: Room) -> "Scene":
        """Lay a network out of which these units of every layer are drawn."""
        placed = columns([layer.units for layer in net.layers], units, room)
        return cls.over(net, placed)

    @classmethod
    def over(cls, net: Net, placed: tuple[Column, ...]) -> "Scene":
        """Put other numbers on columns that stand already."""
        found = [
            wires(net.layers[column.layer], net.layers[before.layer], before, column)
            for before, column in pairwise(placed)
        ]
        return cls(net, placed, tuple(found))

    @property
    def drawn(self) -> int:
        """How many units and connections there are to paint."""
        return sum(len(column.units) for column in self.columns) + sum(each.count for each in self.wires)

    def place_of(self, unit: Unit) -> tuple[int, int] | None:
        """Return column and place of a unit; None where it is not drawn."""
        for at, column in enumerate(self.columns):
            if column.layer == unit[0] and unit[1] in column.units:
                return at, column.units.index(unit[1])
        return None

    def unit_at(self, x: float, y: float) -> Unit | None:
        """Return the unit at a place of the picture."""
        for column in self.columns:
            if column.units and abs(x - column.x) <= column.side / 2:
                place = int(np.abs(column.y - y).argmin())
                if abs(float(column.y[place]) - y) <= column.side / 2:
                    return column.layer, column.units[place]
        return None

    def wire_at(self, x: float, y: float) -> Wire | None:
        """Return the connection nearest to a place of the picture; None where none is near. Ribbons are none."""
        best: float = NEAR
        found: Wire | None = None
        for at, each in enumerate(self.wires):
            before, column = self.columns[at], self.columns[at + 1]
            if each.kind != "each" or not before.edges[1] - NEAR <= x <= column.edges[0] + NEAR:
                continue
            away = np.array([_away(points, x, y) for points in self.curves(at)])
            if away.size and away.min() < best:
                best, found = float(away.min()), self.wire_of(at, int(away.argmin()))
        return found

    def wire_of(self, at: int, number: int) -> Wire | None:
        """Return which weight connection `number` of `wires[at]` is; None for a ribbon and what has no weight."""
        each, before, column = self.wires[at], self.columns[at], self.columns[at + 1]
        if each.kind != "each":
            return None
        return column.layer, before.units[each.source[number]], column.units[each.target[number]]

    def curves(self, at: int) -> list[NDArray[np.float64]]:
        """Return the points along every connection of `wires[at]`."""
        start, end = ends(self.wires[at], self.columns[at], self.columns[at + 1])
        return [curve(tuple(one), tuple(other)) for one, other in zip(start.tolist(), end.tolist(), strict=True)]

    def beside(self, unit: Unit, across: int, down: int) -> Unit | None:
        """Return the unit so many columns to the right and places below; None beyond the edge."""
        place = self.place_of(unit)
        if place is None:
            return None
        at, row = place[0] + across, place[1] + down
        if not 0 <= at < len(self.columns):
            return None
        column = self.columns[at]
        if across and column.units:
            row = int(np.abs(column.y - self.columns[place[0]].y[place[1]]).argmin())
        return (column.layer, column.units[row]) if 0 <= row < len(column.units) else None


def _away(points: NDArray[np.float64], x: float, y: float) -> float:
    """Return the pixels from a place to the nearest of the stretches between `points`."""
    start, along = points[:-1], np.diff(points, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    share = np.clip((([x, y] - start) * along).sum(axis=1) / length, 0, 1)
    return float(np.sqrt((([x, y] - start - share[:, None] * along) ** 2).sum(axis=1).min()))
