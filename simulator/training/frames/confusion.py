"""Which class a network takes for which, at one step. All arrays are read-only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Confusion:
    """Every example of a sample with the network's answer, in evaluation mode.

    Attributes
    ----------
    counts
        int64, shape (classes, classes): examples of class i (row) that the network takes for class j (column).
    sample
        int64, shape (n,): which examples of the data set were asked; at most 1,000.
    labels, answers
        int16, shape (n,): the class of each, and the one the network names; -1 where its scores are no finite numbers.
    chosen, true
        float32, shape (n,): probability (softmax) that the network gives its answer, and the example's class.
    one
        float32, shape (classes,): the probabilities of all classes for the first example of the sample; NaN where its
        scores are no finite numbers.
    validates
        Whether the sample validates; else it is of the training set, because nothing validates.
    """

    counts: NDArray[np.int64]
    sample: NDArray[np.int64]
    labels: NDArray[np.int16]
    answers: NDArray[np.int16]
    chosen: NDArray[np.float32]
    true: NDArray[np.float32]
    one: NDArray[np.float32]
    validates: bool

    @property
    def right(self) -> int:
        """How many answers are right."""
        return int(np.trace(self.counts))

    @property
    def unanswered(self) -> int:
        """How many examples have no answer, because the scores are no finite numbers."""
        return int(self.sample.size - self.counts.sum())

    @property
    def worst(self) -> tuple[int, int] | None:
        """The commonest mistake, (class, answer); None where all answers are right."""
        mistakes = self.counts - np.diag(np.diag(self.counts))
        if not mistakes.any():
            return None
        row, column = divmod(int(mistakes.argmax()), len(mistakes))
        return row, column

    def of(self, label: int, answer: int) -> NDArray[np.int64]:
        """Return the places in `sample` of one cell: mistakes the surest first, right answers the least sure first."""
        found = np.flatnonzero((self.labels == label) & (self.answers == answer))
        sure = self.chosen[found]
        return found[np.argsort(sure if label == answer else -sure, kind="stable")]
