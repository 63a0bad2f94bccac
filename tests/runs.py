"""What tests of the trainer share: a run beside the reference's, and hashes of what must be equal bit by bit."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from simulator.experiment.run import Run
from simulator.training.trainer import Trainer
from tests import reference


def trained_by_reference(run: Run, steps: int, dtype: DTypeLike = np.float64) -> reference.Trained:
    """Train the run, its edits included, the slow way."""
    experiment = run.at(0)
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset, dtype)
    weights = reference.initial_weights(run.experiment, dataset.width, dataset.classes, dtype)
    edits = {edit.step: run.at(edit.step) for edit in run.edits}
    return reference.train(experiment, weights, steps, examples, edits)


def advance(trainer: Trainer, steps: int, chunk: int, frames: bool = False) -> tuple[NDArray[Any], NDArray[Any]]:
    """Advance by `steps` in chunks; return data losses and penalties."""
    parts = [(np.zeros(0), np.zeros(0))]
    left = steps
    while left > 0 and trainer.ending is None:
        parts.append(trainer.advance(min(chunk, left), measure=frames))
        left -= chunk
        if frames:
            trainer.frame(decision=True)
    return np.concatenate([a for a, _ in parts]), np.concatenate([b for _, b in parts])


def parameters(trainer: Trainer) -> NDArray[Any]:
    """Return a copy of the parameters: W then b of every dense layer."""
    return np.concatenate([trainer.state.parameters[item.span] for item in trainer.program.placed])


def fingerprint(trainer: Trainer) -> tuple[bytes, bytes, bytes]:
    """Return all that training changes, bit by bit."""
    state = trainer.state
    return state.parameters.tobytes(), state.optimizer_state.tobytes(), state.running_statistics.tobytes()
