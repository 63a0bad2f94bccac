"""Inverted dropout (Srivastava et al. 2014)."""

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar

from simulator.declaration import Field, Passes
from simulator.layers.base import Layer, Shape
from simulator.message import N_


class Dropout(Layer, tag="dropout", frozen=True):
    """While training a value is dropped with probability p, else divided by 1 - p; at test time nothing is done."""

    label: ClassVar[str] = N_("Dropout")
    help: ClassVar[str] = N_("Switches units off at random while training, so that none can rely on another.")
    source: ClassVar[str] = "Srivastava et al. 2014"
    rank: ClassVar[int] = 20
    place: ClassVar[int] = 3
    passes: ClassVar[Passes | None] = Passes(
        (N_("y = x m"), N_("m = 0 for dropped values, 1 / (1 − p) for the others")),
        (N_("dx = dy m"),),
        N_("the mask m"),
    )

    probability: Annotated[
        float, Field(N_("Dropped share"), low=0, high=0.99, live=True, help=N_("Probability that a value is dropped."))
    ] = 0.5

    def constants(self) -> tuple[float, ...]:
        return (self.probability,)

    def workspace(self, shape: Shape, batch: int) -> int:
        return math.prod(shape) * batch

    def kept(self, shape: Shape, batch: int) -> Mapping[str, tuple[int, Shape]]:
        return {"m": (0, (batch, math.prod(shape)))}
