"""What the batch-norm X-ray shows, as values: no numba, so that the window knows them at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.message import Message

Real = NDArray[np.float64]


@dataclass(frozen=True)
class NormLayer:
    """A batch norm of a network: the card it belongs to, its place among the entries, its units."""

    name: Message
    operation: int
    units: int


@dataclass(frozen=True, eq=False)
class LayerValues:
    """All values of one layer on one mini-batch, counted.

    Attributes
    ----------
    edges, counts
        Bins from the least to the largest value, shapes (bins + 1,) and (bins,).
    mean, std, skewness
        Of all values together; the skewness of a bell curve is 0, and a shift or a scale leaves it as it is.
    worst_mean, worst_variance
        Over the units, what is furthest from mean 0 and from variance 1; the variance only over units that vary.
    """

    edges: Real
    counts: NDArray[np.int64]
    mean: float
    std: float
    skewness: float
    worst_mean: float
    worst_variance: float

    def bell(self, points: int = 121) -> tuple[Real, Real]:
        """Return places (points,) over the bins, and the counts of a bin there if the values were Gaussian.

        Mean and standard deviation are those of the values; the latter must not be 0.
        """
        places = np.linspace(self.edges[0], self.edges[-1], points)
        density = np.exp(-0.5 * np.square((places - self.mean) / self.std)) / (self.std * np.sqrt(2 * np.pi))
        return places, np.asarray(density * (self.edges[1] - self.edges[0]) * self.counts.sum())


@dataclass(frozen=True, eq=False)
class NormView:
    """One batch norm on one mini-batch of training examples, normalised by the mini-batch's own statistics.

    Arrays are float64, one number a unit.

    Attributes
    ----------
    layer, step, batch
        Which layer, after how many updates, on how many examples.
    undone
        Whether gamma and beta are those that undo the layer on this mini-batch, instead of the learned ones.
    before, normalised, after
        What comes in, what has mean 0 and variance 1, and what goes out: gamma times it plus beta; all values, or those
        of one unit.
    unit
        That one unit, from 0: the one least like a bell curve; None for all units.
    batch_mean, batch_variance, running_mean, running_variance
        The statistics of this mini-batch, and the running ones that serve at test time.
    gamma, beta
        Those in force here: learned, or set to undo.
    difference
        The largest size of (what goes out - what comes in), over all units and examples.
    scale
        The largest size of what comes in.
    gradient_below
        Norm of dL/dW of the weights that feed the layer, L being the loss of this mini-batch; NaN where none do.
    """

    layer: NormLayer
    step: int
    batch: int
    undone: bool
    unit: int | None
    before: LayerValues
    normalised: LayerValues
    after: LayerValues
    batch_mean: Real
    batch_variance: Real
    running_mean: Real
    running_variance: Real
    gamma: Real
    beta: Real
    difference: float
    scale: float
    gradient_below: float


@dataclass(frozen=True, eq=False)
class NormHistory:
    """How gamma and beta of one batch norm went while the network trained.

    Attributes
    ----------
    steps
        Shape (moments,).
    gamma, beta
        Shape (moments, units).
    """

    steps: NDArray[np.int64]
    gamma: Real
    beta: Real


@dataclass(frozen=True, eq=False)
class BatchNoise:
    """How far the statistics of mini-batches lie from those of the pool they are drawn from.

    Attributes
    ----------
    sizes
        Sizes of the mini-batches, shape (sizes,).
    mean
        Standard deviation, over many mini-batches, of a unit's batch mean, in standard deviations of that unit: root of
        the mean square over the units, shape (sizes,).
    expected
        The same for values that no batch norm has touched before: 1 / sqrt(size), less what drawing without putting
        back saves.
    variance
        The same of a unit's batch variance, in variances of that unit.
    draws, pool
        Mini-batches of every size, and examples they are drawn from.
    """

    sizes: NDArray[np.int64]
    mean: Real
    expected: Real
    variance: Real
    draws: int
    pool: int


@dataclass(frozen=True, eq=False)
class AnswerModes:
    """The two ways to answer at test time (slide E4).

    Attributes
    ----------
    sizes
        Sizes of the batches, shape (sizes,).
    batch, sorted_batch
        Accuracy where every batch is normalised by its own statistics: batches of mixed classes, and batches of one
        class as far as that goes; shape (sizes,).
    running
        Accuracy with running statistics: the same in batches of every size.
    examples
        How many examples the accuracies are measured on; the last batch may be smaller.
    chance
        The share of the largest class.
    answers
        The probability that one example's own class gets, the example being in many batches of `size`: with batch
        statistics and with running ones, shape (2, batches).
    size, number, label
        Size of those batches; which example it is (its place among the examples read), and its class.
    right
        How often its own class wins, as shares; batch statistics, then running ones.
    """

    sizes: NDArray[np.int64]
    batch: Real
    sorted_batch: Real
    running: float
    examples: int
    chance: float
    answers: Real
    size: int
    number: int
    label: str
    right: tuple[float, float]
