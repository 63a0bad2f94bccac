"""What is drawn of a network at one step, as numbers. No Qt."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.training import Connections, Flow

Quantity = Literal["weight", "update", "gradient"]
Numbers = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class NetLayer:
    """One layer, as `Frame.layers` counts them.

    Attributes
    ----------
    name, detail
        "Dense 2", "ReLU".
    units
        How many it has.
    known
        The units of which `flow` and `maps` tell, in rising order.
    flow
        What joins it to the layer before: weights, or their last update, or their gradient; None where it has no such
        thing.
    weighted
        Whether it has weights.
    inputs
        How many inputs a unit has.
    outgoing
        Shape (units,): the size of the weights going out of each; None where that is not known.
    silent
        Shape (units,): whether a unit is silent on every example.
    maps
        int8, shape (known units, rows, columns): what they put out over the plane, in parts of 127; row 0 is the
        lowest. None for other data.
    tile
        uint8, shape (height, width) or (height, width, 3): the chosen example, drawn in the place of single pixels.
    unit_names
        Of features or classes; empty for a hidden layer.
    values
        Shape (units,): what the units put out for the chosen example; None while none is shown.
    """

    name: str
    detail: str
    units: int
    known: tuple[int, ...]
    silent: NDArray[np.bool_]
    flow: Flow | None = None
    weighted: bool = False
    inputs: int = 0
    outgoing: Numbers | None = None
    maps: NDArray[np.int8] | None = None
    tile: NDArray[np.uint8] | None = None
    unit_names: tuple[str, ...] = ()
    values: Numbers | None = None


@dataclass(frozen=True, eq=False)
class Net:
    """All layers, input and output among them; `spot` is where the chosen example lies on the maps, in shares."""

    layers: tuple[NetLayer, ...]
    spot: tuple[float, float] | None = None

    @property
    def shape(self) -> tuple[tuple[str, int], ...]:
        """Names and sizes: while they stay, so do the units that are drawn."""
        return tuple((layer.name, layer.units) for layer in self.layers)


def flow_of(connections: Connections | None, quantity: Quantity) -> Flow | None:
    """Return one quantity of what leads into a layer."""
    if connections is None:
        return None
    return {"weight": connections.weights, "update": connections.updates, "gradient": connections.gradients}[quantity]


def largest_of(values: Numbers) -> float:
    """Return the greatest size among values."""
    return float(np.max(np.abs(values), initial=0.0))


def strongest(between: Numbers) -> Numbers:
    """Return one number a connection, (units, sources), of (units, pieces, sources): that of the greatest size."""
    if between.shape[1] == 1:
        return between[:, 0]
    at = np.abs(between).argmax(axis=1)[:, None]
    return np.asarray(np.take_along_axis(between, at, axis=1)[:, 0])
