"""What every learning-rate schedule declares."""

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Kind


class Schedule(Kind, frozen=True):
    """How the learning rate changes while a run trains. It depends on the epoch alone, so a replay gets the same."""

    def factors(self, epochs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the learning rate is multiplied by at each of `epochs` (passes made, with fraction)."""
        raise NotImplementedError(type(self).__name__)
