"""The exponential linear unit (slide B1)."""

from typing import Annotated, ClassVar

from simulator.declaration import Field, Passes
from simulator.layers.base import Activation
from simulator.message import N_


class ELU(Activation, tag="elu", frozen=True):
    """f(x) = x where x > 0, alpha * (exp(x) - 1) elsewhere."""

    label: ClassVar[str] = N_("ELU")
    help: ClassVar[str] = N_("Like ReLU, but bends smoothly to a negative floor: outputs are nearer to 0 on average.")
    source: ClassVar[str] = "B1; Clevert et al. 2015"
    rank: ClassVar[int] = 15
    passes: ClassVar[Passes | None] = Passes(
        (N_("y = x where x > 0, α (eˣ − 1) elsewhere"),),
        (N_("dx = dy where x > 0, dy (y + α) elsewhere"),),
        N_("its input x and its output y"),
    )

    alpha: Annotated[
        float, Field(N_("Alpha"), low=0, high=10, live=True, help=N_("How far below 0 the floor lies."), source="B1")
    ] = 1.0

    def constants(self) -> tuple[float, ...]:
        return (self.alpha,)
