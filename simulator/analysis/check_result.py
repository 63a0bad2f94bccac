"""What a sanity check is, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from simulator.analysis.clock import Clock
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

Verdict = Literal["pass", "fail", "unsure", "skipped"]


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
    """

    measured: float | None
    expected: Message | float | None
    verdict: Verdict
    sentence: Message
    details: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Check:
    """One line of the list.

    Attributes
    ----------
    title
        Marked source text: what is true where the check passes.
    slide
        The slide it comes from.
    cap
        Seconds it may take, once data and kernels are ready.
    function
        Measures a copy; the experiment stays as it is.
    """

    id: str
    title: str
    slide: str
    cap: float
    function: Callable[[Experiment, Clock], Outcome]


@dataclass(frozen=True)
class CheckResult:
    """A check and its outcome, for lists; see `Check` and `Outcome`."""

    id: str
    title: Message
    measured: float | None
    expected: Message | float | None
    verdict: Verdict
    sentence: Message
    seconds: float
    details: tuple[Message, ...] = ()


def out_of_time(sentence: Message, clock: Clock) -> Message:
    """Return the sentence with the remark that the clock cut the check short."""
    if clock.stopped:
        return Message(N_("{sentence} It was stopped before its end."), {"sentence": sentence})
    text = N_("{sentence} Its {seconds} seconds were over before its end.")
    return Message(text, {"sentence": sentence, "seconds": f"{clock.cap:g}"})
