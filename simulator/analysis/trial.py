"""What a proposed change would come to: twins with it and without, from step 0, for as many steps as the run has."""

import math
from typing import Final

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop
from simulator.analysis.copies import start
from simulator.analysis.doctor.cures import nearest_round, rate_remedy
from simulator.analysis.doctor.diagnosis import Aim
from simulator.analysis.range_test import ENOUGH, prepared, relative_loss
from simulator.analysis.remedies import Remedy
from simulator.analysis.trial_result import Trial, Twin
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply
from simulator.training.setting import prepare

SECONDS: Final = 4.0
LEAST_STEPS: Final = 100
"""A run that broke off after three steps is compared with one of so many."""
MOST_RATES: Final = 20
"""Half decades from the proposed rate, at most."""
SEARCH: Final = 0.5
HALF: Final = 0.5
"""Of the time, for finding the rate; and of what is left, for the twin without the change."""
NEWEST: Final = 40
"""The loss is the mean of the newest so-manieth part of the steps, as in the window's curve."""


def try_remedy(
    experiment: Experiment,
    remedy: Remedy,
    steps: int,
    aim: Aim = "loss",
    seconds: float = SECONDS,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Trial | None:
    """Train the changed experiment and the one as it is for `steps` steps each; None where it was stopped.

    For a learning rate, rates in the direction of the remedy are tried first, in short runs, and the best is taken.

    Parameters
    ----------
    seconds
        After so many both trainings end where they are, the changed one no further than the other.
    """
    clock = Clock(seconds, stop, progress)
    wanted = max(steps, LEAST_STEPS)
    if remedy.id == "rate":
        remedy = _best_rate(experiment, remedy, clock)
    searched = SEARCH if remedy.id == "rate" else 0.0
    middle = (1 + searched) / 2
    unchanged = _train(experiment, wanted, clock, HALF, (searched, middle))
    if unchanged is None:
        return None
    # what broke off early is compared with a run that did not
    far = wanted if unchanged.diverged else unchanged.steps
    changed = _train(apply(experiment, remedy.patch), far, clock, 1.0, (middle, 1.0))
    if changed is None:
        return None
    complete = max(unchanged.steps, changed.steps) >= wanted
    return Trial(remedy, changed, unchanged, aim, complete)


def _train(experiment: Experiment, steps: int, whole: Clock, part: float, shares: tuple[float, float]) -> Twin | None:
    """Train from step 0, in a part of the time left; None where it was stopped. `shares` are done before and after."""
    trainer = start(experiment)
    clock = whole.part(part)
    losses: list[float] = []
    while trainer.step < steps and trainer.ending is None and not (losses and clock.over):
        whole.report(shares[0] + (shares[1] - shares[0]) * trainer.step / steps)
        data_losses, _penalties = trainer.advance(min(max(steps // NEWEST, 1), steps - trainer.step), beyond=True)
        losses.extend(data_losses.tolist())
    if clock.stopped or not losses:
        return None
    trainer.read()
    reading = trainer.readings.last
    assert reading is not None
    meters = [(layer.dead_units, layer.units) for layer in trainer.frame().layers if layer.dead is not None]
    facts = trainer.facts
    return Twin(
        steps=trainer.step,
        loss=float(np.mean(losses[-max(len(losses) // NEWEST, 1) :])),
        guessing_loss=facts.guessing_loss,
        training_accuracy=float(reading[2]),
        validation_accuracy=float(reading[3]),
        validation_examples=facts.validation_examples,
        dead_units=sum(dead for dead, _units in meters),
        units=sum(units for _dead, units in meters),
        diverged=trainer.ending is not None and trainer.ending.kind == "diverged",
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
