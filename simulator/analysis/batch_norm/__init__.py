"""Batch normalisation looked into: before and after, running averages, and the sweep of scales."""

from typing import TYPE_CHECKING

from simulator.analysis.batch_norm.batch_norm_results import (
    AnswerModes,
    BatchNoise,
    LayerValues,
    NormHistory,
    NormLayer,
    NormView,
)
from simulator.analysis.batch_norm.sweep_plan import SWEEP_PLANS, SweepPlan, SweepResult
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.batch_norm.answering import answer_modes
    from simulator.analysis.batch_norm.batch_norm_xray import batch_norm_view
    from simulator.analysis.batch_norm.noise import batch_noise
    from simulator.analysis.batch_norm.normalised_copy import NormalisedCopy
    from simulator.analysis.batch_norm.sweep import scale_sweep, sweep_seconds
else:
    __getattr__ = late(
        __name__,
        answering=("answer_modes",),
        noise=("batch_noise",),
        batch_norm_xray=("batch_norm_view",),
        normalised_copy=("NormalisedCopy",),
        sweep=("scale_sweep", "sweep_seconds"),
    )

__all__ = [
    "SWEEP_PLANS",
    "AnswerModes",
    "BatchNoise",
    "LayerValues",
    "NormHistory",
    "NormLayer",
    "NormView",
    "NormalisedCopy",
    "SweepPlan",
    "SweepResult",
    "answer_modes",
    "batch_noise",
    "batch_norm_view",
    "scale_sweep",
    "sweep_seconds",
]
