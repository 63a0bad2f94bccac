"""The network of one run on the machine: its program, its state, room for its passes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.experiment import Experiment
from simulator.machine import loop
from simulator.machine.fitting import initial_state
from simulator.machine.intrinsics import flush_denormals, restore_control
from simulator.machine.program import Program, Real, compile_program
from simulator.machine.state import Arenas, State, arrays_of
from simulator.training.run.meters import Meters
from simulator.training.run.orders import Plan
from simulator.training.run.rule import RuleMemory
from simulator.training.run.segment import Segment
from simulator.training.run.setting import LARGEST_SAMPLE, Setting

RESTING = "a resting run has given its data back"
PIECE = 250  # examples of one pass while accuracies are read
UNDISTURBED = np.zeros(1, np.int64)
"""An attention that nobody asks for."""


@dataclass(frozen=True, eq=False)
class Made:
    """What the machine did of a segment.

    Attributes
    ----------
    steps
        Updates made.
    reason
        Why it stopped; see `machine.loop`.
    losses, penalties
        float64: one longer than `steps` where the last loss was no number.
    readings
        float64 (epoch ends, 4).
    """

    steps: int
    reason: int
    losses: NDArray[np.float64]
    penalties: NDArray[np.float64]
    readings: NDArray[np.float64]

    def read_at(self, plan: Plan) -> list[tuple[int, NDArray[np.float64]]]:
        """Return the readings, each with the number of steps of `plan` that were made before it."""
        ends = np.flatnonzero(plan.steps[: self.steps, 2])
        # A run that stops after the update of an epoch's last step stops before that epoch's reading.
        stopped = self.reason in (loop.BAD_PARAMETER, loop.EXPLODED)
        if stopped and ends.size and ends[-1] == self.steps - 1:
            ends = ends[:-1]
        return [(int(at) + 1, values) for at, values in zip(ends, self.readings, strict=False)]


class Network:
    """Runs steps, reads accuracies and measures layers. `blank` leaves all parameters 0: room for another's."""

    def __init__(self, experiment: Experiment, setting: Setting, dtype: np.dtype[Any], blank: bool) -> None:
        self.experiment = experiment
        self.setting = setting
        self.dtype = dtype
        self.program = self._compile()
        if blank:
            self.state = State.initial(self.program, np.zeros(self.program.parameter_size, dtype))
        else:
            self.state = initial_state(self.program, setting.inputs, setting.probe)
        self.meters = Meters(self.program, self.state, setting.inputs, setting.probe)
        self.touched = 0  # how often a parameter was set by hand
        self._room: Arenas | None = None
        self._before = np.zeros(0, dtype)  # the parameters before the last update, where it was watched

    @property
    def memory(self) -> int:
        """Bytes of the large arrays; the data are shared and not counted."""
        own = (self.state.parameters, self.state.gradients, self.state.optimizer_state)
        return sum(array.nbytes for array in own) + self.meters.memory + (self._room.nbytes if self._room else 0)

    @property
    def _arenas(self) -> Arenas:
        if not self.setting.training.size:
            raise RuntimeError(RESTING)
        if self._room is None:
            self._room = Arenas.of(self.program)
        return self._room

    def rest(self) -> None:
        """Give the room for passes back, and the data until `wake`."""
        self._room = None
        self.wake(self.setting.without_data())

    def wake(self, setting: Setting) -> None:
        """Go on with the data of `setting`: the very same as before."""
        self.setting = setting
        self.meters.look_at(setting.inputs, setting.probe)

    def adopt(self, experiment: Experiment) -> None:
        """Go on under another experiment that keeps every parameter in its place; a new update rule starts at 0."""
        before, self.experiment = self.experiment, experiment
        old, self.program = self.program, self._compile()
        if _room(old) != _room(self.program):
            self._room = None
        if experiment.training.optimizer.kind != before.training.optimizer.kind:
            self.state.optimizer_state = np.zeros(self.program.optimizer_size, self.dtype)
        self.meters.follow(self.program, self.state)

    def _compile(self) -> Program:
        setting, batch = self.setting, self.experiment.training.batch_size
        largest = min(batch, setting.training.size) + 1
        capacity = max(largest, PIECE, min(LARGEST_SAMPLE, setting.training.size))
        classes = setting.dataset.classes
        return compile_program(self.experiment, (setting.inputs.width,), classes, capacity, self.dtype.type)

    def run(self, segment: Segment, step: int, rule: RuleMemory, watch: bool, attention: NDArray[np.int64]) -> Made:
        """Make the steps of `segment`, the first of them number `step`; with `watch`, keep the last update's size.

        The first step is made whatever `attention` (1,) holds; see `machine.loop.train`.
        """
        program, state, setting, plan = self.program, self.state, self.setting, segment.plan
        inputs, count = setting.inputs, len(plan.steps)
        losses, penalties = np.empty(count), np.empty(count)
        readings = np.empty((plan.epoch_ends, 4))
        self._before = np.empty(state.parameters.size if watch else 0, self.dtype)
        control = flush_denormals()
        try:
            made, reason = loop.train(
                program.forward,
                program.backward,
                program.after,
                program.penalties,
                program.layout,
                arrays_of(program, state, self._arenas),
                state.optimizer_state,
                inputs.pixels,
                inputs.numbers,
                inputs.shift,
                inputs.scale,
                inputs.labels,
                plan.order,
                plan.steps,
                segment.rates.astype(self.dtype),
                self.experiment.seeds.order,
                step,
                losses,
                penalties,
                self._before,
                segment.rule,
                rule.recent,
                rule.tally,
                setting.read_training,
                setting.read_validation,
                PIECE,
                readings,
                attention,
            )
        finally:
            restore_control(control)
        if made < count and reason != loop.GOING:  # what stands there is not of the last step made
            self.forget_update()
        seen = made + (reason == loop.BAD_LOSS)
        return Made(made, reason, losses[:seen], penalties[:seen], readings)

    def parameter(self, block: str, index: tuple[int, ...]) -> float:
        """Return the value of one parameter; see `experiment.weights` for its name."""
        return float(self.state.parameters[self._place(block, index)])

    def set_parameter(self, block: str, index: tuple[int, ...], value: float) -> None:
        """Give one parameter another value; what is known of the last update stays that of the update rule."""
        at, parameters = self._place(block, index), self.state.parameters
        self.touched += 1
        update = parameters[at] - self._before[at] if self._before.size else 0
        parameters[at] = value
        if self._before.size:
            self._before[at] = parameters[at] - update

    def _place(self, block: str, index: tuple[int, ...]) -> int:
        placed = self.program.at_path(block)
        return placed.offset + int(np.ravel_multi_index(index, placed.block.shape))

    def forget_update(self) -> None:
        """Forget the last update: the state is no longer what it made."""
        self._before = self._before[:0]

    @property
    def before_update(self) -> Real | None:
        """The parameters before the last update; None where it was not watched."""
        return self._before if self._before.size else None

    def evaluate(self, sample: NDArray[np.int64], step: int) -> tuple[float, float]:
        """Return (mean data loss, share right) of the examples `sample`, in evaluation mode."""
        inputs = self.setting.inputs
        control = flush_denormals()
        try:
            loss, right = loop.evaluate(
                self.program.forward,
                self.program.layout,
                arrays_of(self.program, self.state, self._arenas),
                inputs.pixels,
                inputs.numbers,
                inputs.shift,
                inputs.scale,
                inputs.labels,
                sample,
                PIECE,
                0,
                step,
            )
        finally:
            restore_control(control)
        return float(loss), float(right)

    def read(self, step: int) -> NDArray[np.float64]:
        """Return training and validation accuracy, then their losses, on the samples that are read."""
        training = self.evaluate(self.setting.read_training, step)
        validation = self.evaluate(self.setting.read_validation, step)
        return np.array([training[1], validation[1], training[0], validation[0]])

    def penalty(self) -> float:
        """Return the penalty of the present weights."""
        training, state = self.experiment.training, self.state
        weights = [state.parameters[p.span] for p in self.program.placed if p.block.role == "weight"]
        squares = sum(float(np.sum(np.square(w, dtype=np.float64))) for w in weights)
        sizes = sum(float(np.sum(np.abs(w), dtype=np.float64)) for w in weights)
        return 0.5 * training.l2 * squares + training.l1 * sizes

    def update_ratios(self) -> dict[int, float | None]:
        """Return |dW| / |W| of the last update by weighted operation; None where it was not watched, or W = 0."""
        found: dict[int, float | None] = {}
        for item in self.program.placed:
            if item.block.role != "weight":
                continue
            old = self._before[item.span]
            size = float(np.linalg.norm(old.astype(np.float64)))
            change = self.state.parameters[item.span].astype(np.float64)[: old.size] - old
            found[item.operation] = float(np.linalg.norm(change)) / size if size != 0 else None
        return found


def _room(program: Program) -> tuple[int, int, int]:
    return program.capacity, program.activation_size, program.workspace_size
