"""What a run remembers of its losses and accuracies, in bounded memory."""

import numpy as np
from numpy.typing import NDArray

from simulator.training.curves import LossCurve, Readings

BUCKETS = 1024
SMOOTH_POINTS = 300
SMOOTH_SHARE = 40  # the trailing mean takes in one fortieth of the curve
READINGS = 1000


class LossHistory:
    """All losses in at most `BUCKETS` buckets of (least, sum, greatest, count); full buckets merge in pairs."""

    def __init__(self) -> None:
        self.width = 1  # steps a bucket
        self.steps = 0
        self.first_bad_step: int | None = None
        self._used = 0
        self._low = np.full(BUCKETS, np.inf)
        self._high = np.full(BUCKETS, -np.inf)
        self._sum = np.zeros(BUCKETS)
        self._count = np.zeros(BUCKETS, np.int64)

    def append(self, losses: NDArray[np.float64]) -> None:
        """Take in the losses (n,) of the next n steps."""
        finite = np.isfinite(losses)
        if self.first_bad_step is None and not finite.all():
            self.first_bad_step = self.steps + int(np.argmin(finite)) + 1
        while self.steps + losses.size > BUCKETS * self.width:
            self._merge()
        if losses.size == 0:
            return
        bucket = (self.steps + np.arange(losses.size)) // self.width
        starts = np.flatnonzero(np.diff(bucket, prepend=-1))
        at = bucket[starts]
        self._low[at] = np.minimum(self._low[at], np.minimum.reduceat(np.where(finite, losses, np.inf), starts))
        self._high[at] = np.maximum(self._high[at], np.maximum.reduceat(np.where(finite, losses, -np.inf), starts))
        self._sum[at] += np.add.reduceat(np.where(finite, losses, 0.0), starts)
        self._count[at] += np.add.reduceat(finite.astype(np.int64), starts)
        self.steps += losses.size
        self._used = int(bucket[-1]) + 1

    def _merge(self) -> None:
        half = BUCKETS // 2
        for array, join, empty in (
            (self._low, np.minimum, np.inf),
            (self._high, np.maximum, -np.inf),
            (self._sum, np.add, 0),
            (self._count, np.add, 0),
        ):
            array[:half] = join(array[0::2], array[1::2])
            array[half:] = empty
        self.width *= 2
        self._used = (self._used + 1) // 2

    def curve(self) -> LossCurve:
        """Return the curve of all losses so far."""
        used = self._used
        count = self._count[:used]
        step = np.minimum((np.arange(used) + 1) * self.width, self.steps).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(count > 0, self._sum[:used] / count, np.nan)
        low = np.where(count > 0, self._low[:used], np.nan)
        high = np.where(count > 0, self._high[:used], np.nan)
        smooth_step, smooth = self._smooth(step)
        arrays = (step, low, mean, high, smooth_step, smooth)
        for array in arrays:
            array.flags.writeable = False
        return LossCurve(*arrays, self.first_bad_step)

    def _smooth(self, step: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        used = self._used
        reach = max(used // SMOOTH_SHARE, 1)
        sums = np.concatenate([[0.0], np.cumsum(self._sum[:used])])
        counts = np.concatenate([[0], np.cumsum(self._count[:used])])
        last = (
            np.unique(np.linspace(0, used - 1, min(used, SMOOTH_POINTS)).astype(np.int64)) if used else np.zeros(0, int)
        )
        first = np.maximum(last + 1 - reach, 0)
        number = counts[last + 1] - counts[first]
        with np.errstate(divide="ignore", invalid="ignore"):
            smooth = np.where(number > 0, (sums[last + 1] - sums[first]) / number, np.nan)
        return step[last], smooth


class ReadingLog:
    """Accuracies and losses in evaluation mode, one row a reading."""

    def __init__(self) -> None:
        self._rows = np.zeros((64, 6))
        self.count = 0

    def append(self, step: int, epoch: float, values: NDArray[np.float64]) -> None:
        """Take in (training accuracy, validation accuracy, training loss, validation loss) read after `step`."""
        if self.count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self.count] = (step, epoch, *values)
        self.count += 1

    @property
    def last(self) -> NDArray[np.float64] | None:
        """The newest row: step, epoch, the four values; None before the first."""
        return self._rows[self.count - 1] if self.count else None

    def best_validation_loss(self) -> tuple[float, float] | None:
        """Return (epoch, loss) of the least validation loss at a whole epoch; None where nothing validates."""
        rows = self._rows[: self.count]
        rows = rows[(rows[:, 1] % 1 == 0) & np.isfinite(rows[:, 5])]
        if not len(rows):
            return None
        best = rows[int(np.argmin(rows[:, 5]))]
        return float(best[1]), float(best[5])

    def readings(self) -> Readings:
        """Return at most `READINGS` of the readings, evenly spaced, first and last among them."""
        chosen = np.arange(self.count)
        if self.count > READINGS:
            chosen = np.unique(np.linspace(0, self.count - 1, READINGS).astype(np.int64))
        columns = self._rows[chosen].T.copy()
        columns.flags.writeable = False
        return Readings(*columns)
