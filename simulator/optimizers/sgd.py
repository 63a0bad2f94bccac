"""Stochastic gradient descent, with momentum."""

from typing import Annotated, ClassVar

from simulator.declaration import Field
from simulator.message import N_
from simulator.optimizers.base import Optimizer


class SGD(Optimizer, tag="sgd", frozen=True):
    """v = momentum * v - learning_rate * dW;  W = W + v (Polyak 1964, as CS231n writes it)."""

    label: ClassVar[str] = N_("SGD")
    help: ClassVar[str] = N_("A step against the gradient of each mini-batch; momentum keeps part of the step before.")
    source: ClassVar[str] = "A1; Polyak 1964"
    rank: ClassVar[int] = 0
    slots: ClassVar[int] = 1
    formulas: ClassVar[tuple[str, ...]] = (N_("v = μ v − η dW"), N_("W = W + v"))

    momentum: Annotated[
        float,
        Field(
            N_("Momentum"),
            low=0,
            high=0.999,
            live=True,
            help=N_("Share of the last step that is kept; 0 = none."),
        ),
    ] = 0.0

    def constants(self) -> tuple[float, ...]:
        return (self.momentum,)
