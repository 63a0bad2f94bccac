"""A mini-batch taken apart."""

from typing import Final

from simulator.analysis import gates
from simulator.message import N_
from simulator.quantities.quantity import Quantity, Value
from simulator.quantities.subject import Subject


def _difference(subject: Subject) -> Value:
    return subject.once("mini-batch", lambda: gates.take_apart(subject.run)).parts.difference


QUANTITIES: Final = (
    Quantity(
        "batch.difference",
        N_("Largest difference between the mean of single gradients and the gradient of the mini-batch at once."),
        N_("the first mini-batch, in 64-bit numbers"),
        _difference,
        source="A1",
    ),
)
