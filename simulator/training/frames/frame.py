"""A frame: what is worth seeing of a network after a number of updates. All arrays are read-only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.message import Message
from simulator.training.frames.network import NetworkFocus

BINS = 50

Part = str | NetworkFocus
"""How an optional part is asked for: by its name, or by a value that says what of it."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """Counts of values in `BINS` equal bins over [-limit, limit].

    Attributes
    ----------
    counts
        int64, shape (BINS,). Exact zeros are not in it.
    limit
        R: a power of two, fixed at the first frame, later only doubled.
    below, above, not_finite, zeros
        Values under -R, over R, NaN or infinite, and exactly 0.
    total
        All values.
    """

    counts: NDArray[np.int64]
    limit: float
    below: int
    above: int
    not_finite: int
    zeros: int
    total: int

    def widened(self, limit: float) -> "Histogram":
        """Return the histogram over [-limit, limit], a doubling or more of this one: bins merge in pairs."""
        counts = self.counts
        reached = self.limit
        while reached < limit:
            merged = np.zeros_like(counts)
            np.add.at(merged, (np.arange(BINS) - BINS // 2) // 2 + BINS // 2, counts)
            counts, reached = merged, 2 * reached
        counts.flags.writeable = False
        return replace(self, counts=counts, limit=reached)

    @property
    def zero_share(self) -> float:
        """Share of exact zeros."""
        return self.zeros / self.total if self.total else 0.0


@dataclass(frozen=True, eq=False)
class Gradient:
    """dL/d(something) on the probe batch: histogram and Euclidean norm."""

    histogram: Histogram
    norm: float

    @property
    def rms(self) -> float:
        """Root of the mean square: the size of a typical entry, comparable between layers of different width."""
        return self.norm / float(np.sqrt(max(self.histogram.total, 1)))


@dataclass(frozen=True, eq=False)
class LayerFrame:
    """One card (or the input, or the output layer) on the probe batch, after its activation.

    Attributes
    ----------
    name
        "Input", "Dense 2", "Output".
    units
        Values of one example.
    mean, std
        Of all output values.
    dead
        Share of UNITS whose output and local derivative are 0 on the whole probe batch.
    saturated
        Share of VALUES within 1 % of the range's width of a bound; None where there are no bounds.
    blocked
        Share of VALUES whose local derivative is under 1e-3. All three are None without an activation, and where an
        output is no finite number.
    output_gradient, weight_gradient
        dL/d(output) and dL/dW; L is the mean data loss of the probe batch. The input has no weights.
    update_ratio
        ``|dW| / |W|`` of the update just made; None before the first one and for W = 0.
    difference
        Largest difference between two units on one example, over the layer's largest value; 0 where all units are
        alike. None for the input and for a single unit.
    """

    name: Message
    units: int
    output: Histogram
    mean: float
    std: float
    dead: float | None = None
    saturated: float | None = None
    blocked: float | None = None
    output_gradient: Gradient | None = None
    weight_gradient: Gradient | None = None
    update_ratio: float | None = None
    difference: float | None = None

    @property
    def dead_units(self) -> int:
        """Number of dead units."""
        return round((self.dead or 0.0) * self.units)


@dataclass(frozen=True, eq=False)
class DecisionMap:
    """Class shares over the plane.

    Attributes
    ----------
    shares
        float32, shape (rows, columns, classes): softmax outputs; row 0 is the lowest y.
    extent
        (x_low, x_high, y_low, y_high) of the picture's outer edges, in the units of the raw data.
    """

    shares: NDArray[np.float32]
    extent: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Frame:
    """The network after `step` updates.

    Attributes
    ----------
    step, epoch, examples
        Updates made; passes over the training set made, with fraction; examples seen, in all passes.
    loss, data_loss, penalty
        Of the last mini-batch before its update (loss = data_loss + penalty); None at step 0.
    layers
        Input, cards in order, output.
    parts
        What was asked for besides, as it was asked for: by the name of its file in `training/measuring/parts`, such
        as "decision": `DecisionMap`, or by a value; None where the network or its data have no such thing.
    """

    step: int
    epoch: float
    examples: int
    loss: float | None
    data_loss: float | None
    penalty: float | None
    layers: tuple[LayerFrame, ...]
    parts: Mapping[Part, Any] = field(default_factory=lambda: MappingProxyType({}))
