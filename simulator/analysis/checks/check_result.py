"""What a sanity check is, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.checks.checklist import CheckItem
from simulator.analysis.clock import Clock
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

Form = Literal["number", "share"]
Verdict = Literal["pass", "fail", "unsure", "skipped"]


@dataclass(frozen=True, eq=False)
class CheckPicture:
    """What a check measured, to be drawn as one curve.

    Attributes
    ----------
    title
        What is drawn: "Loss after 100 steps at each rate".
    across
        What `x` is.
    x, y
        float64, shape (n,); infinite where the loss is no finite number.
    errors
        Standard errors of `y`, shape (n,); empty where there are none.
    names
        Of the points, where `x` only counts them.
    logarithmic_x, logarithmic_y
        Whether an axis shows powers of ten.
    reference
        A value that the curve is held against, and its name.
    mark
        The number of the point that the check is about, and its name, which may be empty; None where there is none.
    best
        The number of the best point, or None where no point is better than others.
    joined
        Whether a line runs through the points.
    form
        How `y` is written: a share in percent.
    """

    title: Message
    across: Message
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    errors: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    names: tuple[Message, ...] = ()
    logarithmic_x: bool = False
    logarithmic_y: bool = False
    reference: tuple[float, Message] | None = None
    mark: tuple[int, Message] | None = None
    best: int | None = None
    joined: bool = True
    form: Form = "number"


@dataclass(frozen=True)
class Outcome:
    """What one check measured.

    Attributes
    ----------
    measured
        The number, or None where there is none.
    expected
        What it should be: a number, or words such as "below 1e-05".
    sentence
        What it means.
    details
        Further lines, one a layer for instance.
    picture
        What was measured on the way, or None.
    """

    measured: float | None
    expected: Message | float | None
    verdict: Verdict
    sentence: Message
    details: tuple[Message, ...] = ()
    picture: CheckPicture | None = None


@dataclass(frozen=True)
class Check:
    """One line of the list, and how it is measured.

    Attributes
    ----------
    function
        Measures a copy; the experiment stays as it is.
    """

    item: CheckItem
    function: Callable[[Experiment, Clock], Outcome]


@dataclass(frozen=True)
class CheckResult:
    """A check and its outcome, for lists; see `CheckItem` and `Outcome`."""

    item: CheckItem
    measured: float | None
    expected: Message | float | None
    verdict: Verdict
    sentence: Message
    seconds: float
    details: tuple[Message, ...] = ()
    picture: CheckPicture | None = None

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    @property
    def title(self) -> Message:
        """What is true where the check passes."""
        return Message(self.item.title)


def cut_short(sentence: Message) -> Message:
    """Return the sentence with the remark that the check was stopped."""
    return Message(N_("{sentence} It was stopped before its end."), {"sentence": sentence})
