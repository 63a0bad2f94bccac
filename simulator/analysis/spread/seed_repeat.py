"""Trains two runs again from other weights and in another order, for the spread that one seed cannot show."""

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import reseeded, start
from simulator.analysis.effort import affordable, step_effort
from simulator.analysis.spread.outcome import FEWEST, SHARE
from simulator.analysis.spread.seed_spread import SEEDS, SeedSpread
from simulator.experiment.run import Run
from simulator.training.run.orders import Orders, Position
from simulator.training.run.setting import Setting, prepare
from simulator.training.run.trainer import Trainer

BUDGET = 1e12
"""Multiply-adds of all trainings together; two pairs are always made."""
FEWEST_PAIRS = 2


def repeat_seeds(
    runs: tuple[Run, Run],
    steps: tuple[int, int],
    seeds: int = SEEDS,
    budget: float = BUDGET,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> SeedSpread | None:
    """Repeat both runs, edits included, for their numbers of steps with seeds 1 to `seeds` above their own.

    Where one has seen more examples than the other by then, it makes as many steps as the other's examples are enough
    for. The data stay. Both runs get the same new seeds, so that each pair differs as the two runs do. The data loss is
    the mean over the last twentieth of the steps. Fewer seeds are trained where all would take more multiply-adds than
    `budget`, two at the least; None where it was stopped.
    """
    clock = Clock(stop, progress)
    settings = [prepare(run.experiment, np.dtype(np.float32)) for run in runs]
    steps = _as_far(runs, steps, settings)
    efforts = [step_effort(start(run.experiment, setting=own)) for run, own in zip(runs, settings, strict=True)]
    pair_effort = sum(effort * count for effort, count in zip(efforts, steps, strict=True))
    made = min(affordable(budget, pair_effort, FEWEST_PAIRS, seeds), seeds)
    found: list[list[float]] = []
    for number in range(1, made + 1):
        pair: list[float] = []
        for place, (run, count, setting) in enumerate(zip(runs, steps, settings, strict=True)):
            loss = _last_loss(Run(reseeded(run.experiment, number), run.edits), count, setting, clock)
            if loss is None:
                return None
            pair.append(loss)
            clock.report((2 * (number - 1) + place + 1) / (2 * made))
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
    """Return the data loss at the end, infinite where the run diverged; None where it was stopped."""
    trainer = Trainer(run, setting=setting)
    if not advance(trainer, steps, clock):
        return None
    newest = trainer.losses.newest(max(steps // SHARE, FEWEST))[0]
    if trainer.ending is not None and trainer.ending.kind == "diverged":
        return np.inf
    return float(newest.mean())
