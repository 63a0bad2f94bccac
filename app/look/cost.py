"""What a plot costs: the window's thread, and for its part of the frames the training thread."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from app.look.numbers import number
from app.system.i18n import _

_SHARE: Final = 0.1
"""Of the newest picture in the smoothed cost."""
_FINE: Final = 1e-4
# the thread's own time leaves out what it waits for others; on some systems it moves in steps of 16 ms
_now = time.thread_time if time.get_clock_info("thread_time").resolution < _FINE else time.perf_counter


@dataclass(frozen=True)
class Cost:
    """Milliseconds a frame: to draw and paint it, and to compute its part while training; None where it has none."""

    drawing: float
    training: float | None = None

    def words(self) -> str:
        """Return the cost in short."""
        drawing = number(self.drawing, 2)
        if self.training is None:
            return _("{drawing} ms a frame").format(drawing=drawing)
        return _("{drawing} + {training} ms a frame").format(drawing=drawing, training=number(self.training, 2))

    def sentence(self) -> str:
        """Return what the numbers are."""
        drawing = number(self.drawing, 2)
        if self.training is None:
            return _("Measured: drawing a frame takes {drawing} ms.").format(drawing=drawing)
        return _("Measured: drawing a frame takes {drawing} ms, computing it while training {training} ms.").format(
            drawing=drawing, training=number(self.training, 2)
        )


class CostMeter:
    """Measures what a picture costs: drawing it, and the first painting after it; smoothed."""

    def __init__(self) -> None:
        self._spent = 0.0
        self._smooth: float | None = None
        self._to_paint = False

    @property
    def milliseconds(self) -> float | None:
        """A picture's cost; None before the first one was painted."""
        return None if self._smooth is None else 1000 * self._smooth

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Measure the drawing of a picture."""
        began = _now()
        yield
        self._spent = _now() - began
        self._to_paint = True

    @contextmanager
    def painting(self) -> Iterator[None]:
        """Measure a painting; those that no picture asked for do not count."""
        began = _now()
        yield
        if self._to_paint:
            self._to_paint = False
            spent = self._spent + _now() - began
            self._smooth = spent if self._smooth is None else self._smooth + _SHARE * (spent - self._smooth)

    def forget(self) -> None:
        """Begin anew: what was measured is of another run."""
        self._smooth, self._to_paint = None, False
