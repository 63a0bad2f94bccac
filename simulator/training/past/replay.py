"""Back to a past step, exactly: from the nearest snapshot, by training again under the run's edit log."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.experiment.run import Run
from simulator.training.run.setting import Setting
from simulator.training.run.snapshot import Snapshot
from simulator.training.run.trainer import Trainer

SLICE = 0.02  # seconds between two looks at whether it is still wanted
LONGEST = 0.005  # seconds of one call of the trainer, about


@dataclass(frozen=True, eq=False)
class Past:
    """What of a run can be gone back to. Nothing in it changes, so any thread may use it.

    Attributes
    ----------
    run
        The experiment and the edits made.
    snapshots
        In the order of their steps.
    newest
        Updates made.
    """

    run: Run
    setting: Setting
    dtype: np.dtype[Any]
    snapshots: tuple[Snapshot, ...]
    newest: int

    def replay(self, step: int) -> "Replay":
        """Return the way to the state after `step` updates."""
        if not 0 <= step <= self.newest:
            raise ValueError(f"step {step} is not between 0 and {self.newest}")
        return Replay(self, step)

    def restored(
        self,
        step: int,
        progress: Callable[[float], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Trainer | None:
        """Return a trainer of its own after `step` updates; None where `stop` said so on the way.

        Parameters
        ----------
        progress
            Told the share that is done, from 0 to 1.
        stop
            Asked again and again; True ends it.
        """
        replay = self.replay(step)
        while not replay.work(SLICE):
            if stop is not None and stop():
                return None
            if progress is not None:
                progress(replay.share)
        return replay.trainer


class Replay:
    """One way back, in slices. The last update is made again, so that a frame knows its size.

    Attributes
    ----------
    step
        Where it leads to.
    """

    def __init__(self, past: Past, step: int) -> None:
        self.step = step
        self._past = past
        self._trainer: Trainer | None = None
        self._begin = 0
        self._seconds = 0.0

    @property
    def trainer(self) -> Trainer:
        """The trainer, once it is there."""
        assert self._trainer is not None
        return self._trainer

    @property
    def share(self) -> float:
        """The share that is done, from 0 to 1."""
        if self._trainer is None:
            return 0.0
        return 1.0 if self.step == self._begin else (self._trainer.step - self._begin) / (self.step - self._begin)

    @property
    def seconds_left(self) -> float | None:
        """How long it will still take; None while nothing is known."""
        if self._trainer is None or self._trainer.step == self._begin:
            return None
        made = self._trainer.step - self._begin
        return self._seconds / made * (self.step - self._trainer.step)

    def work(self, seconds: float) -> bool:
        """Go on for about so long; tell whether it is done."""
        if self._trainer is None:
            self._trainer = self._start()
            self._begin = self._trainer.step
            return self._trainer.step >= self.step
        trainer, began, chunk = self._trainer, time.perf_counter(), 1
        while trainer.step < self.step:
            now = time.perf_counter()
            losses, _ = trainer.advance(min(chunk, self.step - trainer.step), beyond=True, measure=True)
            if losses.size == 0:
                raise RuntimeError(f"the replay came to step {trainer.step}, and not to {self.step}")
            spent = time.perf_counter() - now
            chunk = max(1, min(int(chunk * LONGEST / max(spent, 1e-6)), 4 * chunk))
            if now + spent - began >= seconds:
                break
        self._seconds += time.perf_counter() - began
        return trainer.step >= self.step

    def _start(self) -> Trainer:
        past = self._past
        earlier = [snapshot for snapshot in past.snapshots if snapshot.step < self.step]
        start = earlier[-1] if earlier else None
        return Trainer(past.run, past.dtype.type, past.setting, start)
