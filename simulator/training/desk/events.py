"""What the runner reports: lifecycle events, none of them lost. The newest picture is in `frames.picture`."""

from dataclasses import dataclass
from typing import Any

from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
from simulator.message import Message
from simulator.training.frames.picture import RunFacts


@dataclass(frozen=True)
class Preparing:
    """Compiled code is made ready: so many of its parts are, of so many; what is built or begins has to wait for it."""

    done: int = 0
    total: int = 0


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
