"""Trains an exhibit of the gallery and measures what makes its curve odd."""

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.curves.curve_measures import DECAY, MEASURES, Course
from simulator.analysis.curves.gallery import ExhibitCurve
from simulator.experiment.library import claims, load
from simulator.training.run.trainer import Trainer


def exhibit_curve(name: str, stop: Stop | None = None, progress: Progress | None = None) -> ExhibitCurve | None:
    """Train the built-in experiment `name` to its end; None where it was stopped before."""
    clock = Clock(stop=stop, progress=progress)
    trainer = Trainer(load(name))
    if not _train(trainer, clock):
        return None
    readings = trainer.readings.readings()
    there = np.isfinite(readings.validation_loss)
    seen = course(trainer)
    return ExhibitCurve(
        name=name,
        curve=trainer.losses.curve(),
        validation_step=readings.step[there],
        validation=readings.validation_loss[there],
        measured=tuple(MEASURES[measure].sentence(MEASURES[measure].of(seen)) for measure in claims(name)),
    )


def course(trainer: Trainer) -> Course:
    """Return the losses of a whole training for the measures; the run may have at most 100,000 steps."""
    losses, penalties = trainer.losses.newest()
    per_epoch = trainer.steps_per_epoch
    factors = trainer.experiment.training.schedule.factors(np.arange(losses.size) / per_epoch)
    return Course(
        losses=losses + penalties,
        penalties=penalties,
        validation=trainer.readings.readings().validation_loss,
        steps_per_epoch=per_epoch,
        untrained=trainer.facts.guessing_loss,
        decays=np.flatnonzero(factors[1:] <= DECAY * factors[:-1]) + 1,
    )


def _train(trainer: Trainer, clock: Clock) -> bool:
    """Train all epochs, an epoch a look at the clock."""
    epochs = trainer.experiment.training.epochs
    while trainer.ending is None:
        if not advance(trainer, trainer.steps_per_epoch, clock):
            return False
        clock.report(trainer.position.epoch / epochs if epochs else 0.0)
    return True
