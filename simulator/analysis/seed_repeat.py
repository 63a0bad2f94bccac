"""Trains two runs again from other weights and in another order, for the spread that one seed cannot show."""

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import reseeded
from simulator.analysis.outcome import FEWEST, SHARE
from simulator.analysis.seed_spread import SECONDS, SEEDS, SeedSpread
from simulator.experiment.run import Run
from simulator.training.orders import Orders, Position
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

    Where one has seen more examples than the other by then, it makes as many steps as the other's examples are enough
    for. The data stay. Both runs get the same new seeds, so that each pair differs as the two runs do. The data loss is
    the mean over the last twentieth of the steps. Only whole pairs count: those made within `seconds`; None where it
    was stopped.
    """
    clock = Clock(seconds, stop, progress)
    settings = [prepare(run.experiment, np.dtype(np.float32)) for run in runs]
    steps = _as_far(runs, steps, settings)
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


def _as_far(runs: tuple[Run, Run], steps: tuple[int, int], settings: list[Setting]) -> tuple[int, int]:
    """Return the steps after which neither run has seen more examples than the other has after its own."""
    orders = []
    for run, setting in zip(runs, settings, strict=True):
        alone = not any(entry.needs_batch for entry in run.experiment.network)
        orders.append(Orders(setting.training, run.experiment.seeds.order, alone))
    each = list(zip(runs, steps, orders, strict=True))
    examples = min(_walk(run, count, None, order)[1] for run, count, order in each)
    one, other = (_walk(run, count, examples, order)[0] for run, count, order in each)
    return one, other


def _walk(run: Run, steps: int, examples: int | None, orders: Orders) -> tuple[int, int]:
    """Return the steps made and the examples seen after `steps` steps, or the most that `examples` are enough for."""
    position, made = Position(), 0
    for end in [*sorted({edit.step for edit in run.edits if 0 < edit.step < steps}), steps]:
        batch_size = run.at(made).training.batch_size
        wanted = end - made
        if examples is not None:
            wanted = min(wanted, orders.within(position, examples - orders.seen(position), batch_size))
        position, made = orders.after(position, wanted, batch_size), made + wanted
        if made < end:
            break
    return made, orders.seen(position)


def _last_loss(run: Run, steps: int, setting: Setting, clock: Clock) -> float | None:
    """Return the data loss at the end, infinite where the run diverged; None where the clock ended it."""
    trainer = Trainer(run, setting=setting)
    if not advance(trainer, steps, clock):
        return None
    newest = trainer.losses.newest(max(steps // SHARE, FEWEST))[0]
    if trainer.ending is not None and trainer.ending.kind == "diverged":
        return np.inf
    return float(newest.mean())
