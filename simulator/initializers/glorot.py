"""Glorot's own scheme: the mean of both fans."""

from typing import ClassVar

from simulator.initializers.base import Numbers, VarianceScaling
from simulator.message import N_


class Glorot(VarianceScaling, tag="glorot", frozen=True):
    """Variance 2 / (fan_in + fan_out); Glorot and Bengio 2010, eq. 12 (uniform: eq. 16)."""

    label: ClassVar[str] = N_("Glorot (both fans)")
    help: ClassVar[str] = N_("Looks at the way back too: divides by the mean of fan_in and fan_out.")
    source: ClassVar[str] = "Glorot and Bengio 2010, eq. 12 and 16"
    rank: ClassVar[int] = 21
    formula: ClassVar[str] = N_("{numbers} / √(({fan_in} + {fan_out}) / 2)")

    distribution: Numbers = "uniform"

    def share(self, fan_in: int, fan_out: int) -> float:
        return 2.0 / (fan_in + fan_out)
