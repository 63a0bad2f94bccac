"""Runs side by side: they advance in lockstep, by the number of examples seen."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulator.training.desk import ahead
from simulator.training.desk.lane import Lane
from simulator.training.run.network import UNDISTURBED


class Lanes:
    """One to four lanes, one of them selected.

    All of them see equally many examples: one that is behind catches up before the others go on, and one whose
    mini-batch is larger waits until a whole one fits. A lane that has ended, or stands still, holds nobody up.
    """

    def __init__(self, lanes: tuple[Lane, ...], selected: int) -> None:
        self._lanes = lanes
        self.selected = next(lane for lane in lanes if lane.run_id == selected)

    def __iter__(self) -> Iterator[Lane]:
        return iter(self._lanes)

    @property
    def ids(self) -> tuple[int, ...]:
        """The run ids, in order."""
        return tuple(lane.run_id for lane in self._lanes)

    def of(self, run_id: int | None) -> Lane | None:
        """Return the lane of a run, or None where it has none; the selected one where no run is named."""
        return self.selected if run_id is None else next((lane for lane in self if lane.run_id == run_id), None)

    @property
    def beside(self) -> tuple[Lane, ...]:
        """All lanes but the selected one, in order."""
        return tuple(lane for lane in self._lanes if lane is not self.selected)

    def judge(self, beyond: bool) -> None:
        """Judge anew which runs have ended: an edit may have moved the end, and `beyond` lifts it."""
        for lane in self._lanes:
            lane.timeline.trainer.advance(0, beyond=beyond)

    @property
    def active(self) -> tuple[Lane, ...]:
        """The lanes that train."""
        return tuple(lane for lane in self._lanes if not lane.still and not lane.ended)

    @property
    def leader(self) -> Lane | None:
        """The lane that sets the pace: the selected one if it trains, else the first that does."""
        active = self.active
        return self.selected if self.selected in active else next(iter(active), None)

    @property
    def late(self) -> tuple[Lane, ...]:
        """The lanes that have to catch up with the leader."""
        leader = self.leader
        if leader is None:
            return ()
        seen = leader.timeline.trainer.examples
        return tuple(lane for lane in self.active if ahead.has_room(lane.timeline.trainer, seen))

    def advance(self, steps: int, goal: int | None, beyond: bool, attention: NDArray[np.int64] = UNDISTURBED) -> int:
        """Make at most so many steps in each lane; return the most that one made.

        Parameters
        ----------
        goal
            Examples that no lane goes beyond.
        beyond
            Train on after the epochs asked for.
        attention
            int64 (1,): where another thread makes it other than 0, the leader ends with the step at hand and the others
            come up to it.
        """
        leader = self.leader
        if leader is None:
            return 0
        trainer = leader.timeline.trainer
        until = trainer.examples if self.late else ahead.after(trainer, steps)
        if goal is not None:
            until = min(until, goal)
        made = leader.timeline.advance(steps, until=until, beyond=beyond, attention=attention)
        if attention[0]:
            until = min(until, trainer.examples)
        others = [lane for lane in self.active if lane is not leader]
        return max([made, *(lane.timeline.advance(steps, until=until, beyond=beyond) for lane in others)])

    def reached(self, goal: int) -> bool:
        """Tell whether no lane can make a step within `goal` examples."""
        return not any(ahead.has_room(lane.timeline.trainer, goal) for lane in self.active)
