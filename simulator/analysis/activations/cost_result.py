"""What the activations cost (slide B4). Shown, never passed or failed."""

from dataclasses import dataclass

from simulator.analysis.activations.scalar_functions import ScalarFunction


@dataclass(frozen=True)
class ElementCost:
    """Nanoseconds an element."""

    function: ScalarFunction
    forward: float
    backward: float

    @property
    def total(self) -> float:
        """Forward and backward."""
        return self.forward + self.backward


@dataclass(frozen=True)
class ElementCosts:
    """Costs of several functions, measured side by side.

    Attributes
    ----------
    units, batch, rounds
        The pass that was repeated, and the number of rounds of which the fastest counts.
    """

    costs: tuple[ElementCost, ...]
    units: int
    batch: int
    rounds: int


@dataclass(frozen=True)
class StepShare:
    """What the activations take of one training step, in microseconds.

    Attributes
    ----------
    function
        The activation that all hidden layers were given; None for the network as it is.
    """

    function: ScalarFunction | None
    step: float
    activations: float

    @property
    def share(self) -> float:
        """Part of the step, from 0 to 1."""
        return min(1.0, self.activations / self.step)


@dataclass(frozen=True)
class StepShares:
    """Shares of a step of one experiment.

    Attributes
    ----------
    elements
        Numbers that pass through activations in one step.
    """

    shares: tuple[StepShare, ...]
    elements: int
    batch: int
    rounds: int

    def share_with(self, kind: str) -> StepShare | None:
        """Return the share with activations of this kind; None where it was not measured."""
        return next((each for each in self.shares if each.function is not None and each.function.kind == kind), None)
