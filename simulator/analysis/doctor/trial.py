"""What a proposed change would come to: twins with it and without, from step 0, for as many steps as the run has."""

import math
from typing import Final

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop
from simulator.analysis.copies import start
from simulator.analysis.curves.range_test import ENOUGH, guessing_loss, prepared, short_run
from simulator.analysis.doctor.cures import nearest_round, rate_remedy
from simulator.analysis.doctor.diagnosis import Aim
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.doctor.trial_result import Trial, Twin
from simulator.analysis.effort import affordable, step_effort
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply
from simulator.training.measuring.framing import frame_of
from simulator.training.run.setting import prepare

BUDGET: Final = 1e11
"""Multiply-adds of both trainings and the search before them, beyond the least steps of each."""
LEAST_STEPS: Final = 100
"""A run that broke off after three steps is compared with one of so many."""
MOST_RATES: Final = 20
"""Half decades from the proposed rate, at most."""
LEAST_RATES: Final = 6
"""That are tried, whatever they cost."""
SEARCH: Final = 0.5
"""Of the budget, for finding the rate."""
NEWEST: Final = 40
"""The loss is the mean of the newest so-manieth part of the steps, as in the window's curve."""


def try_remedy(
    experiment: Experiment,
    remedy: Remedy,
    steps: int,
    aim: Aim = "loss",
    budget: float = BUDGET,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Trial | None:
    """Train the changed experiment and the one as it is for `steps` steps each; None where it was stopped.

    For a learning rate, rates in the direction of the remedy are tried first, in short runs, and the best is taken.

    Parameters
    ----------
    budget
        Multiply-adds: where both trainings would take more, both make fewer steps.
    """
    clock = Clock(stop, progress)
    asked = max(steps, LEAST_STEPS)
    searched = SEARCH if remedy.id == "rate" else 0.0
    if remedy.id == "rate":
        remedy = _best_rate(experiment, remedy, clock.part(0.0, searched), searched * budget)
    made = affordable((1 - searched) * budget / 2, step_effort(start(experiment)), LEAST_STEPS, asked)
    middle = (1 + searched) / 2
    unchanged = _train(experiment, made, clock.part(searched, middle))
    if unchanged is None:
        return None
    changed = _train(apply(experiment, remedy.patch), made, clock.part(middle, 1.0))
    if changed is None:
        return None
    return Trial(remedy, changed, unchanged, aim, made >= asked)


def _train(experiment: Experiment, steps: int, clock: Clock) -> Twin | None:
    """Train from step 0; None where it was stopped."""
    trainer = start(experiment)
    losses: list[float] = []
    while trainer.step < steps and trainer.ending is None:
        if clock.over:
            return None
        data_losses, _penalties = trainer.advance(min(max(steps // NEWEST, 1), steps - trainer.step), beyond=True)
        losses.extend(data_losses.tolist())
        clock.report(trainer.step / steps)
    trainer.read()
    reading = trainer.readings.last
    assert reading is not None
    meters = [(layer.dead_units, layer.units) for layer in frame_of(trainer).layers if layer.dead is not None]
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


def _best_rate(experiment: Experiment, remedy: Remedy, clock: Clock, budget: float) -> Remedy:
    """Return the remedy with the rate that leaves the least loss in a short run.

    The proposed rate is tried first, then those of half a decade more and less and so on, until both ways get worse;
    none on the other side of the present rate.
    """
    rate = experiment.training.learning_rate
    proposed = float(remedy.patch["training.learning_rate"])
    copy = prepared(experiment)
    setting = prepare(copy, np.dtype(np.float32))
    zero = guessing_loss(copy, setting)
    dear = LEAST_STEPS * step_effort(start(copy, setting=setting))
    left = affordable(budget, dear, LEAST_RATES, 2 * MOST_RATES)
    best, chosen = math.inf, proposed
    open_ways = {1, -1}
    for number in range(MOST_RATES):
        for way in (1, -1) if number else (1,):
            tried = nearest_round(proposed * math.sqrt(10) ** (way * number))
            if way not in open_ways or (tried - rate) * (proposed - rate) <= 0:
                open_ways.discard(way)
                continue
            measured = short_run(copy, tried, LEAST_STEPS, clock, setting) if left > 0 else None
            if measured is None:
                return rate_remedy(experiment, chosen)
            left -= 1
            if measured[1] < best:
                best, chosen = measured[1], tried
            elif best < ENOUGH * zero:
                open_ways.discard(way)
            clock.report((number + 1) / MOST_RATES)
        if not open_ways:
            break
    return rate_remedy(experiment, chosen)
