"""What is declared of a headline, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass

from app.panels.beside.headlines.moment import Moment
from simulator.experiment import Experiment


@dataclass(frozen=True)
class Proposal:
    """One thing to try.

    Attributes
    ----------
    words
        What to do, and what to look for; <b> is semi-bold.
    button
        A verb; empty where no button can do it.
    twin
        The experiment that the button trains beside this run, or None.
    name
        What that twin is called.
    """

    words: str
    button: str = ""
    twin: Experiment | None = None
    name: str = ""


@dataclass(frozen=True)
class Told:
    """What is said.

    Attributes
    ----------
    headline
        One sentence that fits in three lines.
    number, sentence
        What was measured, as written, and the words that go on from it; <b> is semi-bold.
    basis
        The step and the sample that headline and number rest on.
    """

    headline: str
    number: str = ""
    sentence: str = ""
    basis: str = ""
    proposal: Proposal | None = None


@dataclass(frozen=True)
class Headline:
    """A headline is a claim: it is made where its condition holds, and nowhere else."""

    id: str
    holds: Callable[[Moment], bool]
    tell: Callable[[Moment], Told]
