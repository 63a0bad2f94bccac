"""The logistic function (slides B1, B2)."""

from typing import ClassVar

from simulator.declaration import Passes
from simulator.layers.base import Activation
from simulator.message import N_


class Sigmoid(Activation, tag="sigmoid", frozen=True):
    """f(x) = 1 / (1 + exp(-x)), f'(x) = f (1 - f)."""

    label: ClassVar[str] = N_("sigmoid")
    help: ClassVar[str] = N_("Squashes to (0, 1): saturates at both ends, not centred round 0.")
    source: ClassVar[str] = "B1, B2"
    rank: ClassVar[int] = 14
    bounds: ClassVar[tuple[float, float] | None] = (0.0, 1.0)
    passes: ClassVar[Passes | None] = Passes((N_("y = 1 / (1 + e⁻ˣ)"),), (N_("dx = dy y (1 − y)"),), N_("its output y"))
