"""Trains two runs again from other weights and in another order, for the spread that one seed cannot show."""

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import reseeded
from simulator.analysis.outcome import FEWEST, SHARE
from simulator.analysis.seed_spread import SECONDS, SEEDS, SeedSpread
from simulator.experiment.run import Run
from simulator.training.setting import Setting, prepare
from simulator.training.trainer import Trainer


def repeat_seeds(
    runs: tuple[Run, Run],
    steps: tuple[int, int],
    seeds: int = SEEDS,
    seconds: float = SECONDS,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> SeedSpread | None:
    """Repeat both runs, edits included, for their numbers of steps with seeds 1 to `seeds` above their own.

    The data stay. Both runs get the same new seeds, so that each pair differs as the two runs do. The data loss is the
    mean over the last twentieth of the steps. Only whole pairs count: those made within `seconds`; None where it was
    stopped.
    """
    clock = Clock(seconds, stop, progress)
    settings = [prepare(run.experiment, np.dtype(np.float32)) for run in runs]
    found: list[list[float]] = []
    for number in range(1, seeds + 1):
        pair: list[float] = []
        for place, (run, count, setting) in enumerate(zip(runs, steps, settings, strict=True)):
            loss = _last_loss(Run(reseeded(run.experiment, number), run.edits), count, setting, clock)
            if loss is None:
                break
            pair.append(loss)
            clock.report((2 * (number - 1) + place + 1) / (2 * seeds))
        if clock.stopped:
            return None
        if len(pair) < 2:
            break
        found.append(pair)
    first, second = np.array(found, np.float64).reshape(-1, 2).T
    return SeedSpread(first, second, seeds, steps)


def _last_loss(run: Run, steps: int, setting: Setting, clock: Clock) -> float | None:
    """Return the data loss at the end, infinite where the run diverged; None where the clock ended it."""
    trainer = Trainer(run, setting=setting)
    if not advance(trainer, steps, clock):
        return None
    newest = trainer.losses.newest(max(steps // SHARE, FEWEST))[0]
    if trainer.ending is not None and trainer.ending.kind == "diverged":
        return np.inf
    return float(newest.mean())
