"""What the gradient lens finds: gradients beside difference quotients, and how the step of the quotient matters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.message import Message

Real = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LayerAgreement:
    """The entries of one layer that could be compared; read-only.

    Attributes
    ----------
    analytic, numeric
        Shape (entries,): the backward pass's gradient, and the difference quotient at the step of `StepSweep.usual`.
    largest
        The largest relative error, each entry at the step that suits it best.
    judged, kinks, unclear
        How many entries were compared, lie at a kink, or cannot be told from rounding.
    """

    name: Message
    analytic: Real
    numeric: Real
    largest: float
    judged: int
    kinks: int
    unclear: int


@dataclass(frozen=True, eq=False)
class StepSweep:
    """Median relative error of the quotient at every step; read-only.

    Attributes
    ----------
    steps
        Shape (steps,), rising.
    double, single
        Shape (steps,): in 64-bit and in 32-bit numbers, both against the 64-bit backward pass.
    crossing
        Shape (steps,): how many of the entries carry an activation across its bend within the step.
    entries
        How many gradients the medians are over.
    usual
        The step that agreement is drawn at.
    """

    steps: Real
    double: Real
    single: Real
    crossing: NDArray[np.int64]
    entries: int
    usual: float

    def best(self, errors: Real) -> tuple[float, float]:
        """Return the step of the least error, and that error."""
        place = int(np.nanargmin(errors))
        return float(self.steps[place]), float(errors[place])


@dataclass(frozen=True, eq=False)
class GradientLens:
    """What the lens found.

    Attributes
    ----------
    layers
        Layers with parameters, output layer included.
    sweep
        None where nothing could be compared.
    jumps
        What the kinks belong to, and how many entries met them.
    examples
        How many examples the loss is of.
    finite
        Whether loss and gradients are finite numbers.
    """

    layers: tuple[LayerAgreement, ...]
    sweep: StepSweep | None
    jumps: tuple[tuple[Message, int], ...]
    examples: int
    finite: bool

    @property
    def judged(self) -> int:
        """How many entries were compared."""
        return sum(layer.judged for layer in self.layers)

    @property
    def kinks(self) -> int:
        """How many entries were left out because a slope jumps."""
        return sum(layer.kinks for layer in self.layers)
