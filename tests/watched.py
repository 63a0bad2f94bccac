"""A program on watched arenas: sentinel words round every block, NaN inside, both looked at after every pass."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from simulator.experiment.experiment import Experiment
from simulator.kernels import columns as c
from simulator.kernels.columns import PROBE, TRAIN
from simulator.machine import loop
from simulator.machine.program import GUARD, SENTINEL, compile_program
from simulator.machine.state import Arenas, State, arrays_of
from tests import reference

SPARE = 3  # examples of room beyond the batch


class Watched:
    """One network, run pass by pass; `check` fails where a kernel wrote outside its blocks.

    Parameters
    ----------
    batch
        Examples of every pass; the arenas have room for `SPARE` more.
    """

    def __init__(
        self, experiment: Experiment, width: int, classes: int, batch: int, dtype: DTypeLike = np.float64
    ) -> None:
        self.batch = batch
        self.program = compile_program(experiment, (width,), classes, batch + SPARE, np.dtype(dtype).type, guarded=True)
        self.state = State.initial(self.program)
        self.arenas = Arenas.of(self.program)
        self.layout = self.program.layout
        self.operations = self.program.operations
        self.penalties = self.program.penalties
        self.blocks = {
            "parameters": (self.state.parameters, self._parameter_blocks()),
            "gradients": (self.state.gradients, self._parameter_blocks()),
            "activations": (self.arenas.activations, self._activation_blocks()),
            "deltas": (self.arenas.deltas, self._activation_blocks()),
            "workspace": (self.arenas.workspace, self._workspace_blocks()),
        }
        self.guards = {name: _outside(array.size, blocks) for name, (array, blocks) in self.blocks.items()}
        self.constants = self.program.constants.copy()
        self.state_room = np.full(self.state.running_statistics.size + 2 * GUARD, SENTINEL, dtype)
        self.state.running_statistics = self.state_room[GUARD:-GUARD]
        self.state.running_statistics[:] = self.program.state_start
        self.arrays = arrays_of(self.program, self.state, self.arenas)
        for name, (array, _) in self.blocks.items():
            if name != "parameters":
                array[:] = np.nan
            array[self.guards[name]] = SENTINEL

    # Where things lie

    def _parameter_blocks(self) -> list[slice]:
        return [item.span for item in self.program.placed]

    def _activation_blocks(self) -> list[slice]:
        """The input of the first operation, then the output of every one."""
        rows = self.layout[: self.operations]
        places = [(rows[0][c.INPUT], rows[0][c.N_IN]), *((row[c.OUTPUT], row[c.N_OUT]) for row in rows)]
        return [slice(at * self.batch, (at + size) * self.batch) for at, size in places]

    def _workspace_blocks(self) -> list[slice]:
        sizes = [
            entry.workspace(shape, self.batch)
            for entry, shape in zip(self.program.entries, self.program.shapes, strict=False)
        ]
        sizes.append(2 + self.batch)
        sizes += [1] * self.penalties
        starts = self.layout[: len(sizes), c.WORKSPACE]
        return [slice(start, start + size) for start, size in zip(starts, sizes, strict=True)]

    def output(self, operation: int) -> NDArray[Any]:
        """The output (batch, size) of an operation; -1 is the input."""
        return self.arenas.output(self.program, operation, self.batch)

    def delta(self, operation: int) -> NDArray[Any]:
        """dL/d(output) (batch, size) of an operation; -1 is the input."""
        return self.arenas.output(self.program, operation, self.batch, deltas=True)

    def block(self, number: int, gradient: bool = False) -> NDArray[Any]:
        """The parameter block of that number, or its gradient."""
        item = self.program.placed[number]
        array = self.state.gradients if gradient else self.state.parameters
        return array[item.span].reshape(item.block.shape)

    def weights(self) -> reference.Weights:
        """Return a copy of the parameters as the reference holds them."""
        layers: dict[int, list[NDArray[Any]]] = {}
        for number, item in enumerate(self.program.placed):
            layers.setdefault(item.operation, []).append(self.block(number).copy())
        return [tuple(blocks) for blocks in layers.values()]

    def draw_statistics(self, seed: int) -> None:
        """Fill the running statistics with means and variances drawn at random."""
        running = self.state.running_statistics
        running[:] = np.random.default_rng(seed).uniform(0.1, 2, running.size)

    def how(self, mode: int) -> reference.Pass:
        """Return how the reference has to go through the network in that mode, as it is now."""
        network = self.program.experiment.network
        running = {}
        for place, entry in enumerate(network):
            if entry.kind == "batch_norm":
                row = self.layout[place]
                both = self.state.running_statistics[row[c.STATE] :][: 2 * row[c.N_IN]].copy()
                running[place] = both[: row[c.N_IN]], both[row[c.N_IN] :]
        shape = self.batch, int(self.layout[0][c.N_IN])
        return reference.Pass(mode == TRAIN, running, reference.kept_at(self.program.experiment, 0, shape))

    def set_labels(self, labels: NDArray[np.int64]) -> None:
        start = self.layout[self.operations, c.WORKSPACE] + 2
        self.arenas.workspace[start : start + self.batch] = labels

    # Passes

    def forward(self, first: int = 0, last: int | None = None, mode: int = PROBE) -> None:
        """Run the operations `first` to `last` - 1 forward; without `last`, the loss too."""
        last = self.operations + 1 if last is None else last
        loop.run_forward(self.program.forward, self.layout, self.arrays, first, last, self.batch, mode, 0, 0)
        self.check()

    def backward(self, first: int = 0, last: int | None = None, mode: int = PROBE) -> None:
        """Run the operations `last` - 1 down to `first` backward."""
        last = self.operations if last is None else last
        loop.run_backward(self.program.backward, self.layout, self.arrays, first, last, self.batch, mode, 0, 0)
        self.check()

    def penalise(self) -> float:
        """Run the penalties and return their sum."""
        rows = self.layout[self.operations + 1 :]
        loop.run_forward(self.program.after, rows, self.arrays, 0, self.penalties, self.batch, PROBE, 0, 0)
        self.check()
        return float(sum(self.arenas.workspace[row[c.WORKSPACE]] for row in rows[: self.penalties]))

    @property
    def loss(self) -> float:
        """What the loss kernel found."""
        return float(self.arenas.workspace[self.layout[self.operations, c.WORKSPACE]])

    @property
    def right(self) -> float:
        """How many examples the loss kernel called right."""
        return float(self.arenas.workspace[self.layout[self.operations, c.WORKSPACE] + 1])

    def check(self) -> None:
        """Fail where a word outside the blocks, or a constant, has changed."""
        for name, (array, _) in self.blocks.items():
            assert (array[self.guards[name]] == SENTINEL).all(), f"a kernel wrote outside its block of {name}"
        outside = np.concatenate([self.state_room[:GUARD], self.state_room[-GUARD:]])
        assert (outside == SENTINEL).all(), "a kernel wrote outside the running statistics"
        np.testing.assert_array_equal(self.program.constants, self.constants)

    def unwritten(self, name: str) -> int:
        """Return how many words of the blocks of an arena are still NaN."""
        array, blocks = self.blocks[name]
        return sum(int(np.isnan(array[block]).sum()) for block in blocks)


def _outside(size: int, blocks: list[slice]) -> NDArray[np.bool_]:
    outside = np.ones(size, bool)
    for block in blocks:
        assert outside[block].all(), "two blocks overlap"
        outside[block] = False
    return outside
