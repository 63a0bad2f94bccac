"""What may be asked about the run on display, and what is answered: values, so that no closure crosses threads."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.run import Run

if TYPE_CHECKING:  # they bring numba, which the window must not wait for
    from simulator.training.past.replay import Past
    from simulator.training.past.timeline import Timeline
    from simulator.training.run.snapshot import Snapshot

Answer = TypeVar("Answer", covariant=True)


class Question(Protocol[Answer]):
    """Something that the run on display can be asked between two chunks of steps."""

    @abstractmethod
    def answer(self, timeline: "Timeline") -> Answer:
        """Return the answer, in a moment and in the runner's thread; leave the run as it is.

        Raise `ObukaError` where there is none: its sentence is told.
        """


class Moment(NamedTuple):
    """A run, and the state it is in."""

    run: Run
    snapshot: "Snapshot"


class StepLosses(NamedTuple):
    """Losses one by one, float64 (n,): the step of each, the loss of the data, and the penalty added to it.

    Those of the newest 100,000 steps are kept.
    """

    step: NDArray[np.float64]
    data: NDArray[np.float64]
    penalty: NDArray[np.float64]


@dataclass(frozen=True)
class AskLosses(Question[StepLosses]):
    """The losses of all steps that are kept one by one."""

    def answer(self, timeline: "Timeline") -> StepLosses:
        log = timeline.trainer.losses
        data, penalty = log.newest()
        return StepLosses(np.arange(log.steps - data.size, log.steps, dtype=np.float64) + 1, data, penalty)


@dataclass(frozen=True)
class AskPast(Question["Past"]):
    """What can be gone back to: a value that any thread may use."""

    def answer(self, timeline: "Timeline") -> "Past":
        return timeline.past()


@dataclass(frozen=True)
class AskMoment(Question[Moment]):
    """The run with its log, and its newest state."""

    def answer(self, timeline: "Timeline") -> Moment:
        return Moment(timeline.run, timeline.trainer.snapshot())
