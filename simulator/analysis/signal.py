"""The signal before training (slides D2 to D6): forward through every hidden layer, and back again."""

from dataclasses import dataclass

import numpy as np

from simulator.experiment.cards import cards
from simulator.experiment.experiment import Experiment
from simulator.machine.fitting import initial_state
from simulator.machine.probe import Probe
from simulator.machine.program import compile_program
from simulator.machine.statistics import meter
from simulator.message import Message
from simulator.training.meters import saturation_limits
from simulator.training.setting import prepare


@dataclass(frozen=True)
class LayerSignal:
    """One hidden layer after its activation; shares as in `training.frame.LayerFrame`.

    `gradient_std` is the standard deviation of dL/dh where a unit Gaussian gradient enters at the last hidden layer.
    """

    name: Message
    mean: float
    std: float
    gradient_std: float
    dead: float | None
    saturated: float | None
    blocked: float | None


@dataclass(frozen=True)
class Signal:
    """`input_gradient_std` is what is left of the gradient at the input; None without hidden layers."""

    input_gradient_std: float | None
    layers: tuple[LayerSignal, ...]


def measure_signal(experiment: Experiment) -> Signal:
    """Measure the untrained network on up to 1,000 training examples."""
    setting = prepare(experiment, np.dtype(np.float32))
    dataset = setting.dataset
    program = compile_program(experiment, (setting.inputs.width,), dataset.classes, int(setting.probe.size))
    probe = Probe(program, initial_state(program, setting.inputs, setting.probe))
    probe.forward(setting.inputs, setting.probe)
    hidden = program.groups[:-1]
    if not hidden:
        return Signal(None, ())
    top = hidden[-1].last
    delta = probe.delta(top)
    delta[:] = np.random.default_rng([experiment.seeds.weights, 0, 1]).standard_normal(delta.shape)
    probe.backward(0, top + 1)
    # float64: a gradient of 1e-30 squares to nothing in float32.
    gradients = [float(probe.delta(group.last).std(dtype=np.float64)) for group in hidden]
    at_input = float(probe.delta(-1).std(dtype=np.float64))
    layers = []
    for group, card, gradient in zip(hidden, cards(experiment.network), gradients, strict=True):
        output = probe.output(group.last)
        dead = saturated = blocked = None
        if group.activation is not None:
            bounds = program.entries[group.activation].bounds
            derivative = probe.local_derivative(group.activation)
            values = probe.output(group.activation)
            counts = meter(values, derivative, *saturation_limits(bounds))
            dead = counts[0] / values.shape[1]
            saturated = None if bounds is None else counts[1] / values.size
            blocked = counts[2] / values.size
        mean, std = float(output.mean(dtype=np.float64)), float(output.std(dtype=np.float64))
        layers.append(LayerSignal(card.name, mean, std, gradient, dead, saturated, blocked))
    return Signal(at_input, tuple(layers))
