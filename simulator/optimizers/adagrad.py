"""AdaGrad."""

from typing import Annotated, ClassVar

from simulator.declaration import Field
from simulator.message import N_
from simulator.optimizers.base import Optimizer


class AdaGrad(Optimizer, tag="adagrad", frozen=True):
    """Each weight has a rate of its own: smaller the larger its gradients have been."""

    label: ClassVar[str] = N_("AdaGrad")
    help: ClassVar[str] = N_("A rate of its own for every weight, smaller the more it has moved.")
    source: ClassVar[str] = "Duchi et al. 2011"
    rank: ClassVar[int] = 2
    slots: ClassVar[int] = 1
    formulas: ClassVar[tuple[str, ...]] = (N_("c = c + dW²"), N_("W = W − η dW / (√c + ε)"))

    epsilon: Annotated[
        float,
        Field(
            N_("Epsilon"), low=1e-12, high=1, scale="logarithmic", live=True, help=N_("Keeps the division away from 0.")
        ),
    ] = 1e-8

    def constants(self) -> tuple[float, ...]:
        return (self.epsilon,)
