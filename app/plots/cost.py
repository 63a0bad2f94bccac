"""What a plot costs: the window's thread, and for its part of the frames the training thread."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from app.i18n import _
from app.plots.numbers import number

_SHARE: Final = 0.1
"""Of the newest picture in the smoothed cost."""


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
    """Adds up what is spent between two pictures (drawing and all painting), and smooths it."""

    def __init__(self) -> None:
        self._spent = 0.0
        self._smooth: float | None = None

    @property
    def milliseconds(self) -> float | None:
        """A picture's cost; None before the second picture."""
        return None if self._smooth is None else 1000 * self._smooth

    def begin_picture(self) -> None:
        """Close the account of the picture before."""
        if self._spent > 0:
            self._smooth = self._spent if self._smooth is None else self._smooth + _SHARE * (self._spent - self._smooth)
        self._spent = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Put what happens inside on the account."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._spent += time.perf_counter() - began

    def forget(self) -> None:
        """Begin anew: what was measured is of another run."""
        self._spent, self._smooth = 0.0, None
