"""What measurements may take, in multiply-adds: they are counted, never timed, so that every computer says the same."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # so that what has a budget need not bring numba
    from simulator.training.run.trainer import Trainer

PASSES: Final = 3
"""Products of a parameter with an example in one step: forward, back to the input, back to the parameter."""
AN_EXAMPLE: Final = 10_000
"""Multiply-adds that an example is worth besides its products: activations, softmax, its way into the network."""


def step_effort(trainer: "Trainer") -> float:
    """Return the multiply-adds of one training step of a whole mini-batch."""
    examples = min(trainer.experiment.training.batch_size, trainer.setting.training.size)
    return float(examples * (PASSES * trainer.facts.parameters + AN_EXAMPLE))


def affordable(budget: float, effort: float, least: int, most: int) -> int:
    """Return how often `effort` fits into `budget`, within bounds."""
    return int(min(max(budget / effort, least), most))
