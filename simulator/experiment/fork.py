"""Which change of an experiment may be made in the middle of a run, with the weights it has."""

from typing import Any

from simulator.errors import ExperimentError
from simulator.experiment.cards import cards
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import Patch, apply
from simulator.layers import Shape
from simulator.layers.dense import Dense
from simulator.message import N_, Message

KEPT = ("data", "split", "preprocessing", "seeds")  # parts of an experiment that a run never changes


def may_fork(before: Experiment, after: Experiment, width: int, classes: int) -> bool:
    """Tell whether a run of `before` may go on as `after` at any step; otherwise `after` begins at step 0.

    It may where data, split, preprocessing and seeds stay, and every parameter and running statistic keeps its place:
    other activations, dropout, loss and training then work on copied weights. The number of cards stays too, so that
    all frames of a run have the same layers.

    Parameters
    ----------
    width, classes
        Features of one example, and classes, of the data.
    """
    if any(getattr(before, part) != getattr(after, part) for part in KEPT):
        return False
    if (before.network, before.output) == (after.network, after.output):
        return True
    if len(cards(before.network)) != len(cards(after.network)):
        return False
    try:
        return _held(before, width, classes) == _held(after, width, classes)
    except ExperimentError:  # shapes that do not fit
        return False


def _held(experiment: Experiment, width: int, classes: int) -> list[Any]:
    """Return whatever holds parameters or running statistics, in order: kind, key, blocks, size of the statistics."""
    output = Dense(units=classes, weights=experiment.output.weights, bias=experiment.output.bias)
    shape: Shape = (width,)
    found = []
    for entry in (*experiment.network, output):
        blocks, state = entry.blocks(shape), entry.state(shape)
        if blocks or state:
            found.append((entry.kind, getattr(entry, "key", None), blocks, len(state)))
        shape = entry.output_shape(shape)
    return found


def forked(experiment: Experiment, patch: Patch, width: int, classes: int) -> Experiment:
    """Return `experiment` with a change made in the middle of a run; raise `ExperimentError` if it may not be."""
    changed = apply(experiment, patch)
    check_fork(experiment, changed, width, classes)
    return changed


def check_fork(before: Experiment, after: Experiment, width: int, classes: int) -> None:
    """Raise `ExperimentError` if `before` may not become `after` in the middle of a run."""
    if not may_fork(before, after, width, classes):
        text = N_("this change starts the run again; it cannot be made while it trains")
        raise ExperimentError(Message(text))
