"""What a proposed change would come to: a twin trained beside the run, from step 0, for as many steps."""

import math
from typing import Final

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop
from simulator.analysis.copies import start
from simulator.analysis.doctor.cures import nearest_round, rate_remedy
from simulator.analysis.range_test import ENOUGH, prepared, relative_loss
from simulator.analysis.remedies import Remedy
from simulator.analysis.trial_result import Trial
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply
from simulator.training.setting import prepare

SECONDS: Final = 4.0
LEAST_STEPS: Final = 100
"""A run that broke off after three steps is compared with one of so many."""
MOST_RATES: Final = 20
"""Half decades from the proposed rate, at most."""
SEARCH: Final = 0.6
"""Of the time, for finding the rate."""
NEWEST: Final = 40
"""The loss is the mean of the newest so-manieth part of the steps, as in the window's curve."""


def try_remedy(
    experiment: Experiment,
    remedy: Remedy,
    steps: int,
    seconds: float = SECONDS,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Trial | None:
    """Train the changed experiment for `steps` steps, or as many as the seconds allow; None where it was stopped.

    For a learning rate, rates in the direction of the remedy are tried first, in short runs, and the best is taken.
    """
    clock = Clock(seconds, stop, progress)
    wanted = max(steps, LEAST_STEPS)
    if remedy.id == "rate":
        remedy = _best_rate(experiment, remedy, clock)
    changed = apply(experiment, remedy.patch)
    trainer = start(changed)
    clock.begin()
    losses: list[float] = []
    share = SEARCH if remedy.id == "rate" else 0.0
    while trainer.step < wanted and trainer.ending is None and not (losses and clock.over):
        data_losses, _penalties = trainer.advance(min(max(wanted // NEWEST, 1), wanted - trainer.step), beyond=True)
        losses.extend(data_losses.tolist())
        clock.report(share + (1 - share) * trainer.step / wanted)
    if clock.stopped or not losses:
        return None
    newest = losses[-max(len(losses) // NEWEST, 1) :]
    trainer.read()
    reading = trainer.readings.last
    assert reading is not None
    meters = [(layer.dead_units, layer.units) for layer in trainer.frame().layers if layer.dead is not None]
    return Trial(
        remedy=remedy,
        steps=trainer.step,
        loss=float(np.mean(newest)),
        training_accuracy=float(reading[2]),
        validation_accuracy=float(reading[3]),
        dead_units=sum(dead for dead, _units in meters),
        units=sum(units for _dead, units in meters),
        diverged=trainer.ending is not None and trainer.ending.kind == "diverged",
        complete=trainer.step >= wanted,
    )


def _best_rate(experiment: Experiment, remedy: Remedy, clock: Clock) -> Remedy:
    """Return the remedy with the rate that leaves the least loss in a short run.

    The proposed rate is tried first, then those of half a decade more and less and so on, until both ways get worse;
    none on the other side of the present rate.
    """
    rate = experiment.training.learning_rate
    proposed = float(remedy.patch["training.learning_rate"])
    copy = prepared(experiment)
    setting = prepare(copy, np.dtype(np.float32))
    search = clock.part(SEARCH)
    best, chosen = math.inf, proposed
    open_ways = {1, -1}
    for number in range(MOST_RATES):
        for way in (1, -1) if number else (1,):
            tried = nearest_round(proposed * math.sqrt(10) ** (way * number))
            if way not in open_ways or (tried - rate) * (proposed - rate) <= 0:
                open_ways.discard(way)
                continue
            measured = relative_loss(copy, tried, LEAST_STEPS, search, setting)
            if measured is None:
                return rate_remedy(experiment, chosen)
            if measured[1] < best:
                best, chosen = measured[1], tried
            elif best < ENOUGH:
                open_ways.discard(way)
            clock.report(SEARCH * (number + 1) / MOST_RATES)
        if not open_ways:
            break
    return rate_remedy(experiment, chosen)
