"""What the window asks of the runner. Commands are carried out in order, between two chunks of steps."""

from dataclasses import dataclass
from typing import Any

from simulator.experiment.run import Run


@dataclass(frozen=True)
class Load:
    """Build the run and show it, paused at step 0; the run shown before is kept under its own id."""

    run_id: int
    run: Run


@dataclass(frozen=True)
class Switch:
    """Show a kept run again, with its weights, history and step."""

    run_id: int


@dataclass(frozen=True)
class Play:
    """Train until paused, finished or diverged."""


@dataclass(frozen=True)
class Continue:
    """Train on beyond the number of epochs asked for, until paused."""


@dataclass(frozen=True)
class Pause:
    """Stop after the present step."""


@dataclass(frozen=True)
class StepOnce:
    """Train one mini-batch, then pause."""


@dataclass(frozen=True)
class RunEpoch:
    """Train to the end of the epoch, then pause."""


@dataclass(frozen=True)
class Change:
    """A live edit: takes effect between two steps and is logged with the step it found."""

    patch: dict[str, Any]


@dataclass(frozen=True)
class SetSpeed:
    """Steps a second; None is as fast as the machine can."""

    steps_per_second: float | None


@dataclass(frozen=True)
class ShowParts:
    """Which optional parts frames should carry."""

    decision: bool


Command = Load | Switch | Play | Continue | Pause | StepOnce | RunEpoch | Change | SetSpeed | ShowParts
