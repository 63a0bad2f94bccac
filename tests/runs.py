"""What tests of the trainer share: a run beside the reference's, and hashes of what must be equal bit by bit."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from simulator.experiment.run import Run
from simulator.kernels import columns as c
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests import reference


def trained_by_reference(run: Run, steps: int, dtype: DTypeLike = np.float64, moved: float = 0.0) -> reference.Trained:
    """Train the run, its edits included, the slow way; `moved` is how far its first weights are moved at random."""
    experiment = run.at(0)
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset, dtype)
    weights = reference.initial_weights(run.experiment, dataset.width, dataset.classes, dtype)
    if moved:
        rng = np.random.default_rng(0)
        weights = [tuple(w + moved * rng.standard_normal(w.shape) for w in layer) for layer in weights]
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
            frame_of(trainer, {"decision"})
    return np.concatenate([a for a, _ in parts]), np.concatenate([b for _, b in parts])


def weights_of(trainer: Trainer) -> reference.Weights:
    """Return a copy of the parameters as the reference holds them."""
    layers: dict[int, list[NDArray[Any]]] = {}
    for item in trainer.program.placed:
        block = trainer.state.parameters[item.span].reshape(item.block.shape).copy()
        layers.setdefault(item.operation, []).append(block)
    return [tuple(blocks) for blocks in layers.values()]


def at_test(trainer: Trainer) -> reference.Pass:
    """Return how examples go through the network at test time, with the trainer's running statistics."""
    running = {}
    for place, entry in enumerate(trainer.experiment.network):
        if entry.kind == "batch_norm":
            row = trainer.program.layout[place]
            both = trainer.state.running_statistics[row[c.STATE] :][: 2 * row[c.N_IN]].copy()
            running[place] = both[: row[c.N_IN]], both[row[c.N_IN] :]
    return reference.Pass(running=running)


def parameters(trainer: Trainer) -> NDArray[Any]:
    """Return a copy of the parameters: W then b of every dense layer, those of other layers likewise."""
    return np.concatenate([trainer.state.parameters[item.span] for item in trainer.program.placed])


def fingerprint(trainer: Trainer) -> tuple[bytes, bytes, bytes]:
    """Return all that training changes, bit by bit."""
    state = trainer.state
    return state.parameters.tobytes(), state.optimizer_state.tobytes(), state.running_statistics.tobytes()
