"""What the runner reports: lifecycle events, none of them lost, and the newest picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.portrait import Portrait
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
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
class Preparing:
    """The simulator is being prepared (compiled code loaded); nothing can train yet."""


@dataclass(frozen=True)
class Prepared:
    """Ready to train."""


@dataclass(frozen=True, eq=False)
class Loaded:
    """A run is on display, paused: new, or kept and switched back to. `lanes` are all runs on display, in order.

    `anew` are those among them that begin again, because their files have changed since they were trained.
    """

    run_id: int
    run: Run
    experiment: Experiment
    step: int
    facts: RunFacts
    lanes: tuple[int, ...] = ()
    anew: tuple[int, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A fork was built: it waits on the shelf after `step` updates, with `experiment` in force."""

    run_id: int
    run: Run
    experiment: Experiment
    step: int


@dataclass(frozen=True, eq=False)
class Answered:
    """The answer to `Ask`; where there is none, `message` says why."""

    ticket: int
    value: Any
    message: Message | None = None


@dataclass(frozen=True)
class Rejected:
    """A run could not be built, or an edit not made: one sentence; what was on display stays."""

    run_id: int
    message: Message


@dataclass(frozen=True)
class Playing:
    """Training goes on, in all lanes that do not stand still; `run_id` is the selected one.

    It lasts until `Paused`, or until each of them has `Ended`.
    """

    run_id: int


@dataclass(frozen=True)
class Paused:
    """Training waits, in all lanes; `run_id` and `step` are those of the selected one."""

    run_id: int
    step: int


@dataclass(frozen=True)
class Changed:
    """A live edit took effect after `step` updates; `run` holds it in its log."""

    run_id: int
    step: int
    run: Run
    experiment: Experiment


@dataclass(frozen=True)
class Reached:
    """A run came to edits that were in its log from the beginning: `experiment` is in force after `step` updates."""

    run_id: int
    step: int
    experiment: Experiment


@dataclass(frozen=True)
class Ended:
    """A run came to an ending: it is told once, and other lanes go on.

    `ending` is "finished" (all epochs done; may be continued), "diverged" or "failed"; `message` says why.
    """

    run_id: int
    ending: str
    message: Message
    step: int


Event = Preparing | Prepared | Loaded | Kept | Rejected | Playing | Paused | Changed | Reached | Answered | Ended


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
