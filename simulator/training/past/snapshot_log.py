"""The snapshots of a run: dense enough to go back quickly, within the memory they may take."""

import bisect
from collections.abc import Iterator

import numpy as np

from simulator.training.past.thinning import chosen, newest_spacing
from simulator.training.run.snapshot import Snapshot

REPLAY_SECONDS = 0.08  # of training between two snapshots, where memory allows
SHARE = 0.02  # of the time may go into taking them
FIRST = 16  # steps before the first one, when nothing is known of costs
NEVER = 2**62  # steps
SLOWER = 0.05  # weight of a measurement that is slower than before: mostly somebody else was at work


class SnapshotLog:
    """Snapshots in the order of their steps. Step 0 has none: a run begins there anew.

    Attributes
    ----------
    allowance
        Bytes they may take.
    """

    def __init__(self, allowance: int) -> None:
        self.allowance = allowance
        self._kept: list[Snapshot] = []
        self._step_seconds = 0.0
        self._snapshot_seconds = 0.0
        self._size = 0  # bytes of one

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Snapshot]:
        return iter(self._kept)

    @property
    def nbytes(self) -> int:
        """Bytes of all of them."""
        return sum(snapshot.nbytes for snapshot in self._kept)

    def trained(self, steps: int, seconds: float) -> None:
        """Note how long so many steps took."""
        self._step_seconds = _followed(self._step_seconds, seconds / steps)

    @property
    def step_seconds(self) -> float:
        """What a step costs, about; 0 while nothing is known."""
        return self._step_seconds

    def left(self, step: int) -> int:
        """Return how many steps after `step` the next snapshot is due, 1 at the least."""
        last = self._kept[-1].step if self._kept else 0
        return max(last + self._spacing(step) - step, 1)

    def due(self, step: int) -> bool:
        """Tell whether a snapshot should be taken at `step`."""
        last = self._kept[-1].step if self._kept else 0
        return step >= last + self._spacing(step)

    def _spacing(self, step: int) -> int:
        if self._size > self.allowance:
            return NEVER
        if not self._step_seconds:
            return FIRST
        spacing = max(REPLAY_SECONDS, self._snapshot_seconds / SHARE) / self._step_seconds
        if self.nbytes + self._size > self.allowance:
            spacing = max(spacing, newest_spacing(step, self.allowance // self._size))
        return max(int(spacing), 1)

    def add(self, snapshot: Snapshot, seconds: float) -> None:
        """Keep a snapshot that took so long to take, unless there is one of its step, and thin if need be."""
        self._snapshot_seconds = _followed(self._snapshot_seconds, seconds)
        self._size = snapshot.nbytes
        at = bisect.bisect_left(self._kept, snapshot.step, key=lambda kept: kept.step)
        if at == len(self._kept) or self._kept[at].step != snapshot.step:
            self._kept.insert(at, snapshot)
        self.thin()

    def forget_from(self, step: int) -> None:
        """Drop those of this step and later."""
        del self._kept[bisect.bisect_left(self._kept, step, key=lambda kept: kept.step) :]

    def thin(self) -> None:
        """Keep what the allowance has room for."""
        while self._kept and self.nbytes > self.allowance:
            room = min(int(len(self._kept) * self.allowance / self.nbytes), len(self._kept) - 1)
            if room == 0:
                self._kept = []
                break
            # Step 0 stands for the first: every run can begin anew.
            steps = np.array([0, *(snapshot.step for snapshot in self._kept)])
            self._kept = [self._kept[index - 1] for index in chosen(steps, room + 1) if index > 0]

    def share_with(self, other: "SnapshotLog", step: int) -> None:
        """Give another run of the same past the snapshots up to `step`."""
        other._kept = [snapshot for snapshot in self._kept if snapshot.step <= step]
        other._step_seconds, other._snapshot_seconds = self._step_seconds, self._snapshot_seconds
        other._size = self._size
        other.thin()


def _followed(known: float, measured: float) -> float:
    """Return a cost after one more measurement; 0 stands for nothing known."""
    if known == 0 or measured < known:
        return measured
    return (1 - SLOWER) * known + SLOWER * measured
