"""The gradient check to look at: entries one by one, the V of the step size, and 32-bit against 64-bit numbers."""

from typing import Final

import numpy as np

from simulator.analysis.clock import Clock, Progress, Stop
from simulator.analysis.copies import endless, start
from simulator.analysis.gradients.comparison import FIRST
from simulator.analysis.gradients.differences import Differences
from simulator.analysis.gradients.gradient_check import EXAMPLES
from simulator.analysis.gradients.gradient_judge import Judge, LayerGradients
from simulator.analysis.gradients.gradient_results import GradientLens, LayerAgreement, StepSweep
from simulator.experiment.experiment import Experiment

STEPS: Final = 10.0 ** np.arange(-12, 0.5, 0.5)
SWEPT: Final = 24  # entries of the sweep: the largest gradients of those compared
USUAL: Final = 10.0**-FIRST
JUDGING: Final = 0.6  # share of the progress


def gradient_lens(
    experiment: Experiment, stop: Stop | None = None, progress: Progress | None = None
) -> GradientLens | None:
    """Compare gradients of the untrained network with differences, entry by entry; None where it was stopped.

    Entries at a kink are counted and left out. The sweep is over the largest gradients without a kink near; the 32-bit
    quotients are of a 32-bit copy with the same weights, rounded.
    """
    report = progress or (lambda _share: None)
    trainer = start(endless(experiment), np.float64)
    sample = trainer.setting.probe[:EXAMPLES]
    judge = Judge(Differences(trainer, sample))
    if not judge.finite:
        return GradientLens((), None, (), int(sample.size), finite=False)
    clock = Clock(stop=stop, progress=lambda share: report(JUDGING * share))
    if not judge.look_at_all(np.random.default_rng([experiment.seeds.weights, 0, 6]), clock):
        return None
    layers = tuple(_agreement(judge, layer) for layer in judge.layers)
    compared = [index for layer in judge.layers for index in layer.entries]
    sweep = None
    if compared:
        largest = sorted(compared, key=lambda index: -abs(judge.analytic[index]))[:SWEPT]
        single = start(endless(experiment), np.float32)
        found = _sweep(judge, Differences(single, sample), largest, stop, lambda s: report(JUDGING + (1 - JUDGING) * s))
        if found is None:
            return None
        sweep = found
    jumps = tuple((judge.name_of(operation), count) for operation, count in sorted(judge.jumps.items()))
    return GradientLens(layers, sweep, jumps, int(sample.size), finite=True)


def _agreement(judge: Judge, layer: LayerGradients) -> LayerAgreement:
    differences = judge.differences
    analytic = np.array([judge.analytic[index] for index in layer.entries])
    numeric = np.array([differences.quotient(differences.loss, index, USUAL) for index in layer.entries])
    analytic.flags.writeable = numeric.flags.writeable = False
    return LayerAgreement(layer.name, analytic, numeric, layer.largest, layer.judged, layer.kinks, layer.unclear)


def _sweep(
    judge: Judge, single: Differences, entries: list[int], stop: Stop | None, progress: Progress
) -> StepSweep | None:
    errors = np.full((2, STEPS.size, len(entries)), np.nan)
    crossing = np.zeros(STEPS.size, np.int64)
    operations = {index: _operation(judge, index) for index in entries}
    for place, step in enumerate(STEPS):
        if stop is not None and stop():
            return None
        for row, differences in enumerate((judge.differences, single)):
            for column, index in enumerate(entries):
                gradient = float(judge.analytic[index])
                errors[row, place, column] = _error(differences, index, float(step), gradient)
        crossing[place] = sum(judge.differences.crosses(i, operations[i], float(step)) for i in entries)
        judge.differences.loss()
        progress((place + 1) / STEPS.size)
    double, single_errors = np.median(errors, axis=2)
    steps = STEPS.copy()
    for array in (steps, double, single_errors, crossing):
        array.flags.writeable = False
    return StepSweep(steps, double, single_errors, crossing, len(entries), USUAL)


def _error(differences: Differences, index: int, step: float, gradient: float) -> float:
    """Return the relative error of a quotient; 1 where the step is lost in the weight's own rounding."""
    kept = differences.parameters[index]
    kind = differences.parameters.dtype.type
    if kept + kind(step) == kept - kind(step):
        return 1.0
    numeric = differences.quotient(differences.loss, index, step)
    return abs(numeric - gradient) / max(abs(numeric), abs(gradient))


def _operation(judge: Judge, index: int) -> int:
    """Return the operation that a parameter belongs to."""
    return next(p.operation for p in judge.program.placed if p.span.start <= index < p.span.stop)
