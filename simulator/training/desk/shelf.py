"""All runs that are kept, on display or not, within one memory budget."""

from collections.abc import Collection
from dataclasses import dataclass

from simulator.experiment.run import Run
from simulator.training.past.timeline import BUDGET, Timeline

SHOWN_SHARE = 0.75  # of the budget is for the runs on display, where there are others


@dataclass(frozen=True, eq=False)
class Remembered:
    """A run that had to give up its memory: it can be trained again to its step, exactly, on data of that hash."""

    run: Run
    step: int
    digest: bytes
    diverged: bool
    forks: frozenset[int]
    plain_forks: tuple[int, ...]

    @classmethod
    def of(cls, timeline: Timeline) -> "Remembered":
        """Return what is enough to train the run again."""
        trainer, chronicle = timeline.trainer, timeline.chronicle
        diverged = trainer.ending is not None and trainer.ending.kind == "diverged"
        digest = trainer.digest or trainer.setting.dataset.digest
        return cls(trainer.run, trainer.step, digest, diverged, chronicle.forks, chronicle.plain_forks)


class Shelf:
    """Kept runs by id. A resting one has no data; over the budget, those shown longest ago keep only their log."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._kept: dict[int, Timeline | Remembered] = {}

    def put(self, run_id: int, timeline: Timeline) -> None:
        """Keep a run."""
        self._kept.pop(run_id, None)
        self._kept[run_id] = timeline

    def get(self, run_id: int) -> Timeline | Remembered | None:
        """Return what is kept of the run."""
        return self._kept.get(run_id)

    @property
    def nbytes(self) -> int:
        """Bytes of all that is kept: pasts, networks, and data, those that runs share counted once."""
        timelines = [kept for kept in self._kept.values() if isinstance(kept, Timeline)]
        data = {id(timeline.trainer.setting): timeline.trainer.setting.nbytes for timeline in timelines}
        return sum(map(size_of, timelines)) + sum(data.values())

    def drop(self, run_id: int) -> None:
        """Keep the run no longer."""
        self._kept.pop(run_id, None)

    def settle(self, shown: Collection[int], awaited: int | None = None) -> None:
        """Share the budget between the runs on display and the others, which rest; `awaited` is shown in a moment."""
        for run_id in shown:
            if run_id in self._kept:
                self._kept[run_id] = self._kept.pop(run_id)  # the newest now
        timelines = {run_id: kept for run_id, kept in self._kept.items() if isinstance(kept, Timeline)}
        resting = {run_id: timeline for run_id, timeline in timelines.items() if run_id not in shown}
        for_shown = self._budget * (SHOWN_SHARE if resting else 1.0)
        for timeline in timelines.values():
            if timeline not in resting.values():
                timeline.allow(int(for_shown / len(shown)))
        left = self._budget - for_shown
        for run_id, timeline in resting.items():
            if run_id != awaited:
                timeline.trainer.rest()
            timeline.allow(int(left / len(resting)))
        left -= sum(map(size_of, resting.values()))
        for run_id, timeline in resting.items():  # the one shown longest ago first
            if left >= 0:
                break
            left += size_of(timeline)
            self._kept[run_id] = Remembered.of(timeline)


def size_of(timeline: Timeline) -> int:
    """Return the bytes of a run and its past, without its data."""
    return timeline.nbytes + timeline.trainer.memory
