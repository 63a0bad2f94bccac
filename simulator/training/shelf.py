"""The runs kept beside the one on display, within a memory budget."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.experiment.run import Run

if TYPE_CHECKING:
    from simulator.training.pictures import PictureMaker

BUDGET = 256_000_000


@dataclass(frozen=True)
class Remembered:
    """A run that had to give up its memory: it can be trained again to its step, exactly."""

    run: Run
    step: int


class Shelf:
    """Kept runs by id. Over the budget the ones used longest ago keep only their log."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._kept: dict[int, PictureMaker | Remembered] = {}

    def put(self, maker: "PictureMaker") -> None:
        """Keep the run on display; it is the newest now."""
        self._kept.pop(maker.run_id, None)
        self._kept[maker.run_id] = maker
        used = 0
        for run_id in reversed(tuple(self._kept)):
            kept = self._kept[run_id]
            if isinstance(kept, Remembered):
                continue
            used += kept.trainer.memory
            if used > self._budget and kept is not maker:
                self._kept[run_id] = Remembered(kept.trainer.run, kept.trainer.step)

    def get(self, run_id: int) -> "PictureMaker | Remembered | None":
        """Return what is kept of the run."""
        return self._kept.get(run_id)
