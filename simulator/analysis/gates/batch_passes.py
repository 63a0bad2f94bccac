"""A mini-batch sent through a network whole, and one example at a time, by the kernels that train.

Everything runs as in training, in float64; an example alone is dropped out by the mask that it has in the mini-batch.
"""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.gates.batch_parts import Numbers
from simulator.kernels.columns import FIRST, TRAIN, WORKSPACE
from simulator.layers import Shape
from simulator.layers.dropout import Dropout
from simulator.machine import loop
from simulator.machine.probe import Probe
from simulator.machine.program import compile_program
from simulator.machine.state import State
from simulator.training.run.trainer import Trainer

Rows = list[dict[str, Numbers]]
"""One a layer: x, y, dx, dy, each (examples, units)."""


class BatchPasses:
    """The examples `examples` and a copy of what a trainer's network is now.

    Attributes
    ----------
    gradients
        Of the data loss of the last pass, flat.
    """

    def __init__(self, trainer: Trainer, examples: NDArray[np.int64]) -> None:
        self.examples = examples
        self._inputs = trainer.setting.inputs
        shape, classes = (self._inputs.width,), trainer.setting.dataset.classes
        self.program = compile_program(trainer.experiment, shape, classes, examples.size, np.float64)
        self.program.layout[0, FIRST] = 0  # training has no use for the gradient of the data; a reader has
        self.state = State.initial(self.program)
        self.state.parameters[:] = trainer.state.parameters
        self.state.running_statistics[:] = trainer.state.running_statistics
        self._probe = Probe(self.program, self.state)
        self.gradients: Numbers = self._probe.gradients
        self._seed, self._step = trainer.experiment.seeds.order, trainer.step
        self._masks: dict[int, Numbers] = {}

    def whole(self) -> list[Mapping[str, Numbers]]:
        """Send all examples through at once, forward and back; return what each layer wrote down for the way back."""
        self._gather(self.examples)
        self._forward(0, self.program.operations + 1)
        kept = [self._kept(operation) for operation in range(self.program.operations)]
        self._masks = {o: kept[o]["m"] for o, entry in enumerate(self.program.entries) if isinstance(entry, Dropout)}
        self._backward()
        return kept

    def one(self, row: int) -> None:
        """Send one example through by itself, forward and back."""
        self._gather(self.examples[row : row + 1])
        for operation in range(self.program.operations):
            self._forward(operation, operation + 1)
            if operation in self._masks:
                # alone it stands in the first place, and was given that place's mask
                self._workspace(operation)["m"][:] = self._masks[operation][row]
                self._probe.output(operation)[:] = self._probe.output(operation - 1) * self._masks[operation][row]
        self._forward(self.program.operations, self.program.operations + 1)
        self._backward()

    def loss_of(self, row: int, scores: Numbers) -> None:
        """Compute the loss of one example for scores (classes,) that are given; no layer runs."""
        self._gather(self.examples[row : row + 1])
        self._probe.output(self.program.operations - 1)[:] = scores
        self._forward(self.program.operations, self.program.operations + 1)

    def penalty(self) -> tuple[float, Numbers]:
        """Return the penalties of the present weights and their gradient, flat."""
        program, probe = self.program, self._probe
        rows = program.layout[program.operations + 1 :]
        probe.gradients[:] = 0
        loop.run_forward(
            program.after, rows, probe.arrays, 0, program.penalties, probe.batch, TRAIN, self._seed, self._step
        )
        found = [float(probe.arenas.workspace[row[WORKSPACE]]) for row in rows[: program.penalties]]
        return math.fsum(found), probe.gradients.copy()

    # What the last pass left

    @property
    def loss(self) -> float:
        """The data loss."""
        return float(self._probe.arenas.workspace[self.program.layout[self.program.operations, WORKSPACE]])

    @property
    def scores(self) -> Numbers:
        """What goes into the loss (examples, classes)."""
        return self._probe.output(self.program.operations - 1).copy()

    @property
    def shares(self) -> Numbers:
        """dL/d(scores) (examples, classes)."""
        return self._probe.delta(self.program.operations - 1).copy()

    def rows(self) -> Rows:
        """Return what went in and out of every layer, and came back."""
        output, delta = self._probe.output, self._probe.delta
        return [
            {"x": output(o - 1).copy(), "y": output(o).copy(), "dx": delta(o - 1).copy(), "dy": delta(o).copy()}
            for o in range(self.program.operations)
        ]

    def slopes(self) -> list[Numbers | None]:
        """Return the derivative of every activation, value by value: its backward pass of ones. Spoils the deltas."""
        found: list[Numbers | None] = []
        for operation, entry in enumerate(self.program.entries):
            if entry.elementwise:
                self._probe.delta(operation)[:] = 1
                self._run_backward(operation, operation + 1)
            found.append(self._probe.delta(operation - 1).copy() if entry.elementwise else None)
        return found

    def _kept(self, operation: int) -> Mapping[str, Numbers]:
        return {symbol: values.copy() for symbol, values in self._workspace(operation).items()}

    def _workspace(self, operation: int) -> Mapping[str, Numbers]:
        """Return the arrays that a layer has in its workspace, by symbol."""
        start = int(self.program.layout[operation, WORKSPACE])
        places = self.program.entries[operation].kept(self.program.shapes[operation], self._probe.batch)
        return {symbol: self._view(start + offset, shape) for symbol, (offset, shape) in places.items()}

    def _view(self, start: int, shape: Shape) -> Numbers:
        size = int(np.prod(shape))
        return self._probe.arenas.workspace[start : start + size].reshape(shape)

    # The machine

    def _gather(self, examples: NDArray[np.int64]) -> None:
        inputs, probe, program = self._inputs, self._probe, self.program
        probe.batch = int(examples.size)
        loop.gather(
            inputs.pixels,
            inputs.numbers,
            inputs.shift,
            inputs.scale,
            inputs.labels,
            examples,
            0,
            probe.batch,
            program.layout,
            probe.arenas.activations,
            probe.arenas.workspace,
            program.operations,
        )

    def _forward(self, first: int, last: int) -> None:
        probe, program = self._probe, self.program
        loop.run_forward(
            program.forward, program.layout, probe.arrays, first, last, probe.batch, TRAIN, self._seed, self._step
        )

    def _backward(self) -> None:
        self._run_backward(0, self.program.operations)

    def _run_backward(self, first: int, last: int) -> None:
        probe, program = self._probe, self.program
        loop.run_backward(
            program.backward, program.layout, probe.arrays, first, last, probe.batch, TRAIN, self._seed, self._step
        )
