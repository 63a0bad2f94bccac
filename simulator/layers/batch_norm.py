"""Batch normalisation (slides E1 to E4; Ioffe and Szegedy 2015)."""

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from simulator.declaration import Field, Passes
from simulator.initializers.constant import Constant
from simulator.layers.base import Block, Layer, Shape
from simulator.message import N_


class BatchNorm(Layer, tag="batch_norm", frozen=True):
    """y = gamma * (x - E) / sqrt(Var + epsilon) + beta, unit by unit.

    E and Var are those of the mini-batch while training, and running means of them afterwards.
    """

    label: ClassVar[str] = N_("Batch norm")
    help: ClassVar[str] = N_(
        "Gives every unit mean 0 and variance 1 over the mini-batch, then a learned scale and shift."
    )
    source: ClassVar[str] = "E1-E4; Ioffe and Szegedy 2015"
    rank: ClassVar[int] = 5
    place: ClassVar[int] = 1
    needs_batch: ClassVar[bool] = True
    passes: ClassVar[Passes | None] = Passes(
        (N_("u = (x − E) / √(Var + ε)"), N_("y = γ u + β")),
        (N_("dγ = Σ dy u"), N_("dβ = Σ dy"), N_("dx = γ / √(Var + ε) · (dy − dβ / n − u dγ / n)")),
        N_("its input x, E and √(Var + ε)"),
    )

    momentum: Annotated[
        float,
        Field(
            N_("Momentum"),
            low=0,
            high=0.9999,
            live=True,
            help=N_("Share of the running statistics kept at every step."),
        ),
    ] = 0.9
    epsilon: Annotated[
        float,
        Field(
            N_("Epsilon"), low=1e-12, high=1, scale="logarithmic", live=True, help=N_("Keeps the division away from 0.")
        ),
    ] = 1e-5
    test: Annotated[
        Literal["running", "batch"],
        Field(
            N_("Test statistics"),
            live=True,
            help=N_("Statistics used at test time; those of the batch make one answer depend on its neighbours."),
            source="E4",
            words={"running": N_("running"), "batch": N_("of the batch (wrong)")},
        ),
    ] = "running"

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        units = math.prod(shape)
        return (
            Block("gamma", (units,), "gain", units, units, Constant(value=1.0)),
            Block("beta", (units,), "shift", units, units, Constant(value=0.0)),
        )

    def constants(self) -> tuple[float, ...]:
        return (self.momentum, self.epsilon)

    def integers(self, shape: Shape) -> tuple[int, ...]:
        return (int(self.test == "batch"),)

    def workspace(self, shape: Shape, batch: int) -> int:
        return 2 * math.prod(shape)

    def kept(self, shape: Shape, batch: int) -> Mapping[str, tuple[int, Shape]]:
        units = math.prod(shape)
        return {"E": (0, (units,)), "1/√(Var + ε)": (units, (units,))}

    def state(self, shape: Shape) -> tuple[float, ...]:
        units = math.prod(shape)
        return (0.0,) * units + (1.0,) * units
