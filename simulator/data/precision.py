"""Whether 32 bits hold a table: a column far from 0, or of tiny numbers, keeps few digits of its own in them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LOST = 1e-6  # of a column's range: no more may be lost to rounding
LEAST_RANGE, LARGEST = 1e-30, 1e30  # beyond them 32 bits come to their own ends on the way


def outgrows_32_bits(features: NDArray[Any]) -> bool:
    """Tell whether 32-bit arithmetic moves numbers of a column by over a millionth of the column's range.

    Parameters
    ----------
    features
        (examples, features); bytes never do.
    """
    if features.dtype == np.uint8 or not features.size:
        return False
    low, high = features.min(axis=0).astype(np.float64), features.max(axis=0).astype(np.float64)
    size, spread = np.maximum(np.abs(low), np.abs(high)), high - low
    moved = 0.5 * np.finfo(np.float32).eps * size
    lost = (moved > LOST * spread) | (spread < LEAST_RANGE) | (size > LARGEST)
    return bool((lost & (spread > 0)).any())


def in_32_bits(features: NDArray[Any]) -> NDArray[np.float32] | NDArray[np.float64]:
    """Return float64 features that need their 64 bits as they are, others in float32."""
    if features.dtype == np.float64 and outgrows_32_bits(features):
        return features
    return features.astype(np.float32, copy=False)
