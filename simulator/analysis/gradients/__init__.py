"""The gradient check, entry by entry and by step size."""

from typing import TYPE_CHECKING

from simulator.analysis.gradients.gradient_results import GradientLens, LayerAgreement, StepSweep
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.gradients.lens import gradient_lens
else:
    __getattr__ = late(__name__, lens=("gradient_lens",))

__all__ = ["GradientLens", "LayerAgreement", "StepSweep", "gradient_lens"]
