"""Long measurements can be stopped and watched. How much they measure is counted: no result depends on the time."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that what has a clock need not bring numba
    from simulator.training.run.trainer import Trainer

Stop = Callable[[], bool]
"""Asked again and again while a measurement runs; True ends it."""
Progress = Callable[[float], None]
"""Told the share that is done, from 0 to 1."""

CHUNK_SECONDS = 0.1  # how often the caller is asked while a network trains


class Clock:
    """Asks whether a measurement has to end, and tells how far it has come.

    Parameters
    ----------
    stop, progress
        What the caller asks for; None = never stopped, nobody told.
    """

    def __init__(self, stop: Stop | None = None, progress: Progress | None = None) -> None:
        self.stopped = False
        self._stop = stop
        self._progress = progress

    @property
    def over(self) -> bool:
        """Whether the caller has stopped the measurement."""
        if self._stop is not None and self._stop():
            self.stopped = True
        return self.stopped

    def report(self, share: float) -> None:
        """Tell the caller how much is done."""
        if self._progress is not None:
            self._progress(min(max(share, 0.0), 1.0))

    def part(self, first: float, last: float) -> "Clock":
        """Return a clock for the part of the measurement between two shares of it."""
        return Clock(lambda: self.over, lambda share: self.report(first + (last - first) * share))


def advance(trainer: "Trainer", steps: int, clock: Clock, longest: int = 100_000) -> bool:
    """Train for `steps` steps, or to the run's own end; return False where it was stopped first.

    Parameters
    ----------
    longest
        The most steps between two questions whether to go on.
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
