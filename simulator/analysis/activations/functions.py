"""Curves, local gradients and mean outputs of functions of one number, by the compiled kernels in float64 (B1-B5)."""

from collections.abc import Sequence

import numpy as np

from simulator.analysis.activations.scalar_functions import (
    FunctionCurve,
    MeanOutput,
    Numbers,
    ScalarFunction,
    function_knobs,
)
from simulator.analysis.clock import Stop
from simulator.experiment.experiment import Experiment
from simulator.machine.probe import Probe
from simulator.machine.program import compile_program
from simulator.machine.state import State

STEP = 1e-9  # how far left and right of x the slopes are compared
REACH = 10.0  # beyond, the Gaussian weighs less than 1e-22
PANELS, NODES = 2000, 8  # quadrature: panels of 0.01 hold an error at a kink far under the figures shown
SAMPLE = 10_000


def function_curves(
    functions: Sequence[ScalarFunction], x: Numbers, stop: Stop | None = None
) -> tuple[FunctionCurve, ...]:
    """Evaluate every function at the places `x`, shape (points,); stopped early, it returns those that are ready."""
    curves: list[FunctionCurve] = []
    for function in functions:
        if stop is not None and stop():
            break
        y, slope, own = _evaluated(function, x)
        before, after = (_evaluated(function, x + way * STEP)[1] for way in (-1, 1))
        curves.append(FunctionCurve(function, x, y, slope, before, after, own))
    return tuple(curves)


def mean_outputs(
    functions: Sequence[ScalarFunction], seed: int = 0, examples: int = SAMPLE, stop: Stop | None = None
) -> tuple[MeanOutput, ...]:
    """Measure the mean output for a unit Gaussian input: by quadrature, and on one sample drawn from `seed`."""
    nodes, weights = _gaussian_quadrature()
    sample = np.random.default_rng(seed).standard_normal(examples)
    measured: list[MeanOutput] = []
    for function in functions:
        if stop is not None and stop():
            break
        y = _evaluated(function, np.concatenate([nodes, sample]))[0]
        drawn = y[nodes.size :]
        error = float(drawn.std(ddof=1)) / np.sqrt(examples)
        mean = float(weights @ y[: nodes.size])
        measured.append(MeanOutput(function, mean, float(drawn.mean()), float(error), examples))
    return tuple(measured)


def _gaussian_quadrature() -> tuple[Numbers, Numbers]:
    """Return nodes and weights of the Gaussian mean: Gauss-Legendre in many panels.

    Gauss-Hermite would err by a thousandth for functions with a kink.
    """
    at, share = np.polynomial.legendre.leggauss(NODES)
    width = 2 * REACH / PANELS
    middles = -REACH + width * (np.arange(PANELS) + 0.5)
    nodes = (middles[:, None] + width / 2 * at).ravel()
    density = np.exp(-(nodes**2) / 2) / np.sqrt(2 * np.pi)
    return nodes, np.tile(width / 2 * share, PANELS) * density


def _evaluated(function: ScalarFunction, x: Numbers) -> tuple[Numbers, Numbers, dict[str, Numbers]]:
    """Return f(x), f'(x) and the gradients of the function's own learned numbers.

    An activation gets one example with as many units as there are places: then each unit has its own parameters, and
    their gradients do not add up. Any other kind gets as many examples.
    """
    alone = function.layer.elementwise
    units, batch = (x.size, 1) if alone else (1, x.size)
    program = compile_program(Experiment(network=(function.layer,)), (units,), 2, batch, np.float64)
    state = State.initial(program)
    blocks = [item for item in program.placed if item.operation == 0]
    if alone:
        for item, value in zip(blocks, function.parameters, strict=True):
            state.parameters[item.span] = value
    else:
        values = np.array(function.parameters)
        for item in blocks:
            state.parameters[item.span], values = values[: item.size], values[item.size :]
    probe = Probe(program, state)
    probe.feed(x.reshape(batch, units), 1)
    y = probe.output(0).ravel().astype(np.float64)
    slope = probe.local_derivative(0).ravel().astype(np.float64)
    names = [knob.name for knob in function_knobs(function.kind)][len(function.numbers) - len(function.parameters) :]
    own = {name: probe.gradients[item.span].astype(np.float64) for name, item in zip(names, blocks, strict=False)}
    return y, slope, own if alone else {}
