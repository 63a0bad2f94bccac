"""Runs as the window sees them: pictures with the frames recorded so far."""

from dataclasses import replace

import numpy as np
from simulator.training.pictures import PictureMaker

from simulator.analysis.doctor.record import RunRecord
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
from simulator.training.events import Picture, RunFacts
from simulator.training.history import LossHistory
from simulator.training.trainer import Trainer
from tests.app.tracks import track_of

EARLY = (1, 2, 5, 10, 20)


def pictures_of(experiment: Experiment | Run, steps: int, frames: int = 16) -> tuple[list[Picture], RunFacts]:
    """Train, and return the pictures of some steps: a few early ones, then evenly up to the last."""
    trainer = Trainer(experiment if isinstance(experiment, Run) else Run(experiment))
    maker = PictureMaker(1, trainer)
    history, seen, found = LossHistory(), [maker.frame], []
    at = sorted({*(step for step in EARLY if step < steps), *np.linspace(0, steps, frames).astype(int)[1:].tolist()})
    for sequence, step in enumerate([0, *at]):
        if step > 0:
            history.append(trainer.advance(step - trainer.step, measure=True, beyond=True)[0])
        if trainer.ending is not None or step == steps:
            trainer.read()
        picture = maker.picture(sequence, fresh=True)
        if step > 0:
            seen.append(picture.frame)
        found.append(replace(picture, track=track_of(seen), data_losses=history.curve()))
        if trainer.ending is not None:
            break
    return found, trainer.facts


def records_of(experiment: Experiment, steps: int, frames: int = 16) -> list[RunRecord]:
    """Return the records that the doctor is given, from step 0 to the last."""
    pictures, facts = pictures_of(experiment, steps, frames)
    return [RunRecord.of(picture, facts, experiment) for picture in pictures]
