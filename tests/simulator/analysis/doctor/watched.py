"""Runs as the window sees them: the pictures of a lane."""

import numpy as np

from simulator.analysis.doctor.record import RunRecord
from simulator.experiment import from_plain
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
from simulator.training.desk.lane import Lane
from simulator.training.frames.picture import Picture, RunFacts
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer

EARLY = (1, 2, 5, 10, 20)


def pictures_of(run: Experiment | Run, steps: int, frames: int = 16) -> tuple[list[Picture], RunFacts]:
    """Train, and return the pictures of some steps: a few early ones, then evenly up to the last."""
    trainer = Trainer(run if isinstance(run, Run) else Run(run))
    lane = Lane(1, Timeline(trainer))
    found = [lane.picture(0)]
    for step in sorted(
        {*(step for step in EARLY if step < steps), *np.linspace(0, steps, frames).astype(int)[1:].tolist()}
    ):
        lane.timeline.advance(step - trainer.step, beyond=True)
        if trainer.ending is not None or step == steps:
            trainer.read()
        lane.refresh(())
        found.append(lane.picture(len(found)))
        if trainer.ending is not None:
            break
    return found, trainer.facts


def records_of(experiment: Experiment, steps: int, frames: int = 16) -> list[RunRecord]:
    """Return the records that the doctor is given, from step 0 to the last."""
    pictures, facts = pictures_of(experiment, steps, frames)
    return [RunRecord.of(picture, facts, experiment) for picture in pictures]


def killed() -> Run:
    """Return a run of the spiral whose units an epoch at rate 10, taken back at step 210, has killed."""
    rate = "training.learning_rate"
    layers = [
        {"kind": kind, **more} for key in (1, 2) for kind, more in (("dense", {"units": 16, "key": key}), ("relu", {}))
    ]
    experiment = from_plain(
        {
            "data": {"kind": "spiral", "noise": 0.03},
            "network": layers,
            "training": {"learning_rate": 0.1, "batch_size": 32, "optimizer": {"kind": "sgd", "momentum": 0.9}},
        }
    )
    return Run(experiment).with_edit(200, {rate: 10.0}).with_edit(210, {rate: 0.1})
