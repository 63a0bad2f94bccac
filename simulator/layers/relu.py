"""The rectifier (slides B6, B7)."""

from typing import ClassVar

from simulator.declaration import Passes
from simulator.layers.base import Activation
from simulator.message import N_


class ReLU(Activation, tag="relu", frozen=True):
    """f(x) = max(0, x), f'(0) = 0."""

    label: ClassVar[str] = N_("ReLU")
    help: ClassVar[str] = N_("Cuts off what is negative: cheap, never saturates above 0, can die.")
    source: ClassVar[str] = "B6; Krizhevsky et al. 2012"
    rank: ClassVar[int] = 10
    passes: ClassVar[Passes | None] = Passes(
        (N_("y = max(0, x)"),), (N_("dx = dy where x > 0, else 0"),), N_("its input x")
    )
