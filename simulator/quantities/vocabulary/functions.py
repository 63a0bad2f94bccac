"""Activation functions as curves: value, slope and mean output."""

from typing import Final

import numpy as np

from simulator.analysis import activations
from simulator.message import N_
from simulator.quantities.quantity import Quantity, Value, one_of, real
from simulator.quantities.subject import Subject

_KIND: Final = one_of("kind", *activations.SCALAR_FUNCTIONS)
_CURVE: Final = N_("the compiled function itself, in 64-bit numbers")


def _curve(kind: str, x: float) -> "activations.FunctionCurve":
    return activations.function_curves([activations.ScalarFunction.default(kind)], np.array([x]))[0]


def _slope(_subject: Subject, kind: str, x: float) -> Value:
    return float(_curve(kind, x).slope[0])


def _value(_subject: Subject, kind: str, x: float) -> Value:
    return float(_curve(kind, x).y[0])


def _mean(_subject: Subject, kind: str) -> Value:
    return activations.mean_outputs([activations.ScalarFunction.default(kind)])[0].mean


QUANTITIES: Final = (
    Quantity("fn[kind].value(x)", N_("The activation function at x."), _CURVE, _value, (_KIND, real("x")), source="B1"),
    Quantity(
        "fn[kind].slope(x)",
        N_("The slope of the activation function at x: what a gradient is multiplied by."),
        _CURVE,
        _slope,
        (_KIND, real("x")),
        source="B2",
    ),
    Quantity(
        "fn[kind].mean",
        N_("The mean output for inputs from a unit Gaussian, by quadrature."),
        _CURVE,
        _mean,
        (_KIND,),
        source="B5",
    ),
)
