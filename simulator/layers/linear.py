"""No activation function at all."""

from typing import ClassVar

from simulator.declaration import Passes
from simulator.layers.base import Activation
from simulator.message import N_


class Linear(Activation, tag="linear", frozen=True):
    """f(x) = x."""

    label: ClassVar[str] = N_("linear")
    help: ClassVar[str] = N_("Lets everything pass unchanged.")
    source: ClassVar[str] = "A4"
    rank: ClassVar[int] = 13
    passes: ClassVar[Passes | None] = Passes((N_("y = x"),), (N_("dx = dy"),), N_("nothing"))
