"""Times that can be compared on a noisy computer: contestants take turns."""

import math
import time
from collections.abc import Callable, Mapping

from simulator.analysis.clock import Progress, Stop

Steps = Callable[[int], None]
"""Does a piece of work so many times."""
WARM_UP = 3
LEAST = 8  # rounds made even where the budget is used up
MOST = 2**30  # times in a round: what takes no time at all would be done for ever


def take_turns(
    contestants: Mapping[str, Steps],
    rounds: int,
    seconds: float,
    stop: Stop | None = None,
    progress: Progress | None = None,
    budget: float = math.inf,
) -> dict[str, list[float]]:
    """Return the seconds a time of every contestant in every round; stopped early, the rounds that are complete.

    Parameters
    ----------
    seconds
        What a round of one contestant takes, about; once is the least.
    budget
        Seconds after which no round is begun any more, once `LEAST` are made.
    """
    counts = {name: _calibrated(steps, seconds) for name, steps in contestants.items()}
    times: dict[str, list[float]] = {name: [] for name in contestants}
    began_all = time.perf_counter()
    for made in range(rounds):
        spent = time.perf_counter() - began_all
        if (stop is not None and stop()) or (made >= LEAST and spent > budget):
            break
        for name, steps in contestants.items():
            began = time.perf_counter()
            steps(counts[name])
            times[name].append((time.perf_counter() - began) / counts[name])
        if progress is not None:
            progress((made + 1) / rounds)
    return times


def _calibrated(steps: Steps, seconds: float) -> int:
    """Warm up and return how many times fill a round."""
    steps(WARM_UP)
    count = 1
    while True:
        began = time.perf_counter()
        steps(count)
        spent = time.perf_counter() - began
        if spent > seconds / 4 or count >= MOST:
            return max(int(count * seconds / max(spent, seconds / MOST)), 1)
        count *= 2
