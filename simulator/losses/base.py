"""What every loss declares."""

from typing import ClassVar

from simulator.declaration import Kind, Passes
from simulator.message import Message


class Loss(Kind, frozen=True):
    """The data loss: the mean over examples. How it computes is in `simulator/kernels` under the same name."""

    passes: ClassVar[Passes | None] = None  # forward and backward as formulas; x are the scores

    def workspace(self, outputs: int, batch: int) -> int:
        """Return how many numbers the kernel needs: two results (loss, number right), then the targets."""
        return 2 + batch

    def untrained(self, classes: int) -> tuple[float, Message]:
        """Return the loss of a network that knows nothing, and its formula (slide F1)."""
        raise NotImplementedError(type(self).__name__)
