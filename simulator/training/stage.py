"""What is on display: the lanes, the parts that frames carry, and when the next picture is due."""

import time
from collections.abc import Callable

from simulator.training.events import Event, Picture
from simulator.training.lanes import Lanes

PICTURES_A_SECOND = 30
SHARE = 0.1  # of the time may go into frames


class Stage:
    """Shows pictures. Frames take at most a tenth of the time: a dear probe makes them rarer, not smaller.

    Attributes
    ----------
    lanes
        None until the first run is there.
    parts
        Names of the optional parts that are looked at.
    """

    def __init__(self, tell: Callable[[Event], None], show: Callable[[Picture], None]) -> None:
        self.tell = tell
        self.lanes: Lanes | None = None
        self.parts: frozenset[str] = frozenset()
        self._show = show
        self._sequence = 0
        self._next_picture = self._next_frames = 0.0

    def due(self, now: float) -> bool:
        """Tell whether it is time for a picture."""
        return now >= self._next_picture

    def frames_due(self, now: float) -> bool:
        """Tell whether the next picture may carry fresh frames."""
        return now >= self._next_frames

    def publish(self, fresh: bool, steps_per_second: float | None = None) -> None:
        """Show a picture of all lanes; with `fresh`, those that show the present get frames of the present step."""
        lanes = self.lanes
        if lanes is None:
            return
        began = time.perf_counter()
        if fresh:
            for lane in lanes:
                if lane.at is None:
                    lane.refresh(self.parts)
        now = time.perf_counter()
        if fresh:
            self._next_frames = now + (now - began) * (1 / SHARE - 1)
        self._next_picture = now + 1 / PICTURES_A_SECOND
        self._sequence += 1
        beside = tuple(lane.picture(self._sequence) for lane in lanes.beside)
        self._show(lanes.selected.picture(self._sequence, steps_per_second, beside))
