"""The losses of a run: the newest whole, all of them in buckets."""

from copy import deepcopy

import numpy as np
from numpy.typing import NDArray

from simulator.training.frames.curves import LossCurve
from simulator.training.run.history import LossHistory, smoothed

WHOLE = 100_000  # of the newest steps are kept one by one
SPARE = 25_000  # further steps of room, so that the oldest are dropped seldom
RECENT, MOST_RECENT = 500, 2000  # steps of the recent curve, at least and at most


class LossLog:
    """Data loss and penalty of every step; a log may begin later than the run does.

    Parameters
    ----------
    start
        Steps made before the first loss that will be taken in.
    """

    def __init__(self, start: int = 0) -> None:
        self._all = LossHistory(start)
        self._data: LossHistory | None = None  # from the first penalty on: before it, both are one curve
        self._whole = np.zeros((2, 0))
        self._used = 0

    @property
    def steps(self) -> int:
        """Steps whose losses were taken in, and those before the start."""
        return self._all.steps

    @property
    def first_bad_step(self) -> int | None:
        """The first step whose loss was not finite, or None."""
        return self._all.first_bad_step

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return self._whole.nbytes + self._all.nbytes + (self._data.nbytes if self._data else 0)

    def append(self, data: NDArray[np.float64], penalties: NDArray[np.float64]) -> None:
        """Take in the data losses and penalties (n,) of the next n steps."""
        if self._data is None and np.any(penalties):
            self._data = deepcopy(self._all)
        self._all.append(data + penalties)
        if self._data is not None:
            self._data.append(data)
        self._keep(np.stack([data, penalties])[:, -WHOLE:])

    def _keep(self, pair: NDArray[np.float64]) -> None:
        used, room, more = self._used, self._whole.shape[1], pair.shape[1]
        if used + more > room:
            stay = min(used, WHOLE)
            wanted = min(max(2 * (stay + more), 1024), WHOLE + SPARE)
            fresh = np.empty((2, max(wanted, stay + more)))
            fresh[:, :stay] = self._whole[:, used - stay : used]
            self._whole, used = fresh, stay
        self._whole[:, used : used + more] = pair
        self._used = used + more

    def newest(self, count: int = WHOLE) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return copies of the data losses and penalties of the newest `count` steps, or of as many as are kept."""
        count = min(count, self._used, WHOLE)
        pair = self._whole[:, self._used - count : self._used].copy()
        pair.flags.writeable = False
        return pair[0], pair[1]

    def curve(self) -> LossCurve:
        """Return the curve of all losses, penalty included."""
        return self._all.curve()

    def curves(self) -> tuple[LossCurve, LossCurve]:
        """Return the curves of all losses and of all data losses: one curve where nothing was penalised."""
        curve = self._all.curve()
        return curve, curve if self._data is None else self._data.curve()

    def recent(self, epoch: int) -> LossCurve:
        """Return the losses of the last `epoch` steps, 500 at least and 2,000 at most, one point a step."""
        data, penalties = self.newest(min(max(epoch, RECENT), MOST_RECENT))
        losses = data + penalties
        step = np.arange(self.steps - losses.size, self.steps, dtype=np.float64) + 1
        finite = np.isfinite(losses)
        mean = np.where(finite, losses, np.nan)
        smooth_step, smooth = smoothed(step, np.where(finite, losses, 0.0), finite.astype(np.int64))
        for array in (step, mean, smooth_step, smooth):
            array.flags.writeable = False
        return LossCurve(step, mean, mean, mean, smooth_step, smooth, self.first_bad_step)

    def upto(self, step: int) -> "LossLog":
        """Return a log of the first `step` steps; losses that are no longer there whole stay in their buckets."""
        log = LossLog()
        data, penalties = self.newest()
        first = self.steps - data.size  # steps before the first that is whole
        count = min(max(step - first, 0), data.size)
        data, penalties = data[:count], penalties[:count]
        log._all = self._all.upto(step, data + penalties)
        log._data = None if self._data is None else self._data.upto(step, data)
        log._keep(np.stack([data, penalties]))
        return log
