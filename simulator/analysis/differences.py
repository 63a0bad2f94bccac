"""A mini-batch whose loss can be asked again with one parameter moved: what a gradient check is made of.

Everything runs as in training (batch statistics, one dropout mask that stays), in the trainer's real type.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.kernels.columns import TRAIN, WORKSPACE
from simulator.machine import loop
from simulator.machine.probe import Probe
from simulator.training.trainer import Trainer

Array = NDArray[np.floating[Any]]
SEED = STEP = 0  # of the dropout mask: those of `Probe`
HALVINGS = 12
PERSISTS = 0.1  # share of a change that is left after 12 halvings where it is a jump; 1 / 4096 where it is smooth
LEAST_JUMP = 1e-6  # less is rounding


class Differences:
    """The loss of `sample` as a function of the parameters of a trainer that nobody trains meanwhile."""

    def __init__(self, trainer: Trainer, sample: NDArray[np.int64]) -> None:
        self.program = trainer.program
        self.parameters = trainer.state.parameters
        self._probe = Probe(trainer.program, trainer.state)
        self._probe.forward(trainer.setting.inputs, sample, TRAIN)

    # The data loss

    def loss(self, first: int = 0) -> float:
        """Return the data loss; only operations from `first` on are computed anew."""
        program, probe = self.program, self._probe
        loop.run_forward(
            program.forward,
            program.layout,
            probe.arrays,
            first,
            program.operations + 1,
            probe.batch,
            TRAIN,
            SEED,
            STEP,
        )
        return float(probe.arenas.workspace[program.layout[program.operations, WORKSPACE]])

    def gradients(self) -> Array:
        """Return the gradient of the data loss by the backward pass, one number a parameter."""
        program, probe = self.program, self._probe
        self.loss()
        loop.run_backward(
            program.backward, program.layout, probe.arrays, 0, program.operations, probe.batch, TRAIN, SEED, STEP
        )
        return probe.gradients.copy()

    # The penalties

    def penalty(self) -> float:
        """Return the penalties of the present weights; their gradient is left in `penalty_gradients`."""
        program, probe = self.program, self._probe
        rows = program.layout[program.operations + 1 :]
        probe.gradients[:] = 0
        loop.run_forward(program.after, rows, probe.arrays, 0, program.penalties, probe.batch, TRAIN, SEED, STEP)
        return float(sum(probe.arenas.workspace[row[WORKSPACE]] for row in rows[: program.penalties]))

    def penalty_gradients(self) -> Array:
        """Return the gradient of the penalties, one number a parameter."""
        self.penalty()
        return self._probe.gradients.copy()

    # What moving a parameter does

    def quotient(self, function: Callable[[], float], index: int, step: float) -> float:
        """Return (f(w + step) - f(w - step)) / (2 step) for the parameter of that index."""
        kept = self.parameters[index]
        above, below = kept + step, kept - step
        try:
            self.parameters[index] = above
            high = function()
            self.parameters[index] = below
            low = function()
        finally:
            self.parameters[index] = kept
        return (high - low) / float(above - below)

    def kink(self, index: int, first: int, step: float) -> int | None:
        """Return the operation whose slope jumps while a parameter moves from w - step to w + step, or None.

        The change of all local derivatives is followed into the half where it is larger, again and again: a jump
        stays, what is smooth fades. The number of operations stands for the loss.
        """
        kept = self.parameters[index]
        try:
            low, high = kept - step, kept + step
            at_low, at_high = self._slopes(index, low, first), self._slopes(index, high, first)
            whole = _change(at_low, at_high)[0]
            for _halving in range(HALVINGS):
                middle = 0.5 * (low + high)
                between = self._slopes(index, middle, first)
                if _change(at_low, between)[0] >= _change(between, at_high)[0]:
                    high, at_high = middle, between
                else:
                    low, at_low = middle, between
        finally:
            self.parameters[index] = kept
            self.loss(first)
        left, place = _change(at_low, at_high)
        return first + place if left > max(PERSISTS * whole, LEAST_JUMP) else None

    def _slopes(self, index: int, value: float, first: int) -> list[Array]:
        """Return what every operation from `first` on, and at last the loss, makes of a gradient of ones."""
        self.parameters[index] = value
        self.loss(first)
        top = self.program.operations
        scores = self._probe.delta(top - 1).copy()  # the loss writes it in its forward pass
        return [*(self._probe.local_derivative(o).copy() for o in range(first, top)), scores]


def _change(before: list[Array], after: list[Array]) -> tuple[float, int]:
    """Return the largest change of a slope, relative to the largest slope of its operation, and which one it is of."""
    changes = []
    for a, b in zip(before, after, strict=True):
        size = max(float(np.abs(a).max(initial=0)), float(np.abs(b).max(initial=0)))
        changes.append(float(np.abs(a - b).max(initial=0)) / size if size > 0 else 0.0)
    place = int(np.argmax(changes))
    return changes[place], place
