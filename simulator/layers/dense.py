"""The fully connected layer: X @ W + b, W of shape [fan_in, fan_out]."""

import math
from typing import Annotated, ClassVar

import msgspec

from simulator.declaration import Field, Passes
from simulator.initializers import AnyInitializer
from simulator.initializers.constant import Constant
from simulator.initializers.he import He
from simulator.layers.base import Block, Shape, Weighted
from simulator.message import N_


class Dense(Weighted, tag="dense", frozen=True):
    """y = x @ W + b."""

    label: ClassVar[str] = N_("Dense")
    help: ClassVar[str] = N_("Fully connected: every unit sees every input.")
    source: ClassVar[str] = "A4"
    rank: ClassVar[int] = 0
    passes: ClassVar[Passes | None] = Passes(
        (N_("y = x W + b"),), (N_("dx = dy Wᵀ"), N_("dW = Σ xᵀ dy"), N_("db = Σ dy")), N_("its input x")
    )

    units: Annotated[
        int,
        Field(N_("Units"), low=1, high=4096, scale="logarithmic", help=N_("How many units the layer has.")),
    ] = 50
    weights: Annotated[
        AnyInitializer,
        Field(N_("Weights at the start"), help=N_("How the weights are drawn."), source="D2-D6"),
    ] = msgspec.field(default_factory=He)
    bias: Annotated[
        float,
        Field(N_("Biases at the start"), low=-100, high=100, help=N_("The value every bias starts from.")),
    ] = 0.0

    def output_shape(self, shape: Shape) -> Shape:
        return (self.units,)

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        fan_in = math.prod(shape)
        return (
            Block("W", (fan_in, self.units), "weight", fan_in, self.units, self.weights),
            Block("b", (self.units,), "bias", fan_in, self.units, Constant(value=self.bias)),
        )
