"""What is on display: the lanes, the parts that frames carry, and when the next picture is due."""

import time
from collections.abc import Callable

from simulator.training.desk.events import Event
from simulator.training.desk.lane import Lane
from simulator.training.desk.lanes import Lanes
from simulator.training.frames.frame import Part
from simulator.training.frames.picture import Picture
from simulator.training.measuring.parts import name_of

PICTURES_A_SECOND = 30
SHARE = 0.1  # of the time may go into frames
AT_ONCE = 0.05  # seconds that frames may take together while there is training to come back to


class Stage:
    """Shows pictures. Frames take at most a tenth of the time: a dear probe makes them rarer, not smaller.

    Attributes
    ----------
    lanes
        None until the first run is there.
    parts
        The optional parts that are looked at.
    """

    def __init__(self, tell: Callable[[Event], None], show: Callable[[Picture], None]) -> None:
        self.tell = tell
        self.lanes: Lanes | None = None
        self.parts: frozenset[Part] = frozenset()
        self._show = show
        self._sequence = 0
        self._next_picture = self._next_frames = 0.0
        self._turn = 0

    def due(self, now: float) -> bool:
        """Tell whether it is time for a picture."""
        return now >= self._next_picture

    def frames_due(self, now: float) -> bool:
        """Tell whether the next picture may carry fresh frames."""
        return now >= self._next_frames

    def publish(self, fresh: bool, steps_per_second: float | None = None, in_turn: bool = False) -> None:
        """Show a picture of all lanes; with `fresh`, those that show the present get frames of the present step.

        Parameters
        ----------
        in_turn
            Where frames are dear, make only that of the next lane.
        """
        lanes = self.lanes
        if lanes is None:
            return
        began = time.perf_counter()
        if fresh:
            for lane in self._next_lane(lanes) if in_turn else lanes:
                if lane.at is None:
                    lane.refresh(self.parts)
        now = time.perf_counter()
        if fresh:
            self._next_frames = now + (now - began) * (1 / SHARE - 1)
        self._next_picture = now + 1 / PICTURES_A_SECOND
        self._sequence += 1
        beside = tuple(lane.picture(self._sequence) for lane in lanes.beside)
        self._show(lanes.selected.picture(self._sequence, steps_per_second, beside))

    def _next_lane(self, lanes: Lanes) -> tuple[Lane, ...]:
        """Return all lanes where their frames are cheap together, else the one whose turn it is."""
        everyone = tuple(lane for lane in lanes if not lane.still)
        costs = [lane.timeline.part_seconds for lane in everyone]
        if sum(seconds.get(name, 0.0) for seconds in costs for name in ("frame", *map(name_of, self.parts))) <= AT_ONCE:
            return everyone
        self._turn += 1
        return (everyone[self._turn % len(everyone)],)
