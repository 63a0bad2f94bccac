"""What is measured of the signal before any training; loads no numba."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.signal.recipe import Recipe
from simulator.message import Message

ROW_BINS: Final = 30
"""Bins of a histogram, as the lecture draws them."""


@dataclass(frozen=True, eq=False)
class RowHistogram:
    """Values of one layer in the bins that the whole row of layers shares.

    Attributes
    ----------
    counts
        int64 (ROW_BINS,): equal bins from `Signal.low` to `Signal.high`. Exact zeros are not in it.
    below, above, zeros, not_finite, total
        Values under the lowest and over the highest bin, exactly 0, NaN or infinite, and all values.
    """

    counts: NDArray[np.int64]
    below: int
    above: int
    zeros: int
    not_finite: int
    total: int


@dataclass(frozen=True, eq=False)
class LayerSignal:
    """One hidden layer after its activation.

    Attributes
    ----------
    mean, std
        Of all values; NaN where some are no finite numbers.
    dead, saturated, blocked
        Shares as in `training.frame.LayerFrame`.
    silent
        Share of units that give 0 for every example, whatever their local derivative: of tanh all are, where every
        weight is 0, and none is dead. None as `dead` is.
    identical
        Whether all units of the layer (more than one) give the same number for every example.
    sum_variance
        Variance of the linear output, before the activation; None until the way back is measured.
    gradient_std
        Standard deviation of dL/dh where a unit Gaussian gradient enters at the last hidden layer.
    weight_gradient_std
        Root of the mean square of dL/dW, which is the mean over the examples.
    """

    name: Message
    units: int
    mean: float
    std: float
    histogram: RowHistogram
    dead: float | None
    silent: float | None
    saturated: float | None
    blocked: float | None
    identical: bool
    sum_variance: float | None = None
    gradient_std: float | None = None
    weight_gradient_std: float | None = None


@dataclass(frozen=True, eq=False)
class Signal:
    """The signal through all hidden layers on `examples` examples.

    `input_gradient_std` is what is left of the gradient at the input; None without hidden layers, or until the way
    back is measured.
    """

    examples: int
    low: float
    high: float
    layers: tuple[LayerSignal, ...]
    input_gradient_std: float | None = None

    @property
    def complete(self) -> bool:
        """Whether the way back is measured too."""
        return self.input_gradient_std is not None or not self.layers


@dataclass(frozen=True, eq=False)
class Theory:
    """What infinitely wide layers of random weights do; all arrays are float64 (layers,).

    `gradient` is dL/dh of each layer, `input_gradient` what reaches the input.
    """

    mean: NDArray[np.float64]
    std: NDArray[np.float64]
    gradient: NDArray[np.float64]
    weight_gradient: NDArray[np.float64]
    input_gradient: float


@dataclass(frozen=True, eq=False)
class Spread:
    """The standard deviations of several draws of the weights.

    Attributes
    ----------
    stds
        float64 (draws, layers).
    """

    stds: NDArray[np.float64]

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.stds)

    @property
    def low(self) -> NDArray[np.float64]:
        """Per layer, what one draw of twenty stays under."""
        return np.asarray(np.quantile(self.stds, 0.05, axis=0))

    @property
    def high(self) -> NDArray[np.float64]:
        """Per layer, what one draw of twenty goes beyond: 9 of 10 draws lie between `low` and this."""
        return np.asarray(np.quantile(self.stds, 0.95, axis=0))


@dataclass(frozen=True, eq=False)
class Reading:
    """What was measured of a recipe; `features` is the width of the input."""

    recipe: Recipe
    signal: Signal
    theory: Theory | None
    features: int
