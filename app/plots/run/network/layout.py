"""Which layers and which of their units are drawn, and where they stand. Pure functions, no Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.plots.run.network.values import Net

BETWEEN: Final = 14
"""Pixels between two columns, at the least: a connection has a length."""
SPREAD: Final = 1.6
"""Units stand at most so many sides apart."""


@dataclass(frozen=True)
class Room:
    """What there is to draw in, pixels.

    Attributes
    ----------
    left, top, right, bottom
        The edges of the room for units: what is written round them stands outside.
    side, end_side
        What a hidden unit and one of input or output would like to be.
    least, gap
        The smallest side and the smallest gap.
    caption
        Kept free under every unit for its number.
    """

    left: float
    top: float
    right: float
    bottom: float
    side: float
    end_side: float
    least: float = 20
    gap: float = 4
    caption: float = 0

    @property
    def middle(self) -> float:
        """Halfway down, numbers left out."""
        return (self.top + self.bottom - self.caption) / 2

    @property
    def rows(self) -> int:
        """How many units fit over each other."""
        return max(1, int((self.bottom - self.top + self.gap) // (self.least + self.caption + self.gap)))

    @property
    def columns(self) -> int:
        """How many layers fit beside each other."""
        return max(2, 1 + int((self.right - self.left - self.least) // (self.least + BETWEEN)))


@dataclass(frozen=True, eq=False)
class Column:
    """A layer in the picture.

    Attributes
    ----------
    layer
        Its index in `Frame.layers`.
    units
        The units that are drawn, in their own order, and how many there are: `whole`.
    x, y
        Middles: one number, and shape (units,).
    side
        Of a unit's square.
    middle
        Halfway down.
    """

    layer: int
    units: tuple[int, ...]
    whole: int
    x: float
    y: NDArray[np.float64]
    side: float
    middle: float

    @property
    def is_whole(self) -> bool:
        """Whether every unit is drawn."""
        return len(self.units) == self.whole

    @property
    def edges(self) -> tuple[float, float]:
        """Left and right end of its squares."""
        return self.x - self.side / 2, self.x + self.side / 2


def shown_layers(count: int, most: int) -> tuple[int, ...]:
    """Return which of `count` layers are drawn where `most` fit: the first ones and the last ones."""
    if count <= most:
        return tuple(range(count))
    first = most // 2
    return (*range(first), *range(count - (most - first), count))


def importance(net: Net) -> list[NDArray[np.float64]]:
    """Return for every layer a number a unit: the size of the weights going out, of the output those coming in."""
    found: list[NDArray[np.float64]] = [np.zeros(layer.units) for layer in net.layers]
    for at, layer in reversed(list(enumerate(net.layers))):
        if layer.outgoing is not None:
            found[at] = np.nan_to_num(layer.outgoing.astype(np.float64), nan=0.0, posinf=0.0)
        elif at + 1 < len(net.layers) and net.layers[at + 1].units == layer.units:
            # without weights between them, a unit goes on into its own
            found[at] = found[at + 1]
        elif layer.flow is not None:
            found[at][list(layer.known)] = np.nan_to_num(layer.flow.rms, nan=0.0, posinf=0.0)
    return found


def chosen(
    importance: NDArray[np.float64], most: int, silent: NDArray[np.bool_] | None = None, kept: int | None = None
) -> tuple[int, ...]:
    """Return at most `most` units in their own order: the most important ones.

    Parameters
    ----------
    silent
        Shape (units,): the dead ones. As large a share of what is drawn is dead as of the layer, one at the least.
    kept
        A unit that is drawn whatever its importance.
    """
    if importance.size <= most:
        return tuple(range(importance.size))
    dead = np.zeros(importance.size, np.bool_) if silent is None else silent
    share = max(int(dead.any()), round(most * float(dead.mean())))
    order = np.argsort(-importance, kind="stable")
    first = [] if kept is None else [kept]
    best = dict.fromkeys([*first, *order[dead[order]][:share].tolist(), *order[~dead[order]].tolist(), *order.tolist()])
    return tuple(sorted(list(best)[:most]))


def chosen_units(net: Net, most: int, kept: tuple[int, int] | None = None) -> tuple[tuple[int, ...], ...]:
    """Return the units of every layer that are drawn where `most` fit into a column; `kept` (layer, unit) is one."""
    layer_kept, unit = (-1, -1) if kept is None else kept
    return tuple(
        ()
        if layer.tile is not None
        else chosen(size, most, layer.silent, unit if at == layer_kept and unit < layer.units else None)
        for at, (layer, size) in enumerate(zip(net.layers, importance(net), strict=True))
    )


def columns(sizes: Sequence[int], units: Sequence[tuple[int, ...]], room: Room) -> tuple[Column, ...]:
    """Return the columns of layers of these sizes, of which these units are drawn."""
    layers = shown_layers(len(sizes), room.columns)
    pitch = (room.right - room.left) / max(1, len(layers) - 1)
    widest = max(room.least, pitch / 2 if len(layers) > 2 else pitch)
    sides = []
    for layer in layers:
        wanted = room.end_side if layer in (0, len(sizes) - 1) else room.side
        count = max(1, len(units[layer]))
        fits = (room.bottom - room.top - (count - 1) * room.gap) / count - room.caption
        sides.append(float(math.floor(max(room.least, min(wanted, widest, fits)))))
    begin, end = room.left + sides[0] / 2, room.right - sides[-1] / 2
    made = []
    for place, (layer, side) in enumerate(zip(layers, sides, strict=True)):
        x = begin + (end - begin) * place / max(1, len(layers) - 1)
        x = round(x - side / 2) + side / 2
        y = _middles(len(units[layer]), side, room)
        made.append(Column(layer, units[layer], sizes[layer], x, y, side, room.middle))
    return tuple(made)


def _middles(count: int, side: float, room: Room) -> NDArray[np.float64]:
    height = room.bottom - room.top
    pitch = min(SPREAD * side + room.caption, (height + room.gap) / max(1, count))
    tops = room.middle - side / 2 + (np.arange(count) - (count - 1) / 2) * pitch
    # whole pixels: edges are sharp, and a stamp needs no smoothing
    return np.asarray(np.rint(tops) + side / 2)
