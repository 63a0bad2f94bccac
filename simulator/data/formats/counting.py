"""Which columns of a table only count its rows up: an Id, never a feature."""

import numpy as np
from numpy.typing import NDArray

FEWEST_ROWS = 10  # fewer may count up by chance
MOST_GAPS = 1.5  # numbers a row: deleted rows leave gaps


class Counting:
    """Sees a table block by block.

    A column counts the rows if its values are whole, grow from each row to the next, and leave few numbers out.
    The first row is passed over, because it may hold names.
    """

    def __init__(self) -> None:
        self._rows = -1
        self._first: NDArray[np.float64] = np.zeros(0)
        self._last: NDArray[np.float64] | None = None
        self._counts: NDArray[np.bool_] = np.zeros(0, bool)

    def take(self, block: NDArray[np.float64]) -> None:
        """See the next rows (n, d), in double precision: an Id may be long."""
        if self._rows < 0:
            block = block[1:]
            self._rows = 0
        if not len(block):
            return
        if self._last is None:
            self._first, self._last = block[0], block[0] - 1
            self._counts = np.ones(block.shape[1], bool)
        with np.errstate(invalid="ignore", over="ignore"):
            whole = (block == np.floor(block)).all(axis=0)
            steps = np.diff(block, axis=0, prepend=self._last[np.newaxis])
        self._counts &= whole & (steps > 0).all(axis=0)
        self._last = block[-1]
        self._rows += len(block)

    def columns(self) -> NDArray[np.int64]:
        """Return the places of the columns that count the rows."""
        if self._last is None or self._rows < FEWEST_ROWS - 1:
            return np.zeros(0, np.int64)
        return np.flatnonzero(self._counts & (self._last - self._first < MOST_GAPS * self._rows))
