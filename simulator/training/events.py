"""What the runner reports: lifecycle events, none of them lost, and the newest picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
from simulator.message import Message
from simulator.training.frame import Frame


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
    untrained_loss
        The loss of a network that knows nothing (ln C), and its formula.
    notes
        What a user should know of the data, such as which files they come from.
    """

    dataset: Dataset
    training: NDArray[np.int64]
    validation: NDArray[np.int64]
    parameters: int
    probe_examples: int
    validation_examples: int
    untrained_loss: float
    untrained_formula: Message
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Preparing:
    """The simulator is being prepared (compiled code loaded); nothing can train yet."""


@dataclass(frozen=True)
class Prepared:
    """Ready to train."""


@dataclass(frozen=True, eq=False)
class Loaded:
    """A run is on display, paused: new, or kept and switched back to."""

    run_id: int
    run: Run
    experiment: Experiment
    step: int
    facts: RunFacts


@dataclass(frozen=True)
class Rejected:
    """A run could not be built, or an edit not made: one sentence; what was on display stays."""

    run_id: int
    message: Message


@dataclass(frozen=True)
class Playing:
    """Training goes on."""

    run_id: int


@dataclass(frozen=True)
class Paused:
    """Training waits."""

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
class Ended:
    """The run came to an ending.

    `ending` is "finished" (all epochs done; may be continued), "diverged" or "failed"; `message` says why.
    """

    run_id: int
    ending: str
    message: Message
    step: int


Event = Preparing | Prepared | Loaded | Rejected | Playing | Paused | Changed | Ended


@dataclass(frozen=True, eq=False)
class LossCurve:
    """Losses of all steps so far, in at most about 1,000 buckets; float64 arrays of one length.

    Attributes
    ----------
    step
        The last step of each bucket, counted from 1.
    low, mean, high
        Least, mean and greatest finite loss of the bucket; NaN where it has none.
    smooth_step, smooth
        At most 300 points of a trailing mean.
    first_bad_step
        The first step whose loss is not finite, or None.
    """

    step: NDArray[np.float64]
    low: NDArray[np.float64]
    mean: NDArray[np.float64]
    high: NDArray[np.float64]
    smooth_step: NDArray[np.float64]
    smooth: NDArray[np.float64]
    first_bad_step: int | None


@dataclass(frozen=True, eq=False)
class Readings:
    """Accuracies (0..1) and data losses in evaluation mode, at step 0, at each epoch end and at the end.

    float64 arrays of one length; the validation ones are NaN where nothing validates.
    """

    step: NDArray[np.float64]
    epoch: NDArray[np.float64]
    training_accuracy: NDArray[np.float64]
    validation_accuracy: NDArray[np.float64]
    training_loss: NDArray[np.float64]
    validation_loss: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Picture:
    """Everything the window shows of a run at one moment; only the newest is kept.

    Attributes
    ----------
    sequence
        Grows with every picture: compare it to know whether there is something new.
    start
        The frame of step 0: the grey ghost.
    steps_per_second
        Measured while playing, else None.
    steps_per_epoch
        At the batch size in force.
    """

    sequence: int
    run_id: int
    frame: Frame
    start: Frame
    losses: LossCurve
    readings: Readings
    steps_per_second: float | None
    steps_per_epoch: int
