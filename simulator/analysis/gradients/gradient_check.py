"""The gradient check: what the backward pass finds against central differences of the loss, in float64."""

import math
from dataclasses import dataclass

import numpy as np

from simulator.analysis.clock import Clock
from simulator.analysis.copies import endless, start
from simulator.analysis.gradients.differences import Differences
from simulator.analysis.gradients.gradient_judge import Judge, LayerGradients
from simulator.experiment.experiment import Experiment
from simulator.message import Message

EXAMPLES = 10  # few: every example more is another chance to meet a kink


@dataclass(frozen=True)
class GradientCheck:
    """What the check found.

    Attributes
    ----------
    loss
        Data loss of the examples; NaN where it, or a gradient, is no finite number and nothing could be compared.
    layers
        Layers with parameters, output layer included; then the penalties, if there are any.
    jumps
        What the kinks belong to, and how many entries met them: ("ReLU in Dense 1", 3).
    complete
        Whether every entry was looked at, not stopped before.
    """

    loss: float
    layers: tuple[LayerGradients, ...]
    jumps: tuple[tuple[Message, int], ...]
    complete: bool

    @property
    def worst(self) -> LayerGradients | None:
        """The layer with the largest error, or None where nothing could be judged."""
        judged = [layer for layer in self.layers if layer.judged]
        return max(judged, key=lambda layer: layer.largest, default=None)

    @property
    def wrong(self) -> tuple[LayerGradients, ...]:
        """The layers with wrong gradients."""
        return tuple(layer for layer in self.layers if layer.wrong)

    @property
    def odd(self) -> tuple[LayerGradients, ...]:
        """The layers in which a few gradients are a little off."""
        return tuple(layer for layer in self.layers if layer.off and not layer.wrong)

    @property
    def judged(self) -> int:
        """How many entries were compared."""
        return sum(layer.judged for layer in self.layers)

    @property
    def least(self) -> int:
        """How many entries were compared in the layer with the fewest."""
        return min((layer.judged for layer in self.layers), default=0)

    @property
    def left_out(self) -> int:
        """How many entries could not be judged: a kink, or quotients that do not settle."""
        return sum(layer.kinks + layer.unclear for layer in self.layers)


def gradient_check(experiment: Experiment, clock: Clock | None = None, seed: int = 0) -> GradientCheck:
    """Compare the gradients of the untrained network with differences, layer by layer.

    The data loss of up to 10 training examples is checked without the penalties, which could hide it; they are checked
    by themselves. Batch norm and dropout work as in training, with one mask. `seed` chooses other entries.
    """
    clock = clock or Clock()
    trainer = start(endless(experiment), np.float64)
    judge = Judge(Differences(trainer, trainer.setting.probe[:EXAMPLES]))
    if not judge.finite:
        return GradientCheck(math.nan, (), (), True)
    weights = experiment.seeds.weights
    complete = judge.look_at_all(np.random.default_rng([weights, seed, 6]), clock)
    layers = judge.layers
    if trainer.program.penalties and complete:
        layers = (*layers, judge.penalties(np.random.default_rng([weights, seed, 7])))
    jumps = tuple((judge.name_of(operation), count) for operation, count in sorted(judge.jumps.items()))
    return GradientCheck(judge.loss, layers, jumps, complete)
