"""Maxout (slide B1; Goodfellow et al. 2013)."""

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar

import msgspec

from simulator.declaration import Field, Passes
from simulator.initializers import AnyInitializer
from simulator.initializers.constant import Constant
from simulator.initializers.he import He
from simulator.layers.base import Block, Shape, Weighted
from simulator.message import N_


class Maxout(Weighted, tag="maxout", frozen=True):
    """y_j = the largest of k pieces x @ W_j1 + b_j1, ..., x @ W_jk + b_jk.

    W has the shape [fan_in, units * pieces]; the pieces of a unit stand side by side.
    """

    label: ClassVar[str] = N_("Maxout")
    help: ClassVar[str] = N_("The largest of several linear pieces: never saturates, never dies, more weights.")
    source: ClassVar[str] = "B1; Goodfellow et al. 2013"
    rank: ClassVar[int] = 1
    activates: ClassVar[bool] = True
    passes: ClassVar[Passes | None] = Passes(
        (N_("z = x W + b"), N_("y = the largest z of the pieces of a unit")),
        (N_("dz = dy at the largest piece, 0 elsewhere"), N_("dx = dz Wᵀ"), N_("dW = Σ xᵀ dz"), N_("db = Σ dz")),
        N_("its input x, and which piece was the largest"),
    )

    units: Annotated[
        int, Field(N_("Units"), low=1, high=4096, scale="logarithmic", help=N_("How many units the layer has."))
    ] = 50
    pieces: Annotated[int, Field(N_("Pieces"), low=2, high=16, help=N_("Linear pieces of every unit."))] = 2
    weights: Annotated[
        AnyInitializer, Field(N_("Weights at the start"), help=N_("How the weights are drawn."), source="D2-D6")
    ] = msgspec.field(default_factory=He)
    bias: Annotated[
        float, Field(N_("Biases at the start"), low=-100, high=100, help=N_("The value every bias starts from."))
    ] = 0.0

    def output_shape(self, shape: Shape) -> Shape:
        return (self.units,)

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        fan_in, width = math.prod(shape), self.units * self.pieces
        return (
            Block("W", (fan_in, width), "weight", fan_in, width, self.weights),
            Block("b", (width,), "bias", fan_in, width, Constant(value=self.bias)),
        )

    def integers(self, shape: Shape) -> tuple[int, ...]:
        return (self.pieces,)

    def workspace(self, shape: Shape, batch: int) -> int:
        return batch * self.units * (self.pieces + 1)

    def kept(self, shape: Shape, batch: int) -> Mapping[str, tuple[int, Shape]]:
        return {"x W": (0, (batch, self.units * self.pieces))}
