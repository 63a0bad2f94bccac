"""What the window shows of a run at one moment, and what does not change while it trains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.portrait import Portrait
from simulator.message import Message
from simulator.training.frames.curves import LossCurve, Readings, Samples, Track, WholeReading
from simulator.training.frames.frame import Frame


@dataclass(frozen=True, eq=False)
class RunFacts:
    """What does not change while a run trains.

    Attributes
    ----------
    dataset
        The data, raw.
    training, validation
        Indices of the examples of each split, int64.
    parameters
        Number of weights and biases.
    probe_examples, validation_examples
        How many examples frames and accuracies are measured on.
    guessing_loss
        The least loss of a network that does not look at its input, on the training labels, and its formula.
    notes
        What a user should know of the data, such as which files they come from.
    portrait
        What can be seen of a table's columns before any training; None for pictures.
    """

    dataset: Dataset
    training: NDArray[np.int64]
    validation: NDArray[np.int64]
    parameters: int
    probe_examples: int
    validation_examples: int
    guessing_loss: float
    guessing_formula: Message
    notes: tuple[Message, ...] = ()
    portrait: Portrait | None = None


@dataclass(frozen=True)
class Mark:
    """Something that happened to a run.

    Attributes
    ----------
    kind
        "fork" (this run left another one here), "edit", or "diverged".
    step
        Updates made before it.
    message
        What changed, such as "Learning rate 0.01 instead of 0.1", or how the run ended.
    """

    kind: Literal["fork", "edit", "diverged"]
    step: int
    message: Message


@dataclass(frozen=True)
class Rebuilding:
    """A past step is being rebuilt, exactly: the share that is done, and the seconds it will still take, if known."""

    step: int
    share: float
    seconds_left: float | None


@dataclass(frozen=True, eq=False)
class Picture:
    """Everything the window shows of a run at one moment; only the newest is kept.

    Attributes
    ----------
    sequence
        Grows with every picture: compare it to know whether there is something new.
    frame
        On display: the newest, or that of the step scrubbed to.
    start
        The frame of step 0: the grey ghost.
    losses, data_losses
        Of all steps, penalty included and left out. Lanes are compared on the latter.
    recent
        The losses of the last epoch, 500 steps at least and 2,000 at most, one point a step.
    steps_per_second
        Measured while playing, else None.
    steps_per_epoch
        At the batch size in force.
    beside
        The newest pictures of the other lanes, in order; theirs have none beside them.
    track
        The meters of all recorded frames.
    marks
        What happened, in the order of their steps. Epoch ends follow from the readings.
    newest
        Updates made.
    at
        The step scrubbed to, or None for the present.
    rebuilding
        While the exact frame of a past step is being made.
    samples
        On how many examples `readings` were measured.
    whole
        Accuracies and losses of the whole sets at step `newest`, read in the background while the run waits: for
        display alone. None until then, while it trains, and where `samples` are the whole sets.
    part_seconds
        What one "frame", and each part by its name, costs the training thread: a smoothed measurement.
    """

    sequence: int
    run_id: int
    frame: Frame
    start: Frame
    losses: LossCurve
    readings: Readings
    steps_per_second: float | None
    steps_per_epoch: int
    beside: tuple["Picture", ...] = ()
    track: Track = field(default_factory=Track.empty)
    recent: LossCurve = field(default_factory=LossCurve.empty)
    data_losses: LossCurve = field(default_factory=LossCurve.empty)
    marks: tuple[Mark, ...] = ()
    newest: int = 0
    at: int | None = None
    rebuilding: Rebuilding | None = None
    samples: Samples = field(default_factory=lambda: Samples(0, 0, 0, 0))
    whole: WholeReading | None = None
    part_seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
