"""Pictures of real, short training, as the runner makes them."""

from collections.abc import Collection

from simulator.training import Picture
from simulator.training.desk.lane import Lane
from simulator.training.past.timeline import Timeline


def trained_picture(timeline: Timeline, steps: int, every: int = 1, parts: Collection[str] = ()) -> Picture:
    """Train up to step `steps`, or to the run's own end, with a frame after every `every` steps.

    Return the picture of the end, with these parts.
    """
    while timeline.step < steps and timeline.trainer.ending is None:
        timeline.advance(min(every, steps - timeline.step))
        timeline.frame()
    timeline.trainer.read()
    lane = Lane(1, timeline)
    lane.refresh(parts)
    return lane.picture(1)
