"""What cross-validation finds: scores of the folds and of the single split."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Score:
    """One training, judged on the examples that it did not see.

    Attributes
    ----------
    accuracy, loss
        On all validation examples; data loss.
    examples
        How many those are.
    error
        Standard error of the accuracy that so few examples leave: sqrt(p (1 - p) / n).
    diverged
        Whether the run left the road; its accuracy is then that of the broken network.
    """

    accuracy: float
    loss: float
    examples: int
    diverged: bool
    seconds: float

    @property
    def error(self) -> float:
        """Standard error of the accuracy."""
        return float(np.sqrt(self.accuracy * (1 - self.accuracy) / self.examples)) if self.examples else np.nan


@dataclass(frozen=True)
class CrossValidation:
    """Scores of the folds and of the experiment's own split; None where it has no validation examples or was stopped.

    `complete` tells whether all trainings were made; `epochs` is how many each of them was given.
    """

    folds: tuple[Score, ...]
    single: Score | None
    epochs: int
    seconds: float
    complete: bool

    @property
    def mean(self) -> float:
        """Mean accuracy of the folds; NaN without any."""
        return float(np.mean([fold.accuracy for fold in self.folds])) if self.folds else np.nan

    @property
    def spread(self) -> float:
        """Standard deviation of the folds' accuracies (over n - 1); NaN with fewer than two."""
        return float(np.std([fold.accuracy for fold in self.folds], ddof=1)) if len(self.folds) > 1 else np.nan
