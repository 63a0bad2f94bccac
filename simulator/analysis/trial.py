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
MOST_RATES: Final = 24
WORSE: Final = 3
"""After so many rates without a gain the search ends."""
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
    losses: list[float] = []
    share = 0.5 if remedy.id == "rate" else 0.0
    while trainer.step < wanted and trainer.ending is None and not clock.over:
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
    """Return the remedy with the rate, up or down from the present one, that leaves the least loss in a short run."""
    rate = experiment.training.learning_rate
    proposed = remedy.patch["training.learning_rate"]
    factor = math.sqrt(10) if proposed > rate else 1 / math.sqrt(10)
    copy = prepared(experiment)
    setting = prepare(copy, np.dtype(np.float32))
    search = clock.part(0.5)
    best, chosen, worse = math.inf, proposed, 0
    for number in range(1, MOST_RATES + 1):
        tried = nearest_round(rate * factor**number)
        measured = relative_loss(copy, tried, LEAST_STEPS, search, setting)
        if measured is None:
            break
        clock.report(0.5 * number / MOST_RATES)
        if measured[1] < best:
            best, chosen, worse = measured[1], tried, 0
        elif best < ENOUGH:
            worse += 1
        if worse >= WORSE:
            break
    return rate_remedy(experiment, chosen)
