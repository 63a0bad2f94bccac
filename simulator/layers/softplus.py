"""The smooth rectifier."""

from typing import ClassVar

from simulator.declaration import Passes
from simulator.layers.base import Activation
from simulator.message import N_


class Softplus(Activation, tag="softplus", frozen=True):
    """f(x) = log(1 + exp(x)), f'(x) = 1 / (1 + exp(-x)); Dugas et al. 2001."""

    label: ClassVar[str] = N_("softplus")
    help: ClassVar[str] = N_("A smooth ReLU: never exactly 0.")
    source: ClassVar[str] = "Dugas et al. 2001"
    rank: ClassVar[int] = 17
    passes: ClassVar[Passes | None] = Passes((N_("y = ln(1 + eˣ)"),), (N_("dx = dy / (1 + e⁻ˣ)"),), N_("its input x"))
