"""How often a live edit reaches the engine while it trains. No Qt."""

import math
import time
from collections.abc import Callable
from typing import Final

PAUSE: Final = 0.25
"""Seconds between two edits: what a slider does meanwhile is taken as one."""


class EditPace:
    """Lets an edit pass, and the next one a quarter of a second later.

    Parameters
    ----------
    clock
        Tells the time, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._passed = -math.inf

    @property
    def is_due(self) -> bool:
        """Whether an edit may pass now."""
        return self._clock() - self._passed >= PAUSE

    def note(self) -> None:
        """Note that an edit passes now."""
        self._passed = self._clock()
