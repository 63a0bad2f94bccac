"""A mini-batch whose loss can be asked again with one parameter moved: what a gradient check is made of.

Everything runs as in training (batch statistics, one dropout mask that stays), in the trainer's real type.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.effort import AN_EXAMPLE
from simulator.kernels.columns import TRAIN, WORKSPACE
from simulator.machine import loop
from simulator.machine.probe import Probe
from simulator.training.run.trainer import Trainer

Array = NDArray[np.floating[Any]]
SEED = STEP = 0  # of the dropout mask: those of `Probe`
HALVINGS = 20
PERSISTS = 1e-4  # share of a change that is left after the halvings where it is a jump; a millionth where it is smooth
ROUNDING = 1e-9  # relative; a smaller change means nothing
NEAR = 1e-3  # where activations are asked for their slope on both sides of 0
LEAST_JUMP, LEAST_BEND = 1e-5, 0.05  # of slope and curvature; smooth activations stay under a tenth of that


class Differences:
    """The loss of `sample` as a function of the parameters of a trainer that nobody trains meanwhile.

    Attributes
    ----------
    effort
        Multiply-adds of all passes so far.
    """

    def __init__(self, trainer: Trainer, sample: NDArray[np.int64]) -> None:
        self.program = trainer.program
        self.parameters = trainer.state.parameters
        self.effort = 0.0
        own = np.bincount(
            [item.operation for item in trainer.program.placed],
            [item.size for item in trainer.program.placed],
            trainer.program.operations + 1,
        )
        self._below = np.concatenate([[0.0], np.cumsum(own)])  # parameters of the operations below each
        self._probe = Probe(trainer.program, trainer.state)
        self._probe.forward(trainer.setting.inputs, sample, TRAIN)
        elementwise = [o for o, entry in enumerate(trainer.program.entries) if entry.elementwise]
        self._bent = [o for o in elementwise if self._is_bent(o)]
        self.loss()

    # The data loss

    def loss(self, first: int = 0) -> float:
        """Return the data loss; only operations from `first` on are computed anew."""
        program = self.program
        self._run(loop.run_forward, program.forward, first, program.operations + 1)
        return float(self._probe.arenas.workspace[program.layout[program.operations, WORKSPACE]])

    def gradients(self) -> Array:
        """Return the gradient of the data loss by the backward pass, one number a parameter."""
        self.loss()
        self._run(loop.run_backward, self.program.backward, 0, self.program.operations)
        return self._probe.gradients.copy()

    def _run(self, direction: Any, addresses: NDArray[np.int64], first: int, last: int) -> None:
        """Run the operations `first` to `last` - 1 in a direction of the loop."""
        probe = self._probe
        self.effort += probe.batch * (self._below[last] - self._below[first]) + AN_EXAMPLE
        direction(addresses, self.program.layout, probe.arrays, first, last, probe.batch, TRAIN, SEED, STEP)

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
        """Return the operation whose slope jumps while a parameter of `first` moves from w - step to w + step, or None.

        The change of the gradient is followed into the half where it is larger, again and again: a jump stays, what is
        smooth fades. The number of operations stands for the loss.
        """
        kept = self.parameters[index]
        try:
            low, high = kept - step, kept + step
            at_low, at_high = self._slope(index, low, first), self._slope(index, high, first)
            whole = abs(at_high - at_low)
            for _halving in range(HALVINGS):
                middle = 0.5 * (low + high)
                between = self._slope(index, middle, first)
                if abs(between - at_low) >= abs(at_high - between):
                    high, at_high = middle, between
                else:
                    low, at_low = middle, between
            if abs(at_high - at_low) <= max(PERSISTS * whole, ROUNDING * max(abs(at_low), abs(at_high))):
                return None
            return self._jumping(index, first, low, high)
        finally:
            self.parameters[index] = kept
            self.loss(first)

    def crosses(self, index: int, first: int, step: float) -> bool:
        """Tell whether an activation that bends at 0 crosses it while a parameter of `first` moves by `step`."""
        kept = self.parameters[index]
        signs = []
        try:
            for value in (kept - step, kept + step):
                self.parameters[index] = value
                self.loss(first)
                signs.append([self._probe.output(o - 1) > 0 for o in self._bent if o >= first])
        finally:
            self.parameters[index] = kept
            self.loss(first)
        return any((before != after).any() for before, after in zip(*signs, strict=True))

    def _is_bent(self, operation: int) -> bool:
        """Tell whether slope or curvature of an activation jump at 0. Overwrites its input."""
        slopes = []
        for value in (-2 * NEAR, -NEAR, NEAR, 2 * NEAR):
            self._probe.output(operation - 1)[:] = value
            self._run(loop.run_forward, self.program.forward, operation, operation + 1)
            slopes.append(self._probe.local_derivative(operation).copy())
        far_left, left, right, far_right = slopes
        jump = np.abs((2 * right - far_right) - (2 * left - far_left)).max()
        bend = np.abs((far_right - right) - (left - far_left)).max() / NEAR
        return bool(jump > LEAST_JUMP or bend > LEAST_BEND)

    def _slope(self, index: int, value: float, first: int) -> float:
        """Return the backward pass's dL/dw where that parameter of `first` has this value."""
        self.parameters[index] = value
        self.loss(first)
        self._run(loop.run_backward, self.program.backward, first, self.program.operations)
        return float(self._probe.gradients[index])

    def _jumping(self, index: int, first: int, low: float, high: float) -> int:
        """Return the operation whose local derivatives differ most between two values of a parameter of `first`."""
        changes = []
        for before, after in zip(self._locals(index, low, first), self._locals(index, high, first), strict=True):
            size = float(np.abs(before).max(initial=0) + np.abs(after).max(initial=0))
            changes.append(float(np.abs(before - after).max(initial=0)) / size if size > 0 else 0.0)
        # Where nothing above it jumps it is the operation itself: another piece of a maxout unit.
        return first + 1 + int(np.argmax(changes)) if max(changes) > ROUNDING else first

    def _locals(self, index: int, value: float, first: int) -> list[Array]:
        """Return what every operation above `first`, and at last the loss, makes of a gradient of ones."""
        self.parameters[index] = value
        self.loss(first)
        top = self.program.operations
        scores = self._probe.delta(top - 1).copy()  # the loss writes it in its forward pass
        return [*(self._probe.local_derivative(o).copy() for o in range(first + 1, top)), scores]
