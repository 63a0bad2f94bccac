"""LeCun's scheme."""

from typing import ClassVar

from simulator.initializers.base import Numbers, VarianceScaling
from simulator.message import N_


class LeCun(VarianceScaling, tag="lecun", frozen=True):
    """Variance 1 / fan_in; LeCun et al. 1998, eq. 16. The lecture's Xavier, with uniform numbers by default."""

    label: ClassVar[str] = N_("LeCun")
    help: ClassVar[str] = N_("Variance 1 / fan_in, as Efficient BackProp advises for tanh.")
    source: ClassVar[str] = "LeCun et al. 1998, eq. 16"
    rank: ClassVar[int] = 22
    formula: ClassVar[str] = N_("{numbers} / √{fan_in}")

    distribution: Numbers = "uniform"

    def share(self, fan_in: int, fan_out: int) -> float:
        return 1.0 / fan_in
