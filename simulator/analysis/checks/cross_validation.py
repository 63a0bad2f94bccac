"""k-fold cross-validation beside the single validation set: the same model judged both ways (slide F7)."""

import time

import numpy as np

from simulator.analysis.checks.cross_scores import CrossValidation, Score
from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import start, with_end, with_examples
from simulator.data.split import Split
from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message


def cross_validate(
    experiment: Experiment,
    folds: int = 5,
    epochs: int | None = None,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> CrossValidation:
    """Train once on the experiment's own split and once a fold, each fold validating once.

    All examples are dealt out, those that the split keeps for validation too, in the split's own order: with as large a
    share, the last fold is the single split. Weights and order start from the same seeds every time; preprocessing
    measures the training part of its fold alone. Stopped early, it returns what there is.

    Parameters
    ----------
    epochs
        Of every training; None = the experiment's own number, or 20 where it has none. Early stopping stays in force.
    """
    clock = Clock(stop=stop, progress=progress)
    experiment = with_end(experiment, epochs)
    began = time.perf_counter()
    parts = [experiment, *folds_of(experiment, folds)]
    scores = []
    for number, part in enumerate(parts):
        score = _score(part, clock)
        if score is None:
            break
        scores.append(score)
        clock.report((number + 1) / len(parts))
    single = scores[0] if scores and scores[0].examples else None
    seconds = time.perf_counter() - began
    return CrossValidation(
        tuple(scores[1:]), single, experiment.training.epochs or 0, seconds, complete=len(scores) == len(parts)
    )


def folds_of(experiment: Experiment, folds: int) -> list[Experiment]:
    """Return one copy a fold; the folds share no example and are as equal in size as can be."""
    seed = experiment.seeds.data
    labels = experiment.data.load(seed).labels
    if not 2 <= folds <= labels.size:
        text = N_("the number of folds must be between 2 and the {examples} examples, not {folds}")
        raise ExperimentError(Message(text, {"examples": labels.size, "folds": folds}))
    order, _none = Split(validation=0.0, order=experiment.split.order).indices(labels, seed)
    pieces = np.array_split(order, folds)
    return [
        with_examples(
            experiment,
            np.concatenate([piece for other, piece in enumerate(pieces) if other != number]),
            pieces[number],
            experiment.split.train_on,
        )
        for number in range(folds)
    ]


def _score(experiment: Experiment, clock: Clock) -> Score | None:
    """Train and judge once; None where the clock ended it."""
    began = time.perf_counter()
    trainer = start(experiment)
    epochs = experiment.training.epochs or 0
    if clock.over or not advance(trainer, epochs * trainer.steps_per_epoch, clock):
        return None
    loss, accuracy = trainer.evaluate(trainer.setting.validation)
    diverged = trainer.ending is not None and trainer.ending.kind == "diverged"
    return Score(accuracy, loss, trainer.setting.validation.size, diverged, time.perf_counter() - began)
