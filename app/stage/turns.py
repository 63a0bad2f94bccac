"""Which views draw a picture now: the large one often, the others in turn, as the window's thread can afford it."""

import time
from collections.abc import Callable, Iterable
from typing import Final

MOST_BUSY: Final = 0.40
"""Share of a core that the window's thread may be busy; a little under what is promised."""
BUDGET: Final = 0.012
"""Seconds of work after which a tick leaves the other views to the next."""
RAREST: Final = {True: 1 / 8, False: 1 / 2}
"""Seconds between two pictures of a view under the greatest strain; True for the large one."""
WINDOW: Final = 0.25
"""Seconds over which the share is measured."""
STIFF: Final = 0.5
"""How much of what a measurement asks for is followed."""

Clock = Callable[[], float]


class Turns:
    """While there is time, every view draws every picture; under strain they become rarer, never fewer.

    Parameters
    ----------
    clock, busy
        Seconds that pass, and seconds that this thread worked.
    """

    def __init__(self, clock: Clock = time.monotonic, busy: Clock = time.thread_time) -> None:
        self._clock, self._busy = clock, busy
        self._drawn: dict[str, float] = {}
        self._since: tuple[float, float] | None = None
        self.strain = 0.0
        """From 0 (everything is drawn) to 1 (as rarely as is allowed)."""

    def calm(self) -> None:
        """Nothing moves any more: begin anew with the next picture."""
        self._since = None
        self.strain = 0.0
        self._drawn.clear()

    def draw(self, views: Iterable[str], large: str, draw: Callable[[str], None]) -> bool:
        """Call `draw` for the views whose turn it is, the large one first; tell whether others were left out."""
        now, began = self._clock(), self._busy()
        self._measure(now, began)
        waited = {view: now - self._drawn.get(view, float("-inf")) for view in views}
        due = [view for view, seconds in waited.items() if seconds >= self.strain * RAREST[view == large]]
        due.sort(key=lambda view: (view != large, -waited[view]))
        for number, view in enumerate(due):
            if number and self.strain and self._busy() - began > BUDGET:
                return True
            draw(view)
            self._drawn[view] = now
        return len(due) < len(waited)

    def _measure(self, now: float, busy: float) -> None:
        if self._since is None:
            self._since = now, busy
            return
        seconds = now - self._since[0]
        if seconds >= WINDOW:
            share = (busy - self._since[1]) / seconds
            self.strain = min(max(self.strain + STIFF * (share / MOST_BUSY - 1), 0.0), 1.0)
            self._since = now, busy
