"""What a mini-batch falls into when it is taken apart: examples, layers, parameter blocks. Numbers only, float64."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.experiment.experiment import Experiment
from simulator.layers import Layer, Shape
from simulator.message import Message

Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class LayerPart:
    """One layer, forward and back; row i is example i.

    Attributes
    ----------
    entry
        The layer as declared; the output layer is a dense one.
    name
        "Dense 2", "ReLU in Dense 2", "Output".
    x, y
        What comes in (examples, k) and goes out (examples, m).
    dx, dy
        What goes back and what arrives from above: gradients of the example's own loss; where examples cannot be
        taken apart, of the mean loss of the mini-batch.
    slope
        Derivative of y by x, value by value, of an activation; None for other layers.
    kept
        What the layer wrote down for the way back besides x and y: symbol -> array, (examples, ...) or (units,).
    """

    entry: Layer
    name: Message
    x: Numbers
    y: Numbers
    dx: Numbers
    dy: Numbers
    slope: Numbers | None
    kept: Mapping[str, Numbers]

    def sizes(self, example: int) -> tuple[float, float, float, float]:
        """Return the norms of x, y, dx and dy of one example."""
        x, y, dx, dy = (float(np.linalg.norm(part[example])) for part in (self.x, self.y, self.dx, self.dy))
        return x, y, dx, dy


@dataclass(frozen=True, eq=False)
class BlockPart:
    """One array of parameters and its gradients.

    Attributes
    ----------
    operation, layer, symbol, shape
        Of the layer with that index in `BatchParts.layers`: "Dense 1", "W", (2, 16).
    before, after
        The parameters before and after the update, flat.
    total
        The sum of the gradients of the single examples, flat; of n times the batch's where they cannot be taken apart.
    batch
        The gradient of the mean data loss, computed on the whole mini-batch at once, flat.
    penalty
        What the penalties add to it, flat.
    running
        Norm of the sum after each example (examples,).
    """

    operation: int
    layer: Message
    symbol: str
    shape: Shape
    before: Numbers
    after: Numbers
    total: Numbers
    batch: Numbers
    penalty: Numbers
    running: Numbers

    def difference(self, examples: int) -> float:
        """Return the largest difference between the average over the examples and the batch's gradient."""
        return float(np.abs(self.total / examples - self.batch).max(initial=0.0))


@dataclass(frozen=True, eq=False)
class BatchParts:
    """One mini-batch, phase by phase (slide A1).

    Attributes
    ----------
    experiment, dataset
        The values in force, and what the examples are of.
    step
        Updates made before it.
    rate
        The learning rate of its update.
    examples, labels
        Which examples it holds, as rows of the data set, and their classes; int64 (examples,).
    apart
        Whether every example was sent through the network by itself. Not with batch norm: there an example's outputs
        depend on the others.
    dropped
        Whether a dropout layer drops, with the masks of this very step.
    layers, blocks
        From the first layer up, output layer included.
    losses
        Each example's own loss (examples,).
    shares
        What the loss makes of the scores: dL/d(scores) of each example's own loss (examples, classes).
    loss
        The data loss as computed on the whole mini-batch at once.
    penalty
        What penalties add to it.
    updated
        Whether an update was made: not where the loss is no finite number.
    """

    experiment: Experiment
    dataset: Dataset
    step: int
    rate: float
    examples: NDArray[np.int64]
    labels: NDArray[np.int64]
    apart: bool
    dropped: bool
    layers: tuple[LayerPart, ...]
    blocks: tuple[BlockPart, ...]
    losses: Numbers
    shares: Numbers
    loss: float
    penalty: float
    updated: bool

    @property
    def size(self) -> int:
        """Number of examples."""
        return int(self.examples.size)

    def blocks_of(self, operation: int) -> tuple[BlockPart, ...]:
        """Return the parameters of one layer."""
        return tuple(block for block in self.blocks if block.operation == operation)

    @property
    def weight(self) -> float:
        """How much an example's own loss counts in what gradients are of: 1, or 1/n where they cannot be parted."""
        return 1.0 if self.apart else 1.0 / self.size

    @property
    def probabilities(self) -> Numbers:
        """What the loss makes of the scores (examples, classes); of a softmax, the share of each class."""
        found = self.shares.copy()
        found[np.arange(self.size), self.labels] += 1
        return found

    @property
    def difference(self) -> float:
        """The largest difference between an average over examples and the batch's gradient, over all parameters."""
        return max(block.difference(self.size) for block in self.blocks)

    @property
    def largest(self) -> float:
        """The size of the largest number in the batch's gradient."""
        return max(float(np.abs(block.batch).max(initial=0.0)) for block in self.blocks)
