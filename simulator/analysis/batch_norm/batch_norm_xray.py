"""One batch norm on one mini-batch: what comes in, what is normalised, what goes out (slides E1, E2)."""

from typing import Final

import numpy as np

from simulator.analysis.batch_norm.batch_norm_results import LayerValues, NormView, Real
from simulator.analysis.batch_norm.normalised_copy import NormalisedCopy
from simulator.machine.probe import Probe

MOST_BINS: Final = 60


def batch_norm_view(
    copy: NormalisedCopy,
    layer: int = 0,
    batch: int = 100,
    number: int = 0,
    undone: bool = False,
    one_unit: bool = False,
) -> NormView:
    """Return a batch norm, counted from 0, on the mini-batch of that number, normalised by its own statistics.

    Parameters
    ----------
    undone
        Set gamma = sqrt(Var + epsilon) and beta = E of the mini-batch, so that it gives back its input.
    one_unit
        Count the values of one unit alone: of that whose values are most skew.
    """
    found = copy.layers[layer]
    at = found.operation
    sample = copy.mini_batch(batch, number)
    inputs = copy.trainer.setting.inputs
    probe, state = copy.probe("batch", sample.size)
    gain, shift = copy.spans(layer)
    gamma, beta = (state.parameters[span].astype(np.float64) for span in (gain, shift))
    # with gamma 1 and beta 0 what goes out is what has mean 0 and variance 1
    state.parameters[gain], state.parameters[shift] = 1, 0
    probe.forward(inputs, sample)
    before, normalised = (probe.output(place).astype(np.float64) for place in (at - 1, at))
    mean, variance = before.mean(axis=0), before.var(axis=0)
    if undone:
        gamma, beta = np.sqrt(variance + copy.epsilon(layer)), mean
    state.parameters[gain], state.parameters[shift] = gamma, beta
    probe.forward(inputs, sample)
    probe.backward()
    after = probe.output(at).astype(np.float64)
    running_mean, running_variance = copy.running(layer)
    unit = most_skew(before) if one_unit else None
    columns = slice(None) if unit is None else slice(unit, unit + 1)
    return NormView(
        layer=found,
        step=copy.step,
        batch=sample.size,
        undone=undone,
        unit=unit,
        before=values_of(before[:, columns]),
        normalised=values_of(normalised[:, columns]),
        after=values_of(after[:, columns]),
        batch_mean=mean,
        batch_variance=variance,
        running_mean=running_mean,
        running_variance=running_variance,
        gamma=gamma,
        beta=beta,
        difference=float(np.abs(after - before).max()),
        scale=float(np.abs(before).max()),
        gradient_below=_gradient_below(probe, at),
    )


def values_of(values: Real) -> LayerValues:
    """Count the values (batch, units) of a layer."""
    mean, variance = values.mean(axis=0), values.var(axis=0)
    varying = variance[variance > 0]
    # Rice's rule: few values in many bins would show chance
    counts, edges = np.histogram(values, bins=min(MOST_BINS, max(1, round(2 * np.cbrt(values.size)))))
    return LayerValues(
        edges=edges,
        counts=counts.astype(np.int64),
        mean=float(values.mean()),
        std=float(values.std()),
        skewness=float(_skewness(values.ravel())),
        worst_mean=float(mean[np.abs(mean).argmax()]),
        worst_variance=float(varying[np.abs(varying - 1).argmax()]) if varying.size else 0.0,
    )


def most_skew(values: Real) -> int:
    """Return the unit of `values` (batch, units) whose values are most skew."""
    return int(np.argmax(np.abs(_skewness(values))))


def _skewness(values: Real) -> Real:
    """Return the third standardised moment along the first axis; 0 where nothing varies."""
    away = values - values.mean(axis=0)
    deviation = np.sqrt(np.mean(np.square(away), axis=0))
    third = np.mean(away**3, axis=0)
    return np.asarray(np.divide(third, deviation**3, out=np.zeros_like(third), where=deviation > 0))


def _gradient_below(probe: Probe, operation: int) -> float:
    below = [item for item in probe.program.placed if item.block.role == "weight" and item.operation < operation]
    return float(np.linalg.norm(probe.gradients[below[-1].span].astype(np.float64))) if below else np.nan
