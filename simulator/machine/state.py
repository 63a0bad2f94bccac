"""The flat arrays a program works on."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.machine.draws import draw_parameters
from simulator.machine.program import Program, Real


@dataclass(eq=False)
class State:
    """What training changes; contiguous, of the program's real type.

    Attributes
    ----------
    parameters, gradients
        (parameters,)
    optimizer_state
        (slots * parameters + a few,): see `Program.optimizer_size`
    running_statistics
        What layers carry from step to step.
    """

    parameters: Real
    gradients: Real
    optimizer_state: Real
    running_statistics: Real

    @classmethod
    def initial(cls, program: Program, parameters: Real | None = None) -> "State":
        """Return the state before the first step, with the parameters given or drawn."""
        if parameters is None:
            parameters = draw_parameters(program)
        return cls(
            parameters,
            np.zeros_like(parameters),
            np.zeros(program.optimizer_size, program.dtype),
            program.state_start.copy(),
        )


@dataclass(eq=False)
class Arenas:
    """Room for one pass of at most `capacity` examples. Belongs to one user at a time."""

    capacity: int
    activations: Real
    deltas: Real
    workspace: Real

    @classmethod
    def of(cls, program: Program, fill: float = 0.0) -> "Arenas":
        """Return arenas for the program's capacity, filled with `fill`."""

        def arena(size: int) -> Any:
            return np.full(size, fill, program.dtype)

        size = program.activation_size * program.capacity
        return cls(program.capacity, arena(size), arena(size), arena(program.workspace_size))

    @property
    def nbytes(self) -> int:
        """Bytes of the arenas."""
        return self.activations.nbytes + self.deltas.nbytes + self.workspace.nbytes

    def serve(self, program: Program) -> bool:
        """Tell whether a pass of `program` with all its examples has room here."""
        return (
            self.activations.dtype == program.dtype
            and self.activations.size >= program.activation_size * program.capacity
            and self.workspace.size >= program.workspace_size
        )

    def output(self, program: Program, operation: int, batch: int, deltas: bool = False) -> Real:
        """Return the output (batch, size) of an operation, or dL/d(output); operation -1 is the input."""
        row = program.layout[max(operation, 0)]
        offset, size = (row[2], row[0]) if operation < 0 else (row[3], row[1])
        arena = self.deltas if deltas else self.activations
        return arena[offset * batch : (offset + size) * batch].reshape(batch, size)


def arrays_of(program: Program, state: State, arenas: Arenas, gradients: Real | None = None) -> tuple[Real, ...]:
    """Return the tuple `arrays` of `machine.loop`."""
    return (
        program.constants,
        state.parameters,
        state.gradients if gradients is None else gradients,
        state.running_statistics,
        arenas.activations,
        arenas.deltas,
        arenas.workspace,
    )
