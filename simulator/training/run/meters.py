"""From a network to a frame: histograms, moments, dead units, gradients, on the probe batch."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.cards import cards
from simulator.machine.probe import Inputs, Probe
from simulator.machine.program import Group, Program, Real
from simulator.machine.state import State
from simulator.machine.statistics import difference, meter, summarise
from simulator.message import N_, Message
from simulator.training.frames.frame import BINS, Frame, Gradient, Histogram, LayerFrame

NEAR_BOUND = 0.01  # share of the range's width that counts as saturated
INSIDE = 0.995  # share of the values that the first range of a histogram takes in


def layer_names(program: Program) -> tuple[Message, ...]:
    """Return the names of input, cards and output layer."""
    names = tuple(card.name for card in cards(program.experiment.network))
    return (Message(N_("Input")), *names, Message(N_("Output")))


class Meters:
    """Measures a network on a fixed batch. The ranges of its histograms are fixed by the first measurement."""

    def __init__(self, program: Program, state: State, inputs: Inputs, sample: NDArray[np.int64]) -> None:
        self.inputs = inputs
        self.sample = sample
        self._network = program, state
        self._probe: Probe | None = None
        self._limits: dict[tuple[int, str], float] = {}
        self._input: tuple[Histogram, float, float] | None = None
        self._passes = -1  # of the probe, when the layers were measured last

    @property
    def probe(self) -> Probe:
        """Room for one pass; taken when it is first needed."""
        if not self.sample.size:
            raise RuntimeError("there are no examples to measure on: the run rests")
        if self._probe is None:
            self._probe = Probe(*self._network)
        return self._probe

    @property
    def memory(self) -> int:
        """Bytes of the room that is taken."""
        return 0 if self._probe is None else self._probe.arenas.nbytes + self._probe.gradients.nbytes

    def follow(self, program: Program, state: State) -> None:
        """Measure `program` from now on: the same network after an edit."""
        self._network = program, state
        self._probe = None

    def look_at(self, inputs: Inputs, sample: NDArray[np.int64]) -> None:
        """Measure on these examples from now on, which are those of before or none; give the room back."""
        self.inputs, self.sample = inputs, sample
        self._probe = None

    def take_ranges(self, frame: Frame) -> None:
        """Go on with the ranges that the histograms of an earlier frame of the run have."""
        for number, layer in enumerate(frame.layers):
            held = {"output": layer.output}
            for name, gradient in (("delta", layer.output_gradient), ("weights", layer.weight_gradient)):
                if gradient is not None:
                    held[name] = gradient.histogram
            self._limits |= {(number, name): histogram.limit for name, histogram in held.items()}

    def layers(self, ratios: dict[int, float | None]) -> tuple[LayerFrame, ...]:
        """Return a layer frame for the input, each card and the output layer.

        `ratios` holds the update:weight ratio of each weighted operation.
        """
        probe = self.probe
        program = probe.program
        probe.forward(self.inputs, self.sample)
        probe.backward()
        names = layer_names(program)
        groups = (Group(-1, -1, None, None), *program.groups)
        found = []
        for number, (name, group) in enumerate(zip(names, groups, strict=True)):
            found.append(self._layer(number, name, group, ratios))
        # The local derivatives come last: they overwrite the deltas that were measured above.
        measured = tuple(
            self._with_meters(layer, group) if group.activation is not None else layer
            for layer, group in zip(found, groups, strict=True)
        )
        self._passes = probe.passes
        return measured

    def activity(self) -> dict[int, NDArray[np.float32]]:
        """Return, by activation, the share (units,) of examples on which a unit's output or local derivative is not 0.

        Where nobody has used the probe since `layers`, the pass that was measured there is read again.
        """
        probe = self.probe
        operations = [group.activation for group in probe.program.groups if group.activation is not None]
        if self._passes != probe.passes:
            probe.forward(self.inputs, self.sample)
            for operation in operations:
                probe.local_derivative(operation)
        found = {}
        for operation in operations:
            # a local derivative stands where its activation has the delta of its input
            active = (probe.output(operation) != 0) | (probe.delta(operation - 1) != 0)
            found[operation] = active.mean(axis=0, dtype=np.float32)
        return found

    def _layer(self, number: int, name: Message, group: Group, ratios: dict[int, float | None]) -> LayerFrame:
        output = self.probe.output(group.last)
        if number:
            histogram, mean, std, _ = self._histogram((number, "output"), output, self._bound(group))
        else:
            histogram, mean, std = self._of_input(output)
        weights = None
        if group.weights is not None:
            weights = self._gradient((number, "weights"), self.probe.gradients[group.weights.span])
        return LayerFrame(
            name=name,
            units=output.shape[1],
            output=histogram,
            mean=mean,
            std=std,
            output_gradient=self._gradient((number, "delta"), self.probe.delta(group.last)),
            weight_gradient=weights,
            update_ratio=ratios.get(group.first),
            difference=unit_difference(output) if number else None,
        )

    def _of_input(self, values: Real) -> tuple[Histogram, float, float]:
        """Measure the examples themselves, once: they stay the same, and pictures are the widest layer of all."""
        limit = self._limits.get((0, "output"))
        if self._input is None or self._input[0].limit != limit:
            self._input = self._histogram((0, "output"), values, None)[:3]
        return self._input

    def _with_meters(self, layer: LayerFrame, group: Group) -> LayerFrame:
        assert group.activation is not None
        if layer.output.not_finite:
            return layer  # "none is dead" would be said of numbers that are none
        operation = group.activation
        bounds = self.probe.program.entries[operation].bounds
        low, high = saturation_limits(bounds)
        derivative = self.probe.local_derivative(operation)
        output = self.probe.output(operation)
        dead, saturated, blocked = meter(output, derivative, low, high)
        return replace(
            layer,
            dead=dead / output.shape[1],
            saturated=None if bounds is None else saturated / output.size,
            blocked=blocked / output.size,
        )

    def _bound(self, group: Group) -> float | None:
        if group.activation is None or group.activation != group.last:
            return None
        bounds = self.probe.program.entries[group.activation].bounds
        return None if bounds is None else max(abs(bounds[0]), abs(bounds[1]))

    def _gradient(self, key: tuple[int, str], values: Real) -> Gradient:
        histogram, _, _, squares = self._histogram(key, values, None)
        return Gradient(histogram, math.sqrt(squares) if squares >= 0 else math.nan)

    def _histogram(
        self, key: tuple[int, str], values: Real, fixed: float | None
    ) -> tuple[Histogram, float, float, float]:
        flat = values.ravel()
        limit = self._limits.get(key) or fixed or first_limit(flat)
        while True:
            counts = np.zeros(BINS, np.int64)
            mean, std, squares, below, above, bad, zeros = summarise(flat, limit, counts)
            if fixed or below + above <= (1 - INSIDE) * flat.size or limit > 1e30:
                break
            limit *= 2
        self._limits[key] = limit
        counts.flags.writeable = False
        return Histogram(counts, limit, below, above, bad, zeros, flat.size), mean, std, squares


def unit_difference(output: Real) -> float | None:
    """Return how far the units (batch, units) differ on one example at most, over the largest value; 0 for no value."""
    if output.shape[1] < 2:
        return None
    most, largest = difference(output)
    return float(most / largest) if largest > 0 else 0.0


def saturation_limits(bounds: tuple[float, float] | None) -> tuple[float, float]:
    """Return the values beyond which an activation with these bounds counts as saturated."""
    if bounds is None:
        return -math.inf, math.inf
    margin = NEAR_BOUND * (bounds[1] - bounds[0])
    return bounds[0] + margin, bounds[1] - margin


def first_limit(values: NDArray[Any]) -> float:
    """Return the power of two that takes in 99.5 % of the finite sizes of `values`."""
    sizes = np.abs(values[np.isfinite(values)])
    if not sizes.size:
        return 1.0
    largest = float(np.partition(sizes, int((sizes.size - 1) * INSIDE))[int((sizes.size - 1) * INSIDE)])
    if largest <= 0:
        largest = float(sizes.max())
    if largest <= 0:
        return 1.0
    return float(2.0 ** math.ceil(math.log2(largest)))
