"""Activation functions: their curves, mean outputs, cost, and the race between them."""

from typing import TYPE_CHECKING

from simulator.analysis.activations.cost_result import ElementCost, ElementCosts, StepShare, StepShares
from simulator.analysis.activations.racers import RACERS, RaceField, RaceRun, race_ready
from simulator.analysis.activations.scalar_functions import (
    SCALAR_FUNCTIONS,
    FunctionCurve,
    MeanOutput,
    ScalarFunction,
    function_knobs,
)
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.activations.cost import element_costs, step_shares
    from simulator.analysis.activations.functions import function_curves, mean_outputs
    from simulator.analysis.activations.race import race_field, race_run
else:
    __getattr__ = late(
        __name__,
        cost=("element_costs", "step_shares"),
        functions=("function_curves", "mean_outputs"),
        race=("race_field", "race_run"),
    )

__all__ = [
    "RACERS",
    "SCALAR_FUNCTIONS",
    "ElementCost",
    "ElementCosts",
    "FunctionCurve",
    "MeanOutput",
    "RaceField",
    "RaceRun",
    "ScalarFunction",
    "StepShare",
    "StepShares",
    "element_costs",
    "function_curves",
    "function_knobs",
    "mean_outputs",
    "race_field",
    "race_ready",
    "race_run",
    "step_shares",
]
