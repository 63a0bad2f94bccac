"""Init scale against learning rate, without and with batch norm (slide E3)."""

import time
from collections.abc import Callable
from typing import Final

import numpy as np

from simulator.analysis.batch_norm.sweep_plan import SweepPlan, SweepResult
from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import start, with_batch_statistics
from simulator.training.run.trainer import Trainer

TRIED_STEPS: Final = 5  # timed for the estimate, after as many that warm up


def sweep_seconds(plan: SweepPlan, stop: Stop | None = None) -> float:
    """Return an estimate of the seconds that the whole sweep takes here: two networks are built and begun."""
    clock = Clock(stop=stop)
    total = 0.0
    for normalised in (False, True):
        _trainer(plan, plan.scales[-1], plan.rates[0], normalised).advance(1)  # kernels are loaded, data are read
        if clock.over:
            break
        began = time.perf_counter()
        trainer = _trainer(plan, plan.scales[-1], plan.rates[0], normalised)
        built = time.perf_counter() - began
        trainer.advance(TRIED_STEPS)
        began = time.perf_counter()
        trainer.advance(TRIED_STEPS)
        total += plan.cells / 2 * (built + plan.steps * (time.perf_counter() - began) / TRIED_STEPS)
    return total


def scale_sweep(
    plan: SweepPlan,
    stop: Stop | None = None,
    progress: Progress | None = None,
    show: Callable[[SweepResult], None] | None = None,
) -> SweepResult:
    """Train every network of the plan, column by column, without and with batch norm in turn.

    Batch norm is judged by the statistics of the examples at hand: running ones lag behind weights that move fast, and
    what is asked here is what the weights can do. Stopped early, it returns what there is.

    Parameters
    ----------
    show
        Handed what there is so far after every network.
    """
    clock = Clock(stop=stop, progress=progress)
    shape = (2, len(plan.rates), len(plan.scales))
    accuracy, diverged = np.full(shape, np.nan), np.zeros(shape, np.bool_)
    result = SweepResult(plan, accuracy, diverged, 0, np.nan)
    cells = [(n, r, s) for s in range(shape[2]) for r in range(shape[1]) for n in range(2)]
    for made, cell in enumerate(cells):
        normalised, row, column = cell
        trainer = _trainer(plan, plan.scales[column], plan.rates[row], bool(normalised))
        if not advance(trainer, plan.steps, clock):
            break
        sample = trainer.setting.probe
        labels = trainer.setting.dataset.labels[sample]
        accuracy[cell] = trainer.evaluate(sample)[1]
        diverged[cell] = trainer.ending is not None
        result = SweepResult(
            plan, accuracy.copy(), diverged.copy(), sample.size, float(np.bincount(labels).max() / labels.size)
        )
        if show is not None:
            show(result)
        clock.report((made + 1) / len(cells))
    return result


def _trainer(plan: SweepPlan, scale: float, rate: float, normalised: bool) -> Trainer:
    return start(with_batch_statistics(plan.experiment(scale, rate, normalised)))
