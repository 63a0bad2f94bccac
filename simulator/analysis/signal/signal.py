"""The signal before training (slides D2 to D6): forward through every hidden layer, and back again."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.clock import Stop
from simulator.analysis.signal.layer_signal import ROW_BINS, LayerSignal, RowHistogram, Signal
from simulator.experiment.cards import cards
from simulator.experiment.experiment import Experiment
from simulator.layers import Activation
from simulator.machine.curve import Curve
from simulator.machine.fitting import initial_state
from simulator.machine.probe import Probe
from simulator.machine.program import Group, Program, Real, compile_program
from simulator.machine.statistics import difference, meter, summarise
from simulator.message import Message
from simulator.training.run.meters import saturation_limits
from simulator.training.run.setting import prepare

WIDEST_ROW = 3.0  # sizes of the input that a row of unbounded activations takes in
ROUND = (1.0, 2.0, 3.0, 5.0, 10.0)
ALIKE = 1e-5  # of their size: what rounding may do to units that are the same


def measure_signal(experiment: Experiment) -> Signal:
    """Measure the untrained network on up to 1,000 training examples."""
    setting = prepare(experiment, np.dtype(np.float32))
    program = compile_program(
        experiment, (setting.inputs.width,), setting.dataset.classes, capacity=int(setting.probe.size)
    )
    probe = Probe(program, initial_state(program, setting.inputs, setting.probe))
    probe.load(setting.inputs, setting.probe)
    signal = forward(probe, *row_range(program, probe.output(-1)))
    assert signal is not None
    if not signal.layers:
        return signal
    entering = unit_gradient(experiment.seeds.weights, (signal.examples, signal.layers[-1].units))
    back = backward(probe, signal, entering)
    assert back is not None
    return back


def unit_gradient(seed: int, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return the unit Gaussian gradient (examples, units) that enters at the last hidden layer."""
    return np.random.default_rng([seed, 0, 1]).standard_normal(shape).astype(np.float32)


def row_range(program: Program, x: Real) -> tuple[float, float]:
    """Return the ends of the bins that all hidden layers share.

    They depend on the activations and on the size of the input x (examples, features), not on the weights: what the
    weights do must show.
    """
    activations = [program.entries[group.activation] for group in program.groups[:-1] if group.activation is not None]
    bounds = [entry.bounds for entry in activations if entry.bounds is not None]
    if bounds and len(bounds) == len(program.groups) - 1:
        high = max(abs(side) for pair in bounds for side in pair)
    else:
        high = _rounded(WIDEST_ROW * float(np.sqrt(np.vdot(x, x) / x.size)))
    below_0 = any(_goes_below_0(entry) for entry in activations) or len(activations) < len(program.groups) - 1
    return (-high if below_0 else 0.0), high


def forward(probe: Probe, low: float, high: float, stop: Stop | None = None) -> Signal | None:
    """Run the loaded examples forward, layer by layer; None where `stop` ended it."""
    program = probe.program
    measured: list[Future[LayerSignal]] = []
    done = 0
    # one layer is measured while the next is computed: both let go of the interpreter
    with ThreadPoolExecutor(1, "obuka-signal") as beside:
        for group, card in zip(program.groups[:-1], cards(program.experiment.network), strict=True):
            if stop is not None and stop():
                return None
            probe.run(done, group.last + 1)
            done = group.last + 1
            measured.append(beside.submit(_layer, probe, group, card.name, low, high))
    return Signal(probe.batch, low, high, tuple(future.result() for future in measured))


def backward(probe: Probe, signal: Signal, entering: Real, stop: Stop | None = None) -> Signal | None:
    """Run the gradient `entering` (examples, units of the last hidden layer) back through what `forward` has left."""
    program = probe.program
    groups = program.groups[: len(signal.layers)]
    probe.delta(groups[-1].last)[:] = entering
    layers: list[LayerSignal] = []
    for group, layer in zip(reversed(groups), reversed(signal.layers), strict=True):
        if stop is not None and stop():
            return None
        gradient = standard_deviation(probe.delta(group.last))
        probe.backward(group.first, group.last + 1)
        weights, sums = None, None
        if group.weights is not None:
            own = probe.gradients[group.weights.span]
            weights = float(np.sqrt(np.mean(np.square(own, dtype=np.float64)))) / probe.batch
            sums = standard_deviation(probe.output(group.first)) ** 2
        layers.append(replace(layer, gradient_std=gradient, weight_gradient_std=weights, sum_variance=sums))
    return replace(signal, layers=tuple(reversed(layers)), input_gradient_std=standard_deviation(probe.delta(-1)))


def _layer(probe: Probe, group: Group, name: Message, low: float, high: float) -> LayerSignal:
    output = probe.output(group.last)
    dead = silent = saturated = blocked = None
    histogram, mean, std = _histogram(output, low, high)
    if group.activation is not None and not histogram.not_finite:
        bounds = probe.program.entries[group.activation].bounds
        values = probe.output(group.activation)
        counts = meter(values, probe.local_derivative(group.activation), *saturation_limits(bounds))
        dead = counts[0] / values.shape[1]
        silent = float(np.mean(~values.any(axis=0)))
        saturated = None if bounds is None else counts[1] / values.size
        blocked = counts[2] / values.size
    return LayerSignal(
        name=name,
        units=output.shape[1],
        mean=mean,
        std=std,
        histogram=histogram,
        dead=dead,
        silent=silent,
        saturated=saturated,
        blocked=blocked,
        identical=not histogram.not_finite and _identical(output),
    )


def _histogram(output: Real, low: float, high: float) -> tuple[RowHistogram, float, float]:
    # bins from 0 on are the upper half of twice as many about 0
    counts = np.zeros(ROW_BINS if low < 0 else 2 * ROW_BINS, np.int64)
    mean, std, _squares, below, above, bad, zeros = summarise(output.ravel(), high, counts)
    if low == 0:
        below, counts = below + int(counts[:ROW_BINS].sum()), counts[ROW_BINS:].copy()
    counts.flags.writeable = False
    if bad:
        mean = std = np.nan
    return RowHistogram(counts, below, above, zeros, bad, output.size), float(mean), float(std)


def _identical(output: Real) -> bool:
    if output.shape[1] < 2:
        return False
    for rows in (output[:1], output):  # the first example alone tells nearly always
        most, largest = difference(rows)
        if most > ALIKE * largest:
            return False
    return True


def _goes_below_0(activation: object) -> bool:
    assert isinstance(activation, Activation)
    x = np.array([-100.0, -1.0, -0.1])
    return bool(Curve(activation, x.size).at(x)[0].min() < 0)


def _rounded(size: float) -> float:
    """Return the number 1, 2, 3 or 5 times a power of ten whose logarithm is nearest."""
    if not (np.isfinite(size) and size > 0):
        return 1.0
    unit = 10.0 ** np.floor(np.log10(size))
    return float(min((unit * step for step in ROUND), key=lambda number: abs(np.log(number / size))))


def standard_deviation(values: Real) -> float:
    """Return the standard deviation of all values; NaN where some are no finite numbers."""
    # float64: a gradient of 1e-30 squares to nothing in float32
    with np.errstate(invalid="ignore", over="ignore"):
        return float(values.std(dtype=np.float64))
