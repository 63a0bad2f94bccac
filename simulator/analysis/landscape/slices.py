"""Cuts through the loss over the weights: along a line between two steps, and over a plane. Arrays are read-only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LossLine:
    """The data loss at W(first) + share x (W(last) - W(first)).

    Attributes
    ----------
    first, last
        The two steps.
    shares
        Shape (points,), rising; 0 is the first step, 1 the last.
    training, validation
        Mean data losses there, shape (points,); validation is NaN where nothing validates.
    examples, held
        How many training and validation examples were asked.
    distance
        Euclidean length of W(last) - W(first).
    """

    first: int
    last: int
    shares: Real
    training: Real
    validation: Real
    examples: int
    held: int
    distance: float

    @property
    def barrier(self) -> float:
        """How far the training loss between the two steps rises above the straight line between their losses."""
        inside = (self.shares >= 0) & (self.shares <= 1)
        at = self.shares[inside]
        ends = np.interp([0.0, 1.0], self.shares, self.training)
        return float(np.max(self.training[inside] - (ends[0] + at * (ends[1] - ends[0]))))


@dataclass(frozen=True, eq=False)
class LossPlane:
    """The data loss at W + a x d1 + b x d2 with two random directions, each unit's as long as its weights.

    Attributes
    ----------
    step
        Where W is taken.
    places
        Shape (points,): a and b, rising; 0 is W, 1 as far as each unit's weights are long.
    losses
        Shape (points, points): mean data loss of training examples; row i is b = places[i]. NaN where not measured yet.
    examples
        How many training examples were asked.
    """

    step: int
    places: Real
    losses: Real
    examples: int

    @property
    def centre(self) -> float:
        """The loss at W itself."""
        middle = self.places.size // 2
        return float(self.losses[middle, middle])

    @property
    def lowest(self) -> float:
        """The least loss on the plane."""
        return float(np.nanmin(self.losses))

    @property
    def highest(self) -> float:
        """The largest loss on the plane."""
        return float(np.nanmax(self.losses))
