"""The leaky rectifier (slide B1)."""

from typing import Annotated, ClassVar

from simulator.declaration import Field, Passes
from simulator.layers.base import Activation
from simulator.message import N_


class LeakyReLU(Activation, tag="leaky_relu", frozen=True):
    """f(x) = x where x > 0, slope * x elsewhere; f'(0) = slope. Maas et al. 2013."""

    label: ClassVar[str] = N_("leaky ReLU")
    help: ClassVar[str] = N_("Like ReLU, but a small slope stays on the negative side, so no unit dies.")
    source: ClassVar[str] = "B1; Maas et al. 2013"
    rank: ClassVar[int] = 12
    passes: ClassVar[Passes | None] = Passes(
        (N_("y = x where x > 0, a x elsewhere"),), (N_("dx = dy where x > 0, a dy elsewhere"),), N_("its input x")
    )

    slope: Annotated[
        float,
        Field(N_("Slope"), low=0, high=1, live=True, help=N_("Slope on the negative side."), source="B1"),
    ] = 0.01

    def constants(self) -> tuple[float, ...]:
        return (self.slope,)
