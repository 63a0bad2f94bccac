"""One pass over a fixed batch, forward and backward, in arenas of its own: it disturbs no run."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.precision import outgrows_32_bits
from simulator.data.preprocessing import Transform
from simulator.kernels.columns import EVALUATE, PROBE
from simulator.machine import loop
from simulator.machine.intrinsics import flush_denormals, restore_control
from simulator.machine.program import Program, Real
from simulator.machine.state import Arenas, State, arrays_of


@dataclass(frozen=True, eq=False)
class Inputs:
    """Examples as the machine reads them (one of `pixels` and `numbers` has no rows), and their preprocessing.

    Attributes
    ----------
    shift, scale
        What is still to be done to an example: (x - shift) * scale.
    transform
        The preprocessing as a whole.
    ready
        Whether all of it was done beforehand, in 64 bits: shift is 0 and scale is 1.
    """

    pixels: NDArray[np.uint8]
    numbers: NDArray[np.float32]
    labels: NDArray[np.int64]
    shift: Real
    scale: Real
    transform: Transform
    ready: bool

    @classmethod
    def of(
        cls,
        features: NDArray[Any],
        labels: NDArray[np.int64],
        transform: Transform,
        dtype: np.dtype[Any],
        ready: bool | None = None,
    ) -> "Inputs":
        """Return the inputs of raw features.

        Parameters
        ----------
        ready
            Whether the transform is carried out here, once. None: where it has a matrix, or 32 bits would not do.
        """
        shift, scale = transform.shift, transform.scale
        if ready is None:
            ready = transform.matrix is not None or outgrows_32_bits(features)
        if ready:
            features = transform.apply(features)
            shift, scale = np.zeros(features.shape[1]), np.ones(features.shape[1])
        pixels = np.zeros((0, features.shape[1]), np.uint8)
        numbers = np.zeros((0, features.shape[1]), np.float32)
        if features.dtype == np.uint8:
            pixels = features
        else:
            numbers = features.astype(np.float32, copy=False)
        for array in (pixels, numbers, labels):
            array.flags.writeable = False  # all alike: numba compiles anew for an array it may write to
        return cls(pixels, numbers, labels, shift.astype(dtype), scale.astype(dtype), transform, ready)

    @property
    def width(self) -> int:
        """Numbers of one example that go into the network."""
        return int(self.shift.size)

    def without_data(self) -> "Inputs":
        """Return the same preprocessing of no examples at all."""
        return replace(
            self, pixels=self.pixels[:0].copy(), numbers=self.numbers[:0].copy(), labels=self.labels[:0].copy()
        )

    def at(self, points: NDArray[np.float64]) -> "Inputs":
        """Return other raw examples (n, features) under the same preprocessing, labelled 0."""
        return Inputs.of(points, np.zeros(len(points), np.int64), self.transform, self.shift.dtype, self.ready)


class Probe:
    """A program with room of its own for one pass over up to `program.capacity` examples.

    `arenas` that serve the program and that nobody uses any more save the time to make new ones.
    """

    def __init__(self, program: Program, state: State, arenas: Arenas | None = None) -> None:
        self.program = program
        self.arenas = arenas or Arenas.of(program)
        self.gradients = np.zeros_like(state.parameters)
        self.arrays = arrays_of(program, state, self.arenas, self.gradients)
        self.batch = 0
        self.passes = 0  # begun so far: as long as it stays, so does what a pass has left

    def forward(self, inputs: Inputs, sample: NDArray[np.int64], mode: int = PROBE) -> None:
        """Run the examples `sample` forward through all layers and the loss."""
        self.load(inputs, sample)
        self.run(0, self.program.operations + 1, mode)

    def load(self, inputs: Inputs, sample: NDArray[np.int64]) -> None:
        """Put the examples `sample` where the first operation finds them."""
        program = self.program
        self.batch = int(sample.size)
        self.passes += 1
        activations, workspace = self.arenas.activations, self.arenas.workspace
        control = flush_denormals()
        try:
            loop.gather(
                inputs.pixels,
                inputs.numbers,
                inputs.shift,
                inputs.scale,
                inputs.labels,
                sample,
                0,
                self.batch,
                program.layout,
                activations,
                workspace,
                program.operations,
            )
        finally:
            restore_control(control)

    def run(self, first: int, last: int, mode: int = PROBE) -> None:
        """Run the operations `first` to `last` - 1 forward; number `program.operations` is the loss."""
        program = self.program
        control = flush_denormals()
        try:
            loop.run_forward(program.forward, program.layout, self.arrays, first, last, self.batch, mode, 0, 0)
        finally:
            restore_control(control)

    def feed(self, values: Real, last: int) -> None:
        """Run values (batch, width), taken as they are, forward through the operations up to `last` - 1."""
        self.batch = len(values)
        self.passes += 1
        self.output(-1)[:] = values
        self.run(0, last)

    def backward(self, first: int = 0, last: int | None = None) -> None:
        """Run the operations `last` - 1 down to `first` backward from what stands in the deltas."""
        program = self.program
        last = program.operations if last is None else last
        control = flush_denormals()
        try:
            loop.run_backward(program.backward, program.layout, self.arrays, first, last, self.batch, PROBE, 0, 0)
        finally:
            restore_control(control)

    def output(self, operation: int) -> Real:
        """Return the output (batch, size) of an operation; -1 is the input."""
        return self.arenas.output(self.program, operation, self.batch)

    def delta(self, operation: int) -> Real:
        """Return dL/d(output) (batch, size) of an operation; -1 is the input."""
        return self.arenas.output(self.program, operation, self.batch, deltas=True)

    def local_derivative(self, operation: int) -> Real:
        """Return f'(x) (batch, size) of an activation: its backward pass of ones. Overwrites the deltas round it."""
        self.delta(operation)[:] = 1
        self.backward(operation, operation + 1)
        row = self.program.layout[operation]
        start, stop = row[2] * self.batch, (row[2] + row[0]) * self.batch
        return self.arenas.deltas[start:stop].reshape(self.batch, -1)

    def scores(self, inputs: Inputs, sample: NDArray[np.int64]) -> Real:
        """Return the outputs (examples, classes) in evaluation mode, in pieces of the capacity."""
        pieces = []
        for begin in range(0, sample.size, self.program.capacity):
            self.forward(inputs, sample[begin : begin + self.program.capacity], EVALUATE)
            pieces.append(self.output(self.program.operations - 1).copy())
        return np.concatenate(pieces)
