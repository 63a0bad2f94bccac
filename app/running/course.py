"""What the lanes on display are doing, told from what the engine reports. No Qt."""

import logging
from collections.abc import Callable
from typing import Final

from app.document.lanes import State
from app.document.run_table import RunTable
from app.running.run_state import RunState, may_follow
from simulator.training import Changed, Ended, Picture

ENDINGS: Final = {
    "finished": RunState.FINISHED,
    "diverged": RunState.DIVERGED,
    "failed": RunState.FAILED,
}

_log = logging.getLogger(__name__)


class Course:
    """Preparing, ready, playing, paused, or at an end.

    Parameters
    ----------
    entered
        Called with the state that is another.

    Attributes
    ----------
    state
        That of the run on display.
    """

    def __init__(self, runs: RunTable, entered: Callable[[RunState], None]) -> None:
        self.state = RunState.PREPARING
        self._runs = runs
        self._entered = entered
        self._epoch = 0.0

    def enter(self, state: RunState) -> None:
        """Go over to another state."""
        self._runs.moving = state is RunState.PLAYING
        if state is self.state:
            return
        if not may_follow(self.state, state):
            _log.warning("%s after %s: not in the table", state.name, self.state.name)
        self.state = state
        self._entered(state)

    def at_rest(self, lanes: State) -> RunState:
        """Return the state of lanes that do not train now: they can go on as long as one of them has not ended."""
        moving = [self._runs[lane.run_id] for lane in lanes.lanes if not lane.pinned]
        kinds = [record.ended.ending for record in moving if record.ended is not None]
        if not moving or len(kinds) < len(moving):
            begun = any(record.step for record in moving or [self._runs[run_id] for run_id in lanes.run_ids])
            return RunState.PAUSED if begun else RunState.READY
        return ENDINGS["finished" if "finished" in kinds else kinds[0]]

    def rest(self, lanes: State) -> None:
        """Note that nothing trains now."""
        self.enter(self.at_rest(lanes))

    def take_picture(self, picture: Picture) -> None:
        """Note how far the lanes of a picture are."""
        self._epoch = picture.frame.epoch
        self._runs.take_steps(picture)

    def take_changed(self, event: Changed) -> None:
        """Note an edit of the run on display: where it asks for more epochs than are done, the run has not ended."""
        record, epochs = self._runs[event.run_id], event.experiment.training.epochs
        finished = record.ended is not None and record.ended.ending == "finished"
        if finished and (epochs is None or epochs > self._epoch):
            record.ended = None
            if self.state is RunState.FINISHED:
                self.enter(RunState.PAUSED)

    def take_ended(self, event: Ended, lanes: State, displayed: int | None) -> bool:
        """Note that a run ended; tell whether it is one of those on display."""
        self._runs[event.run_id].ended, self._runs[event.run_id].step = event, event.step
        if displayed is None or event.ending == "failed":
            # A fault ends the training of all lanes.
            self.enter(ENDINGS[event.ending])
            return True
        if event.run_id not in lanes.run_ids:
            return False
        rest = self.at_rest(lanes)
        if rest in ENDINGS.values():
            self.enter(rest)
        return True
