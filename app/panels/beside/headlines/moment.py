"""What a headline may look at: the picture on display, its record, what the doctor found."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.look import facts
from app.look.facts import Accuracies
from app.running.run_state import RunState
from simulator.analysis.doctor import Finding, RunRecord
from simulator.analysis.straight_line import straight_line_accuracy
from simulator.experiment import Card, Experiment, cards
from simulator.layers import Activation
from simulator.training import Loaded, Picture, RunFacts

FITTED: Final = 2000
"""Examples that straight borders are fitted to, at most."""

MOST: Final = 0.5
"""Of the units of a layer."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A run at one step.

    Attributes
    ----------
    experiment
        The values in force at the step on display.
    picture, record
        None until there is a picture of this run.
    findings
        What the doctor found, causes first.
    catches_up
        Other runs beside it are further on: it trains alone until it has seen as many examples.
    """

    loaded: Loaded
    experiment: Experiment
    state: RunState
    picture: Picture | None = None
    record: RunRecord | None = None
    findings: tuple[Finding, ...] = ()
    catches_up: bool = False

    @property
    def facts(self) -> RunFacts:
        """What does not change while the run trains."""
        return self.loaded.facts

    @property
    def step(self) -> int:
        """The step on display."""
        return 0 if self.picture is None else self.picture.frame.step

    @property
    def learned(self) -> float:
        """Share of the loss of guessing that is gone; NaN where the loss is no finite number, or nothing is known."""
        return math.nan if self.record is None or not self.step else self.record.learned

    @property
    def loss(self) -> float:
        """The mean of the last mini-batches; NaN where it is no finite number, or nothing is known."""
        return math.nan if self.record is None else self.record.loss

    @cached_property
    def accuracies(self) -> Accuracies | None:
        """The newest reading up to the step on display."""
        return None if self.picture is None else facts.read(self.picture)

    @cached_property
    def shown(self) -> Accuracies | None:
        """The figures of the whole sets where they were read at the step on display, else `accuracies`: to be said.

        Conditions read `accuracies` alone.
        """
        whole = None if self.picture is None else facts.read_on_all(self.picture)
        return self.accuracies if whole is None else whole

    @cached_property
    def hidden(self) -> tuple[Card, ...]:
        """The hidden layers."""
        return tuple(card for card in cards(self.experiment.network) if card.entries[0].weighted)

    @cached_property
    def bending(self) -> tuple[Card, ...]:
        """The hidden layers that are no linear map."""
        return tuple(card for card in self.hidden if is_bending(card))

    @property
    def is_mostly_dead(self) -> bool:
        """Whether most units of a layer are dead at the step on display: no rate makes those learn."""
        layers = () if self.picture is None else self.picture.frame.layers
        return any((layer.dead or 0.0) > MOST for layer in layers)

    @property
    def straight(self) -> float:
        """The share of `fitted` training examples that straight borders get right."""
        return _straight(self.facts)

    @property
    def fitted(self) -> int:
        """How many training examples `straight` was fitted to."""
        return _sample(self.facts).size

    @cached_property
    def causes(self) -> tuple[Finding, ...]:
        """What keeps the network from learning and follows from nothing else."""
        return tuple(finding for finding in self.findings if finding.is_cause and finding.aim == "loss")

    def found(self, name: str) -> Finding | None:
        """Return the finding of that diagnosis, if there is one."""
        return next((finding for finding in self.findings if finding.id == name), None)


def is_bending(card: Card) -> bool:
    """Tell whether a card is more than a linear map."""
    activation = card.activation
    return card.entries[0].kind == "maxout" or (isinstance(activation, Activation) and activation.kind != "linear")


@lru_cache(maxsize=4)
def _straight(known: RunFacts) -> float:
    sample = _sample(known)
    data = known.dataset
    return straight_line_accuracy(data.features[sample], data.labels[sample], len(data.class_names))


def _sample(known: RunFacts) -> NDArray[np.int64]:
    """Return so many training examples that the window does not wait for the fit."""
    return known.training[:: math.ceil(known.training.size / FITTED)]
