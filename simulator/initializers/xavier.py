"""Xavier's scheme as the lecture writes it (slide D4)."""

from typing import ClassVar

from simulator.initializers.base import VarianceScaling
from simulator.message import N_


class Xavier(VarianceScaling, tag="xavier", frozen=True):
    """W = randn(fan_in, fan_out) / sqrt(fan_in); Glorot and Bengio 2010 in the lecture's one-sided form."""

    label: ClassVar[str] = N_("Xavier")
    help: ClassVar[str] = N_("Normal numbers divided by √fan_in: keeps the spread of a signal through tanh layers.")
    source: ClassVar[str] = "D4; Glorot and Bengio 2010"
    rank: ClassVar[int] = 20
    formula: ClassVar[str] = N_("{numbers} / √{fan_in}")

    def share(self, fan_in: int, fan_out: int) -> float:
        return 1.0 / fan_in
