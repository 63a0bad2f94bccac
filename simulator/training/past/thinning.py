"""Which records of the past to keep when there are too many: all over the run, the older the fewer."""

import numpy as np
from numpy.typing import NDArray

SPREAD = float(np.log(2))


def chosen(steps: NDArray[np.int64], keep: int) -> NDArray[np.int64]:
    """Return the indices of at most `keep` of the rising `steps`; the first and the last are among them.

    The spacing grows with age: at the beginning of the run it is about twice that at the end.
    """
    if steps.size <= keep:
        return np.arange(steps.size)
    if keep <= 1:
        return np.arange(steps.size - keep, steps.size)
    age = (steps[-1] - steps).astype(float)
    place = np.log1p(age / age[0])  # falls from SPREAD to 0
    wanted = np.linspace(SPREAD, 0.0, keep)
    right = np.clip(np.searchsorted(-place, -wanted), 1, steps.size - 1)
    nearer = np.where(place[right - 1] - wanted < wanted - place[right], right - 1, right)
    return np.unique(nearer)


def newest_spacing(length: int, keep: int) -> float:
    """Return how far apart the newest of `keep` records of a run of so many steps are."""
    return length * SPREAD / max(keep, 1)
