"""All runs that are kept, on display or not, within one memory budget."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
from simulator.training.setting import Setting, same_data
from simulator.training.timeline import BUDGET, Timeline

SHOWN_SHARE = 0.75  # of the budget is for the runs on display, where there are others


@dataclass(frozen=True, eq=False)
class Remembered:
    """A run that had to give up its memory: it can be trained again to its step, exactly."""

    run: Run
    step: int
    setting: Setting
    diverged: bool
    forks: frozenset[int]
    plain_forks: tuple[int, ...]

    @classmethod
    def of(cls, timeline: Timeline) -> "Remembered":
        """Return what is enough to train the run again."""
        trainer, chronicle = timeline.trainer, timeline.chronicle
        diverged = trainer.ending is not None and trainer.ending.kind == "diverged"
        return cls(trainer.run, trainer.step, trainer.setting, diverged, chronicle.forks, chronicle.plain_forks)


class Shelf:
    """Kept runs by id. Over the budget, those shown longest ago keep only their log."""

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

    def shared(self, experiment: Experiment, setting: Setting) -> Setting:
        """Return the setting of a kept run of the very same data, so that they are held once; else `setting`.

        The examples are compared: a file may have changed since it was read for that run.
        """
        settings = {}
        for kept in self._kept.values():
            if same_data(kept.run.experiment, experiment):
                known = kept.setting if isinstance(kept, Remembered) else kept.trainer.setting
                settings[id(known)] = known
        ours = setting.dataset
        for known in settings.values():
            theirs = known.dataset
            if all(np.array_equal(a, b) for a, b in ((theirs.labels, ours.labels), (theirs.features, ours.features))):
                return known
        return setting

    def drop(self, run_id: int) -> None:
        """Keep the run no longer."""
        self._kept.pop(run_id, None)

    def settle(self, shown: Collection[int]) -> None:
        """Share the budget between the runs on display and the others, which rest."""
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
        for timeline in resting.values():
            timeline.trainer.rest()
            timeline.allow(int(left / len(resting)))
        left -= sum(timeline.nbytes + timeline.trainer.memory for timeline in resting.values())
        for run_id, timeline in resting.items():  # the one shown longest ago first
            if left >= 0:
                break
            left += timeline.nbytes + timeline.trainer.memory
            self._kept[run_id] = Remembered.of(timeline)
