"""What is known of a run over time. All arrays are read-only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LossCurve:
    """Losses of a stretch of steps, float64 arrays of one length: one point a step, or in at most 1,024 buckets.

    Attributes
    ----------
    step
        The last step of each bucket, counted from 1.
    low, mean, high
        Least, mean and greatest finite loss of the bucket; NaN where it has none.
    smooth_step, smooth
        At most 300 points of a trailing mean.
    first_bad_step
        The first step whose loss is not finite, or None.
    """

    step: NDArray[np.float64]
    low: NDArray[np.float64]
    mean: NDArray[np.float64]
    high: NDArray[np.float64]
    smooth_step: NDArray[np.float64]
    smooth: NDArray[np.float64]
    first_bad_step: int | None

    @classmethod
    def empty(cls) -> "LossCurve":
        """Return a curve of no step."""
        return cls(*(np.zeros(0),) * 6, None)


@dataclass(frozen=True, eq=False)
class Readings:
    """Accuracies (0..1) and data losses in evaluation mode, at step 0, at each epoch end and at the end.

    Of the examples that `Samples` counts.
    float64 arrays of one length; the validation ones are NaN where nothing validates.
    """

    step: NDArray[np.float64]
    epoch: NDArray[np.float64]
    training_accuracy: NDArray[np.float64]
    validation_accuracy: NDArray[np.float64]
    training_loss: NDArray[np.float64]
    validation_loss: NDArray[np.float64]


@dataclass(frozen=True)
class Samples:
    """On how many examples accuracies are read.

    Attributes
    ----------
    training, validation
        Examples of each split that `Readings` are of.
    all_training, all_validation
        Examples of each split.
    """

    training: int
    validation: int
    all_training: int
    all_validation: int

    @property
    def are_all(self) -> bool:
        """Whether every example of both splits is read."""
        return (self.training, self.validation) == (self.all_training, self.all_validation)


@dataclass(frozen=True)
class WholeReading:
    """Accuracies (0..1) and data losses of ALL examples of both splits, in evaluation mode, after `step` updates.

    For display alone: rules, the gap and the doctor go by `Readings`. NaN where nothing validates.
    """

    step: int
    epoch: float
    training_accuracy: float
    validation_accuracy: float
    training_loss: float
    validation_loss: float
    training_examples: int
    validation_examples: int


METERS = (
    "dead",
    "saturated",
    "blocked",
    "update_ratio",
    "weight_gradient",
    "output_gradient",
    "mean",
    "std",
)
"""What a track holds of each layer."""


@dataclass(frozen=True, eq=False)
class Track:
    """The meters of all recorded frames, oldest first: k frames of n layers (input, cards in order, output).

    Attributes
    ----------
    step
        int64, shape (k,).
    epoch
        float64, shape (k,): passes over the training set, with fraction.
    dead, saturated, blocked, update_ratio, mean, std
        float32, shape (k, n), as in `LayerFrame`; NaN where it has None.
    weight_gradient, output_gradient
        float32, shape (k, n): root of the mean square; NaN where the layer has none.
    """

    step: NDArray[np.int64]
    epoch: NDArray[np.float64]
    dead: NDArray[np.float32]
    saturated: NDArray[np.float32]
    blocked: NDArray[np.float32]
    update_ratio: NDArray[np.float32]
    weight_gradient: NDArray[np.float32]
    output_gradient: NDArray[np.float32]
    mean: NDArray[np.float32]
    std: NDArray[np.float32]

    @classmethod
    def empty(cls) -> "Track":
        """Return a track of no frame."""
        nothing = np.zeros((0, 0), np.float32)
        return cls(np.zeros(0, np.int64), np.zeros(0), *(nothing,) * len(METERS))
