"""Whether a difference between two runs outlives other seeds: what two sets of trainings came to, in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

SEEDS: Final = 5


@dataclass(frozen=True, eq=False)
class SeedSpread:
    """Two runs repeated with other weights and another order.

    Attributes
    ----------
    first, second
        Data losses at the end, one a seed, shape (seeds,); infinite where a run diverged.
    asked
        How many seeds were wanted; fewer were trained where that takes too many calculations.
    steps
        Steps of each training of the first and of the second run.
    """

    first: NDArray[np.float64]
    second: NDArray[np.float64]
    asked: int
    steps: tuple[int, int]

    @property
    def second_wins(self) -> int:
        """In how many seeds the second run ends with the lower data loss."""
        return int(np.count_nonzero(self.second < self.first))

    @property
    def apart(self) -> bool:
        """Whether the worst of one is still better than the best of the other."""
        return bool(self.first.max() < self.second.min() or self.second.max() < self.first.min())

    def sentences(self, letters: Sequence[str]) -> tuple[Message, ...]:
        """Return what came of it, with the letters of the two runs; one sentence on which is better, one on chance."""
        seeds = self.first.size
        wins, losses = self.second_wins, int(np.count_nonzero(self.first < self.second))
        order = (1, 0) if wins >= losses else (0, 1)
        better, other = ((self.first, self.second)[place] for place in order)
        values = {
            "better": letters[order[0]],
            "other": letters[order[1]],
            "wins": strong(max(wins, losses), "count"),
            "seeds": Measured(seeds, "count"),
            "least": _range(better),
            "most": _range(other),
            "steps": Measured(self.steps[order[0]], "count"),
            "others": Measured(self.steps[order[1]], "count"),
        }
        text = N_(
            "{better} is better than {other} in {wins} of {seeds} seeds: data loss {least} against {most} "
            "after {steps} steps."
        )
        if self.steps[0] != self.steps[1]:
            text = N_(
                "{better} is better than {other} in {wins} of {seeds} seeds: data loss {least} against {most} "
                "after {steps} and {others} steps, with as many examples seen."
            )
        told = [Message(text, values), Message(N_("More than chance: no seed of one reaches the other."))]
        if not self.apart:
            told[1] = Message(N_("The ranges overlap: one seed alone does not tell which is better."))
        if seeds < self.asked:
            asked = {"seeds": Measured(seeds, "count"), "asked": Measured(self.asked, "count")}
            told.append(Message(N_("So much training is repeated with {seeds} seeds instead of {asked}."), asked))
        return tuple(told)


def _range(losses: NDArray[np.float64]) -> Measured | Message:
    if np.isinf(losses.max()):
        gone = Measured(int(np.isinf(losses).sum()), "count")
        if np.isinf(losses).all():
            return Message(N_("none, for all diverged"))
        return Message(
            N_("{least} or more, {gone} diverged"), {"least": Measured(float(losses.min()), figures=2), "gone": gone}
        )
    return Measured(float(losses.min()), to=float(losses.max()), figures=2)
