"""RMSprop."""

from typing import Annotated, ClassVar

from simulator.declaration import Field
from simulator.message import N_
from simulator.optimizers.base import Optimizer


class RMSprop(Optimizer, tag="rmsprop", frozen=True):
    """AdaGrad that forgets: the squares are a running mean."""

    label: ClassVar[str] = N_("RMSprop")
    help: ClassVar[str] = N_("Divides every gradient by its recent size.")
    source: ClassVar[str] = "Hinton 2012"
    rank: ClassVar[int] = 3
    slots: ClassVar[int] = 1
    formulas: ClassVar[tuple[str, ...]] = (N_("c = d c + (1 − d) dW²"), N_("W = W − η dW / (√c + ε)"))

    decay: Annotated[
        float,
        Field(N_("Decay"), low=0, high=0.9999, live=True, help=N_("Share of the old squares kept at every step.")),
    ] = 0.99
    epsilon: Annotated[
        float,
        Field(
            N_("Epsilon"), low=1e-12, high=1, scale="logarithmic", live=True, help=N_("Keeps the division away from 0.")
        ),
    ] = 1e-8

    def constants(self) -> tuple[float, ...]:
        return (self.decay, self.epsilon)
