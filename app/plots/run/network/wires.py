"""What joins the units of two layers: which connections are drawn, and how thick. Pure functions, no Qt."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.plots.run.network.layout import Column
from app.plots.run.network.values import NetLayer, strongest
from simulator.training import Flow

MOST_INPUTS: Final = 16
"""Units with more inputs have one ribbon, as wide as the root mean square of their weights."""
LEAST: Final = 0.03
LEAST_OF_MANY: Final = 0.12
"""Of the largest: what is smaller is not drawn; the second where units are left out."""
FULL_ROOM: Final = 60
"""Pixels between two columns from which connections have their full width."""
POINTS: Final = 17
"""Of a curve, where the mouse is looked for."""
Kind = Literal["each", "ribbon", "through"]


@dataclass(frozen=True, eq=False)
class Wires:
    """The drawn connections between a column and the one before it.

    Attributes
    ----------
    kind
        "each" connection by itself, one "ribbon" a unit, or straight "through" where there are no weights.
    source, target
        Places in the columns, shape (n,); a ribbon comes from the whole column: its source is -1.
    value
        Shape (n,): the number itself, of a ribbon the root mean square.
    share
        Shape (n,): its size over the largest of the layer; of ribbons, over the largest drawn.
    """

    kind: Kind
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    value: NDArray[np.float64]
    share: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.source.size)


NONE: Final = Wires("each", *(np.zeros(0, np.int64),) * 2, *(np.zeros(0),) * 2)


def wires(layer: NetLayer, source: NetLayer, before: Column, column: Column) -> Wires:
    """Return what joins `layer`, drawn as `column`, to `source`, the layer before it."""
    if column.layer != before.layer + 1:
        return NONE
    if not layer.weighted:
        return _through(before, column)
    if layer.flow is None:
        return NONE
    rows, places = _places(column, layer)
    if layer.inputs > MOST_INPUTS:
        return _ribbons(layer.flow, rows, places)
    columns, sources = _places(before, source)
    value = strongest(layer.flow.between)[np.ix_(rows, columns)].astype(np.float64)
    size, largest = np.abs(value), layer.flow.largest
    if not np.isfinite(largest):
        # some weights are no numbers any more: the others are still drawn
        largest = float(np.max(size, where=np.isfinite(size), initial=0.0))
    share = size / largest if largest > 0 else np.zeros_like(value)
    least = LEAST if before.is_whole and column.is_whole else LEAST_OF_MANY
    # what is no number has no size to draw
    target, start = np.nonzero(np.isfinite(value) & (share >= least) & (share > 0))
    return Wires("each", sources[start], places[target], value[target, start], share[target, start])


def width(share: NDArray[np.float64], room: float, *, large: bool) -> NDArray[np.float64]:
    """Return the pixels of connections with these shares of the largest; thinner where columns are `room` apart."""
    fine = min(1.0, room / FULL_ROOM)
    return fine * (1.0 + 6.0 * share if large else 0.8 + 4.2 * share)


def curve(start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
    """Return points (POINTS, 2) along the connection between two places: it leaves and arrives level."""
    t = np.linspace(0, 1, POINTS)
    bend = (1 - t) ** 2 * (1 + 2 * t)
    middle = (start[0] + end[0]) / 2
    across = (1 - t) ** 3 * start[0] + 3 * t * (1 - t) * middle + t**3 * end[0]
    return np.stack([across, bend * start[1] + (1 - bend) * end[1]], axis=1)


def ends(wires: Wires, before: Column, column: Column) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the starts and the ends (n, 2) of all connections; a ribbon leaves the middle of the column before."""
    y = np.full(wires.count, before.middle) if wires.kind == "ribbon" else before.y[wires.source]
    start = np.stack([np.full(wires.count, before.edges[1]), y], axis=1)
    end = np.stack([np.full(wires.count, column.edges[0]), column.y[wires.target]], axis=1)
    return start, end


def _places(column: Column, layer: NetLayer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of the frame's numbers that tell of the drawn units, and these units' places in the column."""
    row = {unit: at for at, unit in enumerate(layer.known)}
    pairs = [(row[unit], place) for place, unit in enumerate(column.units) if unit in row]
    rows, places = np.array(pairs, np.int64).reshape(-1, 2).T
    return rows, places


def _ribbons(flow: Flow, rows: NDArray[np.int64], places: NDArray[np.int64]) -> Wires:
    size = flow.rms[rows].astype(np.float64)
    there = np.isfinite(size) & (size > 0)
    value = size[there]
    largest = float(value.max(initial=0.0))
    return Wires("ribbon", np.full(value.size, -1), places[there], value, value / largest if largest > 0 else value)


def _through(before: Column, column: Column) -> Wires:
    places = {unit: place for place, unit in enumerate(before.units)}
    pairs = [(places[unit], place) for place, unit in enumerate(column.units) if unit in places]
    if column.layer != before.layer + 1 or not pairs:
        return NONE
    source, target = np.array(pairs, np.int64).T
    return Wires("through", source, target, np.ones(source.size), np.zeros(source.size))
