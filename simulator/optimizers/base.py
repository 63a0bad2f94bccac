"""What every optimiser declares."""

from typing import ClassVar

from simulator.declaration import Kind


class Optimizer(Kind, frozen=True):
    """An update rule. How it computes is in `simulator/kernels` under the same name."""

    slots: ClassVar[int] = 0  # arrays as long as the parameters, zero at the start
    extra: ClassVar[int] = 0  # further numbers after the slots, zero at the start
    formulas: ClassVar[tuple[str, ...]] = ()  # marked; η is the learning rate, dW the gradient

    def constants(self) -> tuple[float, ...]:
        """Return the real numbers the kernel reads besides the learning rate, which is the first of all constants."""
        return ()
