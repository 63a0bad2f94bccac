"""Adam."""

from typing import Annotated, ClassVar

from simulator.declaration import Field
from simulator.message import N_
from simulator.optimizers.base import Optimizer


class Adam(Optimizer, tag="adam", frozen=True):
    """Momentum and RMSprop together, corrected for starting from 0."""

    label: ClassVar[str] = N_("Adam")
    help: ClassVar[str] = N_("Momentum and a rate of its own for every weight.")
    source: ClassVar[str] = "Kingma and Ba 2015"
    rank: ClassVar[int] = 4
    slots: ClassVar[int] = 2
    extra: ClassVar[int] = 1
    formulas: ClassVar[tuple[str, ...]] = (
        N_("m = β₁ m + (1 − β₁) dW"),
        N_("v = β₂ v + (1 − β₂) dW²"),
        N_("W = W − η m′ / (√v′ + ε), m′ and v′ corrected for the start at 0"),
    )

    beta1: Annotated[
        float,
        Field(
            N_("Beta 1"), low=0, high=0.9999, live=True, help=N_("Share of the old mean gradient kept at every step.")
        ),
    ] = 0.9
    beta2: Annotated[
        float,
        Field(
            N_("Beta 2"), low=0, high=0.99999, live=True, help=N_("Share of the old mean square kept at every step.")
        ),
    ] = 0.999
    epsilon: Annotated[
        float,
        Field(
            N_("Epsilon"), low=1e-12, high=1, scale="logarithmic", live=True, help=N_("Keeps the division away from 0.")
        ),
    ] = 1e-8

    def constants(self) -> tuple[float, ...]:
        return (self.beta1, self.beta2, self.epsilon)
