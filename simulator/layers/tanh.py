"""The hyperbolic tangent (slide B5)."""

from typing import ClassVar

from simulator.declaration import Passes
from simulator.layers.base import Activation
from simulator.message import N_


class Tanh(Activation, tag="tanh", frozen=True):
    """f(x) = tanh(x), f'(x) = 1 - f^2."""

    label: ClassVar[str] = N_("tanh")
    help: ClassVar[str] = N_("Squashes to (-1, 1): centred round 0, still saturates.")
    source: ClassVar[str] = "B5; LeCun et al. 1991"
    rank: ClassVar[int] = 11
    bounds: ClassVar[tuple[float, float] | None] = (-1.0, 1.0)
    passes: ClassVar[Passes | None] = Passes((N_("y = tanh x"),), (N_("dx = dy (1 − y²)"),), N_("its output y"))
