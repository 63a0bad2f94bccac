"""Several networks that answer together: independent runs, or snapshots of one run (the lecture's last trick)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import reseeded, start, with_end
from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.machine.probe import Probe
from simulator.message import N_, Message
from simulator.training.run.trainer import Trainer

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Ensemble:
    """How members do alone and together, on the same validation examples.

    Attributes
    ----------
    members
        Accuracy of each, in order.
    steps
        After how many steps each was asked.
    together
        Accuracy of the mean of their softmax outputs; NaN without any members.
    examples
        How many validation examples there are.
    diverged
        How many runs left the road; they are no members.
    complete
        Whether all members that were asked for were trained, the diverged ones among them.
    """

    members: tuple[float, ...]
    steps: tuple[int, ...]
    together: float
    examples: int
    diverged: int
    seconds: float
    complete: bool

    @property
    def mean(self) -> float:
        """Mean accuracy of the members alone; NaN without any."""
        return float(np.mean(self.members)) if self.members else np.nan


def ensemble(
    experiment: Experiment,
    members: int = 5,
    epochs: int | None = None,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Train `members` networks that differ in weights and order of the examples, and let them answer together.

    The first is the experiment itself. Stopped early, those count that are trained.

    Parameters
    ----------
    epochs
        Of every member; None = the experiment's own number, or 20 where it has none.
    """
    clock = Clock(stop=stop, progress=progress)
    began = time.perf_counter()
    answers = _Answers()
    trained = 0
    for number in range(members):
        trainer = _trainer(reseeded(experiment, number), epochs)
        if clock.over or not advance(trainer, _all_steps(trainer), clock):
            break
        answers.add(trainer)
        trained += 1
        clock.report(trained / members)
    return answers.ensemble(began, trained == members)


def snapshot_ensemble(
    experiment: Experiment,
    snapshots: int = 5,
    epochs: int | None = None,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Train one network and let `snapshots` states of it, equally far apart, answer together; the last is the end.

    A run that stops early, or diverges, has fewer. See `ensemble` for the parameters.
    """
    clock = Clock(stop=stop, progress=progress)
    began = time.perf_counter()
    answers = _Answers()
    trainer = _trainer(experiment, epochs)
    total = _all_steps(trainer)
    complete = True
    for number in range(1, snapshots + 1):
        wanted = round(total * number / snapshots)
        complete = not clock.over and advance(trainer, wanted - trainer.step, clock)
        if not complete:
            break
        answers.add(trainer)
        clock.report(number / snapshots)
        if trainer.ending is not None:
            break
    return answers.ensemble(began, complete)


def softmax(scores: NDArray[Any]) -> Shares:
    """Return exp(s) / sum of exp(s), row by row, in float64."""
    shifted = scores.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def answered_together(shares: Sequence[Shares], labels: NDArray[np.int64]) -> tuple[tuple[float, ...], float]:
    """Return the accuracy of each of `shares` (examples, classes), and that of their mean."""
    alone = tuple(_accuracy(each, labels) for each in shares)
    return alone, _accuracy(np.mean(shares, axis=0), labels) if shares else np.nan


def _accuracy(shares: Shares, labels: NDArray[np.int64]) -> float:
    return float(np.mean(shares.argmax(axis=1) == labels))


class _Answers:
    """Softmax outputs of the members on the validation examples."""

    def __init__(self) -> None:
        self.shares: list[Shares] = []
        self.steps: list[int] = []
        self.labels = np.zeros(0, np.int64)
        self.diverged = 0

    def add(self, trainer: Trainer) -> None:
        """Ask the network of a trainer, unless it has left the road."""
        if trainer.ending is not None and trainer.ending.kind == "diverged":
            self.diverged += 1
            return
        setting = trainer.setting
        self.labels = setting.dataset.labels[setting.validation]
        scores = Probe(trainer.program, trainer.state).scores(setting.inputs, setting.validation)
        self.shares.append(softmax(scores))
        self.steps.append(trainer.step)

    def ensemble(self, began: float, complete: bool) -> Ensemble:
        """Return what came of it."""
        alone, together = answered_together(self.shares, self.labels)
        seconds = time.perf_counter() - began
        return Ensemble(alone, tuple(self.steps), together, self.labels.size, self.diverged, seconds, complete)


def _trainer(experiment: Experiment, epochs: int | None) -> Trainer:
    trainer = start(with_end(experiment, epochs))
    if not trainer.setting.validation.size:
        text = N_(
            "an ensemble is measured on validation examples, and this experiment has none; give it a share of them"
        )
        raise ExperimentError(Message(text))
    return trainer


def _all_steps(trainer: Trainer) -> int:
    """Return how many steps the run has if nothing ends it early."""
    return trainer.steps_per_epoch * (trainer.experiment.training.epochs or 0)
