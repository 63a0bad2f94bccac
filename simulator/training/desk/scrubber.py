"""Shows all lanes as they were: the recorded frame at once, the exact one when it is rebuilt."""

from collections.abc import Iterator

from simulator.training.desk.lane import Lane
from simulator.training.desk.stage import Stage
from simulator.training.frames.picture import Rebuilding
from simulator.training.past.replay import SLICE


class Scrubber:
    """Goes back and rebuilds in slices; between two of them it may be given another step."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._exact = False
        self._job: Iterator[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being rebuilt."""
        return self._job is not None

    def scrub(self, step: int, exact: bool) -> None:
        """Show all lanes at the moment when the selected one had made `step` steps, or at its newest."""
        lanes = self._stage.lanes
        if lanes is None:
            return
        self.cancel()
        self._exact = exact
        chosen = lanes.selected.timeline
        step = min(max(step, 0), chosen.step)
        examples = chosen.chronicle.examples_at(step)
        for lane in lanes:
            then = step if lane is lanes.selected else lane.timeline.chronicle.step_at(examples)
            lane.go_to(min(then, lane.timeline.step))
        self.rebuild()
        self._stage.publish(fresh=False)

    def rebuild(self) -> None:
        """Begin to make what the moment on display lacks: frames of the very step, parts that are looked at."""
        lanes = self._stage.lanes
        assert lanes is not None
        self.cancel()
        wanted = []
        for lane in (lanes.selected, *lanes.beside):
            if lane.at is not None:
                step = lane.at if self._exact else lane.frame.step
                if lane.timeline.has_frame(step, self._stage.parts):
                    lane.frame = lane.timeline.frame_at(step)
                else:
                    wanted.append((lane, step))
                    lane.rebuilding = Rebuilding(step, 0.0, None)
        self._job = self._rebuild(wanted) if wanted else None

    def cancel(self) -> None:
        """Rebuild no further."""
        self._job = None
        for lane in self._stage.lanes or ():
            lane.rebuilding = None

    def leave(self) -> None:
        """Show the present again, with the newest frames that there are."""
        self.cancel()
        for lane in self._stage.lanes or ():
            lane.go_to(None)

    def work(self) -> None:
        """Go on for a moment."""
        if self._job is not None and next(self._job, self) is self:
            self._job = None

    def _rebuild(self, wanted: list[tuple[Lane, int]]) -> Iterator[None]:
        for lane, step in wanted:
            replay = lane.timeline.past().replay(step)
            while not replay.work(SLICE):
                lane.rebuilding = Rebuilding(step, replay.share, replay.seconds_left)
                self._stage.publish(fresh=False)
                yield
            lane.timeline.record_rebuilt(replay.trainer, self._stage.parts)
            if self._stage.lanes is not None and lane is self._stage.lanes.selected:
                lane.rebuilt = replay.trainer.snapshot()
            lane.rebuilding = None
            lane.frame = lane.timeline.frame_at(step)
            self._stage.publish(fresh=False)
            yield
