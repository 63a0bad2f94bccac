"""Everything that the next step of a run depends on, at one moment."""

from dataclasses import dataclass

from simulator.experiment.experiment import Experiment
from simulator.machine.program import Real
from simulator.machine.state import State
from simulator.training.run.endings import Ending
from simulator.training.run.history import ReadingMemory
from simulator.training.run.orders import Position
from simulator.training.run.rule import RuleMemory


@dataclass(frozen=True, eq=False)
class Weights:
    """Copies of the arrays that training changes; read-only."""

    parameters: Real
    optimizer_state: Real
    running_statistics: Real

    @classmethod
    def of(cls, state: State) -> "Weights":
        """Return copies of those of `state`."""
        copies = [array.copy() for array in (state.parameters, state.optimizer_state, state.running_statistics)]
        for copy in copies:
            copy.flags.writeable = False
        return cls(*copies)

    def put_into(self, state: State) -> None:
        """Write them into `state`, whose parameters stay the array that others look at."""
        state.parameters[:] = self.parameters
        state.running_statistics[:] = self.running_statistics
        state.optimizer_state = self.optimizer_state.copy()

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return self.parameters.nbytes + self.optimizer_state.nbytes + self.running_statistics.nbytes


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run after `step` updates.

    Attributes
    ----------
    step, position
        Updates made; epoch and offset.
    edits_made, experiment
        How many edits of the log have taken effect, and the values in force.
    weights
        Parameters, what the update rule keeps, running statistics.
    rule
        What the divergence rule remembers.
    last_loss
        Data loss and penalty of the last mini-batch; None before the first.
    readings
        What early stopping remembers.
    ending
        Why the run ended by itself, or None.
    """

    step: int
    position: Position
    edits_made: int
    experiment: Experiment
    weights: Weights
    rule: RuleMemory
    last_loss: tuple[float, float] | None
    readings: ReadingMemory
    ending: Ending | None

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return self.weights.nbytes + self.rule.nbytes
