"""He's scheme for rectifiers (slide D6)."""

from typing import ClassVar

from simulator.initializers.base import VarianceScaling
from simulator.message import N_


class He(VarianceScaling, tag="he", frozen=True):
    """W = randn(fan_in, fan_out) / sqrt(fan_in / 2); He et al. 2015, eq. 10."""

    label: ClassVar[str] = N_("He")
    help: ClassVar[str] = N_("Normal numbers divided by √(fan_in / 2): makes up for the half that ReLU sets to 0.")
    source: ClassVar[str] = "D6; He et al. 2015"
    rank: ClassVar[int] = 10
    formula: ClassVar[str] = N_("{numbers} / √({fan_in} / 2)")

    def share(self, fan_in: int, fan_out: int) -> float:
        return 2.0 / fan_in
