"""What a run remembers of its losses and accuracies, in bounded memory."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.training.frames.curves import LossCurve, Readings

BUCKETS = 1024  # points of a curve, at most
FINE = 8192  # buckets that are kept, so that an early stretch of a long run has points too
SMOOTH_POINTS = 300
SMOOTH_SHARE = 40  # the trailing mean takes in one fortieth of the curve
READINGS = 1000  # points of the curves of accuracies, at most
READINGS_KEPT = 8192


class LossHistory:
    """All losses in at most `FINE` buckets of (least, sum, greatest, count); full buckets merge in pairs.

    Parameters
    ----------
    start
        Steps made before the first loss that will be taken in; their buckets stay empty.
    """

    def __init__(self, start: int = 0) -> None:
        self.width = 1  # steps a bucket
        self.steps = 0
        self.first_bad_step: int | None = None
        self._used = 0
        self._low = np.full(FINE, np.inf)
        self._high = np.full(FINE, -np.inf)
        self._sum = np.zeros(FINE)
        self._count = np.zeros(FINE, np.int64)
        self._skip(start)

    @property
    def nbytes(self) -> int:
        """Bytes of the buckets."""
        return sum(array.nbytes for array in (self._low, self._high, self._sum, self._count))

    def _skip(self, steps: int) -> None:
        """Go on `steps` steps whose losses are not known."""
        while self.steps + steps > FINE * self.width:
            self._merge()
        self.steps += steps
        self._used = -(-self.steps // self.width)

    def append(self, losses: NDArray[np.float64]) -> None:
        """Take in the losses (n,) of the next n steps."""
        finite = np.isfinite(losses)
        if self.first_bad_step is None and not finite.all():
            self.first_bad_step = self.steps + int(np.argmin(finite)) + 1
        while self.steps + losses.size > FINE * self.width:
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
        half = FINE // 2
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

    def upto(self, step: int, whole: NDArray[np.float64]) -> "LossHistory":
        """Return the history of the first `step` steps, whose last `whole.size` losses are given one by one."""
        known = step - whole.size
        if known == 0:
            history = LossHistory()
            history.append(whole)
            return history
        history = LossHistory()
        history.width = self.width
        full = step // self.width  # buckets that end by then
        for ours, theirs in zip(history._arrays(), self._arrays(), strict=True):
            ours[:full] = theirs[:full]
        history.steps, history._used = full * self.width, full
        if history.steps >= known:
            history.append(whole[history.steps - known :])
        else:
            history._skip(step - history.steps)
        bad = self.first_bad_step
        history.first_bad_step = None if bad is None or bad > step else bad
        return history

    def _arrays(self) -> tuple[NDArray[Any], ...]:
        return self._low, self._high, self._sum, self._count

    def curve(self) -> LossCurve:
        """Return the curve of all losses so far, in at most `BUCKETS` points."""
        group = 1
        while -(-self._used // group) > BUCKETS:
            group *= 2
        used = -(-self._used // group)
        joins = (np.minimum, np.maximum, np.add, np.add)
        low, high, sums, count = (
            reduce(join, (array[at : used * group : group] for at in range(group)))
            for join, array in zip(joins, self._arrays(), strict=True)
        )
        step = np.minimum((np.arange(used) + 1) * self.width * group, self.steps).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(count > 0, sums / count, np.nan)
        low, high = np.where(count > 0, low, np.nan), np.where(count > 0, high, np.nan)
        arrays = (step, low, mean, high, *smoothed(step, sums, count))
        for array in arrays:
            array.flags.writeable = False
        return LossCurve(*arrays, self.first_bad_step)


def smoothed(
    step: NDArray[np.float64], sums: NDArray[np.float64], count: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return steps and a trailing mean over a fortieth of the buckets of these sums and counts, in few points."""
    used = step.size
    reach = max(used // SMOOTH_SHARE, 1)
    sums, counts = np.concatenate([[0.0], np.cumsum(sums)]), np.concatenate([[0], np.cumsum(count)])
    last = np.linspace(0, used - 1, min(used, SMOOTH_POINTS)).astype(np.int64)
    first = np.maximum(last + 1 - reach, 0)
    number = counts[last + 1] - counts[first]
    with np.errstate(divide="ignore", invalid="ignore"):
        smooth = np.where(number > 0, (sums[last + 1] - sums[first]) / number, np.nan)
    return step[last], smooth


@dataclass(frozen=True)
class ReadingMemory:
    """What early stopping needs of the readings: the best (epoch, validation loss), and the newest row."""

    best: tuple[float, float] | None = None
    last: tuple[float, ...] | None = None


class ReadingLog:
    """Accuracies and losses in evaluation mode, one row a reading: step, epoch, two accuracies, two losses.

    Over `READINGS_KEPT` rows every second one is dropped, but never what early stopping needs.
    """

    def __init__(self, memory: ReadingMemory | None = None) -> None:
        self._rows = np.zeros((64, 6))
        self.count = 0
        self._best: tuple[float, float] | None = None
        if memory is not None and memory.last is not None:
            self._put(memory.last)
            self._best = memory.best

    @property
    def nbytes(self) -> int:
        """Bytes of the rows."""
        return self._rows.nbytes

    def append(self, step: int, epoch: float, values: NDArray[np.float64]) -> None:
        """Take in (training accuracy, validation accuracy, training loss, validation loss) read after `step`."""
        if self.count == READINGS_KEPT:
            kept = np.append(np.arange(0, self.count - 1, 2), self.count - 1)
            self._rows[: kept.size] = self._rows[kept]
            self.count = kept.size
        self._put((step, epoch, *values))
        loss = float(values[3])
        whole = epoch % 1 == 0 and np.isfinite(loss)
        if whole and (self._best is None or loss < self._best[1]):
            self._best = float(epoch), loss

    def correct(self, step: int, read: Callable[[int], NDArray[np.float64]]) -> None:
        """Read again what was read at this very step, if anything was: a weight was set by hand since.

        Early stopping goes on with what was read before, but for step 0, where a run begins with that weight.
        """
        if not self.count or self._rows[self.count - 1, 0] != step:
            return
        row = self._rows[self.count - 1]
        row[2:] = read(step)
        if step == 0:
            self._best = (0.0, float(row[5])) if np.isfinite(row[5]) else None

    def _put(self, row: tuple[float, ...]) -> None:
        if self.count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self.count] = row
        self.count += 1

    @property
    def last(self) -> NDArray[np.float64] | None:
        """The newest row: step, epoch, the four values; None before the first."""
        return self._rows[self.count - 1] if self.count else None

    @property
    def memory(self) -> ReadingMemory:
        """What early stopping needs, as a copy."""
        return ReadingMemory(self._best, None if self.last is None else tuple(self.last.tolist()))

    def best_validation_loss(self) -> tuple[float, float] | None:
        """Return (epoch, loss) of the least validation loss at a whole epoch; None where nothing validates."""
        return self._best

    def upto(self, step: int, memory: ReadingMemory) -> "ReadingLog":
        """Return a log of the readings up to `step`, with what early stopping knew then."""
        log = ReadingLog()
        log.count = int(np.searchsorted(self._rows[: self.count, 0], step, side="right"))
        log._rows = self._rows[: max(log.count, 1)].copy()
        log._best = memory.best
        return log

    def readings(self) -> Readings:
        """Return at most `READINGS` of the readings, evenly spaced, first and last among them."""
        chosen = np.arange(self.count)
        if self.count > READINGS:
            chosen = np.unique(np.linspace(0, self.count - 1, READINGS).astype(np.int64))
        columns = self._rows[chosen].T.copy()
        columns.flags.writeable = False
        return Readings(*columns)
