"""A network as a picture: its units, what connects them, and the signal of one example. All arrays are read-only."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from simulator.training.frames.unit_maps import LayerMaps

MOST_DRAWN: Final = 32
"""Units of a layer that are drawn where nobody has chosen."""

Reals = NDArray[np.float32]


@dataclass(frozen=True)
class NetworkFocus:
    """Asks for the part "network", in the place of its name.

    Attributes
    ----------
    units
        For each layer, as `Frame.layers` counts them, the units that are drawn one by one, in rising order; None, or
        a layer that is not there: all of them, or the `MOST_DRAWN` with the largest weights going out. Of a wide
        input then none: its weights are in `Flow.rms`.
    example
        Index in the data set of the example whose signal is shown; None is the first of the probe batch.
    """

    part: ClassVar[str] = "network"

    units: tuple[tuple[int, ...] | None, ...] = ()
    example: int | None = None


@dataclass(frozen=True, eq=False)
class Flow:
    """One quantity of all connections into a layer: the weights, the last update, or dL/dW of the probe batch.

    Attributes
    ----------
    between
        Shape (drawn units, pieces, drawn units of the layer before): of the connections that are drawn. A unit of a
        dense layer has one piece.
    bias
        Shape (drawn units, pieces); None where the layer has none.
    rms
        Shape (drawn units,): root mean square over ALL connections into the unit.
    largest
        The largest size in the whole layer; biases are not counted.
    """

    between: Reals
    bias: Reals | None
    rms: Reals
    largest: float


@dataclass(frozen=True, eq=False)
class Connections:
    """What leads into a layer.

    Attributes
    ----------
    weights_block, bias_block
        What an edit of a weight calls the blocks, such as "network.0.W"; see `index`.
    inputs
        How many inputs a unit has.
    weights, gradients
        At the step of the frame.
    updates
        What the update just made has added; None before the first, and where it is not known any more.
    """

    weights_block: str
    bias_block: str | None
    inputs: int
    weights: Flow
    gradients: Flow
    updates: Flow | None

    def index(self, unit: int, source: int, piece: int = 0) -> tuple[int, int]:
        """Return the place in the block of weights of the connection from unit `source` of the layer before."""
        return source, unit * self.weights.between.shape[1] + piece

    def bias_index(self, unit: int, piece: int = 0) -> tuple[int]:
        """Return the place of a unit's bias in its block."""
        return (unit * self.weights.between.shape[1] + piece,)


@dataclass(frozen=True, eq=False)
class LayerWiring:
    """The input, a card, or the output layer.

    Attributes
    ----------
    units
        How many it has.
    drawn
        int64: the units that are drawn one by one, in rising order.
    outgoing
        Shape (units,): root mean square of the weights going out of each unit; None for the output layer, and in
        front of a layer without weights.
    active
        Shape (units,): share of the probe batch on which the unit's output or local derivative is not 0, so that
        0 is a dead unit; None without an activation.
    outputs
        Shape (units,): of the example, in evaluation mode; of the input, after preprocessing.
    sums
        Shape (units, pieces): h W + b of the example; None without weights.
    given
        Shape (units,): what the activation is given of the example: the sum, or what batch norm made of it; None
        without an activation.
    maps
        Of the units drawn, in their order, without borders; None unless the data lie in a plane.
    connections
        From the layer before; None for the input and for a card without weights.
    """

    units: int
    drawn: NDArray[np.int64]
    outgoing: Reals | None
    active: Reals | None
    outputs: Reals
    sums: Reals | None
    given: Reals | None
    maps: LayerMaps | None
    connections: Connections | None


@dataclass(frozen=True, eq=False)
class NetworkWiring:
    """The part "network".

    Attributes
    ----------
    layers
        As `Frame.layers` counts them: input, cards in order, output.
    example, label
        Which example of the data set the signal is of, and its class.
    extent
        (left, bottom, side) of the square that the maps cover, in the units of the raw data; None without maps.
    """

    layers: tuple[LayerWiring, ...]
    example: int
    label: int
    extent: tuple[float, float, float] | None
