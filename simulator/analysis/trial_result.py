"""What came of a proposed change."""

from dataclasses import dataclass

from simulator.analysis.remedies import Remedy


@dataclass(frozen=True)
class Trial:
    """How the twin did.

    Attributes
    ----------
    remedy
        What was changed: for a learning rate, the best of those that were tried.
    steps
        Updates made.
    loss
        Mean data loss of the newest mini-batches.
    training_accuracy, validation_accuracy
        At its end; NaN where nothing validates.
    dead_units, units
        Hidden units that give 0 for every example, and all that could.
    diverged
        Whether it left the road.
    complete
        Whether the seconds were enough for all steps.
    """

    remedy: Remedy
    steps: int
    loss: float
    training_accuracy: float
    validation_accuracy: float
    dead_units: int
    units: int
    diverged: bool
    complete: bool
