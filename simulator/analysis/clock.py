"""Long measurements can be stopped, watched and capped: the clock that they look at."""

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that what has a clock need not bring numba
    from simulator.training.trainer import Trainer

Stop = Callable[[], bool]
"""Asked again and again while a measurement runs; True ends it."""
Progress = Callable[[float], None]
"""Told the share that is done, from 0 to 1."""

CHUNK_SECONDS = 0.1  # how often the clock is looked at while a network trains


class Clock:
    """Says when a measurement has to end.

    Parameters
    ----------
    cap
        Seconds it may take, counted from the last `begin`.
    stop, progress
        What the caller asks for; None = never stopped, nobody told.
    """

    def __init__(self, cap: float = math.inf, stop: Stop | None = None, progress: Progress | None = None) -> None:
        self.cap = cap
        self.stopped = False
        self._stop = stop
        self._progress = progress
        self._began = time.perf_counter()

    def begin(self) -> None:
        """Count the cap from now: loading data and compiling kernels are no part of the measurement."""
        self._began = time.perf_counter()

    @property
    def left(self) -> float:
        """Seconds that are left of the cap."""
        return self._began + self.cap - time.perf_counter()

    @property
    def over(self) -> bool:
        """Whether the caller has stopped the measurement, or the cap is used up."""
        if self._stop is not None and self._stop():
            self.stopped = True
        return self.stopped or self.left <= 0

    def report(self, share: float) -> None:
        """Tell the caller how much is done."""
        if self._progress is not None:
            self._progress(min(max(share, 0.0), 1.0))

    def part(self, share: float) -> "Clock":
        """Return a clock for a part of the measurement that may use `share` of the seconds left."""
        return Clock(self.left * share, self._stop)


def advance(trainer: "Trainer", steps: int, clock: Clock, longest: int = 100_000) -> bool:
    """Train for `steps` steps, or to the run's own end; return False where the clock ended it first.

    Parameters
    ----------
    longest
        The most steps between two looks at the clock.
    """
    chunk, left = 1, steps
    while left > 0 and trainer.ending is None:
        if clock.over:
            return False
        began = time.perf_counter()
        left -= trainer.advance(min(chunk, left))[0].size
        spent = time.perf_counter() - began
        chunk = max(1, min(int(chunk * CHUNK_SECONDS / max(spent, 1e-6)), 2 * chunk, longest))
    return True
