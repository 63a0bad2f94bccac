"""Trains the same network with one activation after the other, each at its own best learning rate (slides B6, B8)."""

from collections.abc import Callable
from typing import Final

import numpy as np
from msgspec.structs import replace

from simulator.analysis.activations.racers import RaceField, RaceRun, race_ready, with_activation
from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import start
from simulator.analysis.curves.range_test import RangeTest, sweep
from simulator.experiment.cards import parameter_count
from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load
from simulator.training.run.setting import prepare

LECTURE: Final = "B6"
"""The built-in experiment that is run where the user's own is not fit for it."""
MOST_PRODUCTS: Final = 3e10
"""Parameters times examples that one racer sees, the range test included: ten times those of the lecture's network."""
RATES: Final = np.geomspace(1e-5, 10, 13)
SEEDS: Final = 2
STEPS: Final = (100, 500)
"""A short run of the range test has a fifth of the training's steps, within these bounds."""
SEARCH: Final = 0.6
"""Of the progress, for finding the rate."""

Show = Callable[[RaceRun], None]


def race_field(mine: Experiment) -> RaceField:
    """Return the user's own experiment if it has hidden layers and is cheap enough, else the lecture's."""
    ready = race_ready(mine)
    if not any(entry.weighted for entry in mine.network):
        return RaceField(race_ready(load(LECTURE).experiment), "no hidden layers")
    setting = prepare(ready, np.dtype(np.float32))
    batch = min(ready.training.batch_size, setting.training.size)
    steps = (ready.training.epochs or 1) * -(-setting.training.size // batch)
    seen = batch * (steps + RATES.size * SEEDS * short_steps(steps))
    if seen * parameter_count(ready, setting.inputs.width, setting.dataset.classes) > MOST_PRODUCTS:
        return RaceField(race_ready(load(LECTURE).experiment), "too costly")
    return RaceField(ready, "mine")


def race_run(
    experiment: Experiment,
    kind: str,
    stop: Stop | None = None,
    progress: Progress | None = None,
    show: Show | None = None,
) -> RaceRun | None:
    """Find the best learning rate for the activation `kind`, then train all epochs at it; None where it was stopped.

    Parameters
    ----------
    experiment
        What `race_ready` returned.
    show
        Handed what there is so far, after every epoch.
    """
    clock = Clock(stop=stop, progress=progress)
    racer = with_activation(experiment, kind)
    setting = prepare(racer, np.dtype(np.float32))
    epochs = racer.training.epochs or 1
    per_epoch = start(racer, setting=setting).steps_per_epoch
    short = short_steps(epochs * per_epoch)
    found = sweep(racer, RATES, SEEDS, short, clock.part(0.0, SEARCH))
    if not found.complete:
        return None
    rate = best_rate(found)
    if rate is None:
        return RaceRun(kind, None, None, np.zeros(0), np.zeros(0), complete=True)
    racer = replace(racer, training=replace(racer.training, learning_rate=rate))
    trainer = start(racer, setting=setting)
    losses = [trainer.evaluate(setting.training)[0]]

    def seen(complete: bool) -> RaceRun:
        return RaceRun(kind, rate, racer, np.arange(len(losses), dtype=np.float64), np.array(losses), complete)

    while len(losses) <= epochs and trainer.ending is None:
        if not advance(trainer, per_epoch, clock):
            return None
        losses.append(trainer.evaluate(setting.training)[0])
        clock.report(SEARCH + (1 - SEARCH) * (len(losses) - 1) / epochs)
        if show is not None:
            show(seen(complete=False))
    return seen(complete=True)


def short_steps(steps: int) -> int:
    """Return the steps of a short run of the range test, for a training of so many."""
    return min(max(steps // 5, STEPS[0]), STEPS[1])


def best_rate(found: RangeTest) -> float | None:
    """Return the rate with the least median loss of those that diverge from no start and learn; None without one.

    To learn is to come below the loss of the best constant answer.
    """
    median = np.where(found.diverged | ~np.isfinite(found.median), np.inf, found.median)
    best = int(np.argmin(median))
    # two figures: the rate on screen is the very one that is trained with
    return float(f"{found.rates[best]:.2g}") if median[best] < found.zero else None
