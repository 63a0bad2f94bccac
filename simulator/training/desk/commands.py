"""What the window asks of the runner. Commands are carried out in order, between two chunks of steps."""

from dataclasses import dataclass
from typing import Any

from simulator.experiment.run import Run
from simulator.training.desk.questions import Question
from simulator.training.frames.frame import Part

MOST_LANES = 4


@dataclass(frozen=True)
class Load:
    """Build the run and show it in place of the selected lane, paused at step 0; that lane's run is kept."""

    run_id: int
    run: Run


@dataclass(frozen=True)
class Fork:
    """Build a run that is `source` up to `step` and has `patch` in force from there on; it is kept, and not shown.

    Answered by `Kept`, or by `Rejected`.

    Attributes
    ----------
    run_id
        The new run's.
    source
        A kept run.
    step
        Updates made before the fork; None is the present step of `source`. At step 0 the new run begins anew from the
        patched experiment.
    patch
        Relative to what was in force at `step`. See `may_fork`; at step 0 any patch will do. Empty: go on from there,
        and forget the edits made later.
    """

    run_id: int
    source: int
    step: int | None
    patch: dict[str, Any]


@dataclass(frozen=True)
class Arrange:
    """Show kept runs as lanes, with their weights, history and step, paused.

    Answered by `Loaded` for the selected run, or by `Rejected`.

    Attributes
    ----------
    lanes
        One to four run ids, in order.
    selected
        The one of them that is the main picture and takes live edits.
    still
        Those of them that do not train.
    """

    lanes: tuple[int, ...]
    selected: int
    still: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        wrong = not 1 <= len(self.lanes) <= MOST_LANES or len(set(self.lanes)) != len(self.lanes)
        if wrong or self.selected not in self.lanes or not self.still <= set(self.lanes):
            raise ValueError(f"no arrangement of one to {MOST_LANES} lanes: {self}")


@dataclass(frozen=True)
class Forget:
    """Drop a kept run that is no lane on display; nothing is answered."""

    run_id: int


@dataclass(frozen=True)
class Scrub:
    """Show all lanes as they were, paused; training goes on from the newest step all the same.

    Attributes
    ----------
    step
        Of the selected lane; the others show the same number of examples seen. None is the present.
    exact
        False: the newest frame recorded up to that step. True: that one at once, and then the step itself, rebuilt in
        the background; a later Scrub, Play, StepOnce or RunEpoch cancels that.
    """

    step: int | None
    exact: bool = False


@dataclass(frozen=True, eq=False)
class Ask:
    """Put a question about a lane between two chunks of steps; answered by `Answered`.

    Attributes
    ----------
    ticket
        Comes back with the answer.
    run_id
        Whose lane is meant; None for the selected one.
    """

    ticket: int
    question: Question[Any]
    run_id: int | None = None


@dataclass(frozen=True)
class Play:
    """Train all lanes that do not stand still, until paused or until every one has ended."""


@dataclass(frozen=True)
class Continue:
    """Train on beyond the number of epochs asked for, until paused."""


@dataclass(frozen=True)
class Pause:
    """Stop after the present step."""


@dataclass(frozen=True)
class StepOnce:
    """Train one mini-batch, then pause; the other lanes train up to the same number of examples."""


@dataclass(frozen=True)
class RunEpoch:
    """Train to the end of the epoch, then pause; the other lanes train up to the same number of examples."""


@dataclass(frozen=True)
class Change:
    """A live edit of the selected lane: takes effect between two steps and is logged with the step it found.

    `joined` where it goes on with the gesture of the edit before it, such as the drag of a slider.
    """

    patch: dict[str, Any]
    joined: bool = False


@dataclass(frozen=True)
class SetWeight:
    """Set one parameter of the selected lane by hand, while it waits; answered by `Changed`, or by `Rejected`.

    Attributes
    ----------
    step
        Its newest step, as the window knows it: of another one the value is not meant.
    block, index, value
        See `WeightEdit`. The value of before the edits of this step takes them back.
    """

    step: int
    block: str
    index: tuple[int, ...]
    value: float


@dataclass(frozen=True)
class SetSpeed:
    """Steps a second; None is as fast as the machine can."""

    steps_per_second: float | None


@dataclass(frozen=True)
class ShowParts:
    """Which optional parts frames should carry: names of files in `measuring/parts`, or values that name one."""

    parts: frozenset[Part]


Command = (
    Load
    | Fork
    | Arrange
    | Forget
    | Scrub
    | Ask
    | Play
    | Continue
    | Pause
    | StepOnce
    | RunEpoch
    | Change
    | SetWeight
    | SetSpeed
    | ShowParts
)
