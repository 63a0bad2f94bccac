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
    def fresh(cls, steps_per_epoch: int, first_loss: float = np.nan) -> "RuleMemory":
        """Return a memory of nothing but the run's first loss; NaN before there is one."""
        tally = np.zeros(loop.TALLY)
        tally[loop.FIRST_LOSS] = first_loss
        return cls(np.zeros(max(steps_per_epoch, WINDOW)), tally)

    @property
    def first_loss(self) -> float:
        """The loss of the run's first step."""
        return float(self.tally[loop.FIRST_LOSS])

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return self.recent.nbytes + self.tally.nbytes

    def copy(self) -> "RuleMemory":
        """Return a memory of its own: the machine writes into these arrays."""
        return RuleMemory(self.recent.copy(), self.tally.copy())
