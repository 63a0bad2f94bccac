"""Nesterov's accelerated gradient."""

from typing import Annotated, ClassVar

from simulator.declaration import Field
from simulator.message import N_
from simulator.optimizers.base import Optimizer


class Nesterov(Optimizer, tag="nesterov", frozen=True):
    """The gradient is taken where momentum will have led."""

    label: ClassVar[str] = N_("Nesterov")
    help: ClassVar[str] = N_("Momentum that looks ahead: the gradient counts at the place the step is going to.")
    source: ClassVar[str] = "Nesterov 1983; Sutskever et al. 2013"
    rank: ClassVar[int] = 1
    slots: ClassVar[int] = 1
    formulas: ClassVar[tuple[str, ...]] = (N_("v = μ v − η dW"), N_("W = W + v + μ (v − v before)"))

    momentum: Annotated[
        float,
        Field(N_("Momentum"), low=0, high=0.999, live=True, help=N_("Share of the last step that is kept; 0 = none.")),
    ] = 0.9

    def constants(self) -> tuple[float, ...]:
        return (self.momentum,)
