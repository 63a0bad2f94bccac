"""What every loss declares."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Kind, Passes
from simulator.message import Message


class Loss(Kind, frozen=True):
    """The data loss: the mean over examples. How it computes is in `simulator/kernels` under the same name."""

    passes: ClassVar[Passes | None] = None  # forward and backward as formulas; x are the scores

    def workspace(self, outputs: int, batch: int) -> int:
        """Return how many numbers the kernel needs: two results (loss, number right), then the targets."""
        return 2 + batch

    def untrained(self, classes: int) -> tuple[float, Message]:
        """Return the loss of equal scores for all classes, and its formula: that of weights near 0 (slide F1)."""
        raise NotImplementedError(type(self).__name__)

    def guessing(self, labels: NDArray[np.int64], classes: int) -> tuple[float, Message]:
        """Return the least loss of one answer for all of these examples, and its formula."""
        raise NotImplementedError(type(self).__name__)
