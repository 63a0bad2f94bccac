"""The rectifier whose slope is learned (slide B1)."""

import math
from typing import Annotated, ClassVar

from simulator.declaration import Field, Passes
from simulator.initializers.constant import Constant
from simulator.layers.base import Activation, Block, Shape
from simulator.message import N_


class PReLU(Activation, tag="prelu", frozen=True):
    """f(x) = x where x > 0, a * x elsewhere; a is learned. He et al. 2015."""

    label: ClassVar[str] = N_("PReLU")
    help: ClassVar[str] = N_("A leaky ReLU that learns its slope from the data.")
    source: ClassVar[str] = "B1; He et al. 2015"
    rank: ClassVar[int] = 16
    passes: ClassVar[Passes | None] = Passes(
        (N_("y = x where x > 0, a x elsewhere"),),
        (N_("dx = dy where x > 0, a dy elsewhere"), N_("da = Σ x dy where x ≤ 0")),
        N_("its input x"),
    )

    slope: Annotated[
        float, Field(N_("Slope at the start"), low=0, high=1, help=N_("Where the learned slope begins."))
    ] = 0.25
    shared: Annotated[
        bool, Field(N_("One slope for the layer"), help=N_("One slope for the whole layer, or one for every unit."))
    ] = False

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        units = math.prod(shape)
        size = 1 if self.shared else units
        return (Block("a", (size,), "slope", units, units, Constant(value=self.slope)),)

    def integers(self, shape: Shape) -> tuple[int, ...]:
        return (1 if self.shared else math.prod(shape),)
