"""What the divergence rule remembers from step to step; the rule itself is in `machine.loop`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.machine import loop

WINDOW = 100  # steps the rule looks back on, at least


@dataclass(frozen=True, eq=False)
class RuleMemory:
    """The losses of the last steps, and sums over them.

    Attributes
    ----------
    recent
        float64 (window,): the window is one epoch, 100 steps at the least.
    tally
        float64: see `machine.loop`.
    """

    recent: NDArray[np.float64]
    tally: NDArray[np.float64]

    @classmethod
    def fresh(cls, steps_per_epoch: int, initial_loss: float = np.nan) -> "RuleMemory":
        """Return a memory of nothing but the run's initial loss; NaN before it is known."""
        tally = np.zeros(loop.TALLY)
        tally[loop.INITIAL_LOSS] = initial_loss
        return cls(np.zeros(max(steps_per_epoch, WINDOW)), tally)

    @property
    def initial_loss(self) -> float:
        """The loss that the mean is held against: that of the untrained network on the whole training set."""
        return float(self.tally[loop.INITIAL_LOSS])

    def hold_against(self, loss: float) -> None:
        """Make `loss` the initial loss."""
        self.tally[loop.INITIAL_LOSS] = loss

    @property
    def mean(self) -> float:
        """The mean loss that was judged last; NaN where the window was not full."""
        return float(self.tally[loop.MEAN])

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return self.recent.nbytes + self.tally.nbytes

    def copy(self) -> "RuleMemory":
        """Return a memory of its own: the machine writes into these arrays."""
        return RuleMemory(self.recent.copy(), self.tally.copy())
