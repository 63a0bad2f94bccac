"""One run: steps, live edits, readings, frames. No thread: everything can be tested through it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Lock
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import BusyError
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply, live_change
from simulator.experiment.run import Run
from simulator.machine import loop
from simulator.machine.fitting import initial_state
from simulator.machine.intrinsics import flush_denormals, restore_control
from simulator.machine.probe import Probe
from simulator.machine.program import Program, compile_program
from simulator.machine.state import Arenas, arrays_of
from simulator.training.endings import Ending, diverged, finished, out_of_patience
from simulator.training.events import RunFacts
from simulator.training.frame import Frame
from simulator.training.history import LossHistory, ReadingLog
from simulator.training.meters import Meters
from simulator.training.orders import Orders, Position
from simulator.training.parts import makers
from simulator.training.setting import LARGEST_SAMPLE, Setting, prepare

PIECE = 250  # examples of one pass while accuracies are read
WINDOW = 100  # steps the divergence rule looks back on, at least
SEGMENT = 4096  # steps of one call of the machine, at most
PLANNED = 2_000_000  # examples whose order one call is given, at most; one epoch at the least
NOTHING = np.zeros(0)


class Trainer:
    """Trains one run on one thread at a time; a second caller meanwhile gets `BusyError`.

    The edits already in the log of `run` take effect at their steps, so a run replays itself. A `setting` that another
    run of the same data has is shared; without one the data are prepared.

    Attributes
    ----------
    run
        The starting experiment and all edits, old and new.
    experiment
        The values in force.
    step, position
        Updates made; epoch and offset.
    ending
        Why the run ended by itself, or None.
    losses, readings
        What is remembered of the losses and accuracies.
    """

    def __init__(self, run: Run, dtype: type[np.floating[Any]] = np.float32, setting: Setting | None = None) -> None:
        self.run = run
        self.experiment = run.experiment
        self.step = 0
        self.position = Position()
        self.ending: Ending | None = None
        self.losses = LossHistory()
        self.readings = ReadingLog()
        self.last_loss: tuple[float, float] | None = None  # data loss and penalty of the last mini-batch
        self.last_rates: list[NDArray[np.float64]] = []  # learning rates of the steps planned by the last call
        self._edits_made = 0
        self._lock = Lock()
        self._dtype = np.dtype(dtype)
        self.setting = prepare(run.experiment, self._dtype) if setting is None else setting
        run.check_log(self.setting.inputs.width, self.setting.dataset.classes)
        self.program = self._compile()
        self.state = initial_state(self.program, self.setting.inputs, self.setting.probe)
        self._arenas = Arenas.of(self.program)
        alone = not any(entry.needs_batch for entry in self.program.entries)
        self._orders = Orders(self.setting.training, run.experiment.seeds.order, alone)
        self._recent, self._tally = self._fresh_rule(np.nan)
        self._previous = np.zeros(0, self._dtype)
        self._measured_step = -1
        self._meters = Meters(self.program, self.state, self.setting.inputs, self.setting.probe)
        with self._alone():
            self._apply_due_edits()
            self._read()

    # What the run is

    @property
    def facts(self) -> RunFacts:
        """What does not change while the run trains."""
        setting = self.setting
        loss, formula = self.experiment.loss.untrained(setting.dataset.classes)
        return RunFacts(
            dataset=setting.dataset,
            training=setting.training,
            validation=setting.validation,
            parameters=sum(item.size for item in self.program.placed),
            probe_examples=setting.probe.size,
            validation_examples=setting.read_validation.size,
            untrained_loss=loss,
            untrained_formula=formula,
            notes=setting.notes,
        )

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one epoch at the batch size in force."""
        return self._orders.steps(self.experiment.training.batch_size)

    @property
    def epoch(self) -> float:
        """Passes over the training set made, with fraction."""
        return self.position.epoch + self.position.offset / self.setting.training.size

    @property
    def memory(self) -> int:
        """Bytes of the large arrays of this run; the data are shared and not counted."""
        state, arenas = self.state, (self._arenas, self._meters.probe.arenas)
        own = (state.parameters, state.gradients, state.optimizer_state, self._recent)
        return sum(a.nbytes for a in own) + sum(a.activations.nbytes + a.deltas.nbytes for a in arenas)

    # Training

    def advance(
        self, steps: int, *, to_epoch_end: bool = False, beyond: bool = False, measure: bool = False
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Make at most `steps` steps; return the data losses and the penalties of the steps made, float64.

        Stops earlier at the end of the epoch (`to_epoch_end`), after the epochs asked for (unless `beyond`), and where
        the run diverges; then `ending` says why.

        Parameters
        ----------
        measure
            Keep what the next frame needs of the last update.
        """
        with self._alone():
            made: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
            self.last_rates = []
            left = steps
            while left > 0 and not (self.ending and self.ending.kind == "diverged"):
                if not self._may_go_on(beyond):
                    break
                part = self._segment(min(left, SEGMENT), to_epoch_end, beyond, measure)
                made.append(part)
                left -= part[0].size
                self._apply_due_edits()
                if to_epoch_end and self.position.offset == 0:
                    break
            if self.ending is None or self.ending.kind != "diverged":
                self._may_go_on(beyond)
            if not made:
                return NOTHING, NOTHING
            return np.concatenate([a for a, _ in made]), np.concatenate([b for _, b in made])

    def _may_go_on(self, beyond: bool) -> bool:
        epochs = self.experiment.training.epochs
        patience = self.experiment.training.patience
        self.ending = None
        if not beyond and epochs is not None and self.position.epoch >= epochs:
            self.ending = finished(self.position.epoch, self.step)
        elif not beyond and patience is not None:
            self.ending = out_of_patience(self.readings, patience)
        return self.ending is None

    def _segment(
        self, steps: int, to_epoch_end: bool, beyond: bool, measure: bool
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Run the machine up to the next edit that is due, for at most `steps` steps."""
        training = self.experiment.training
        pending = self.run.edits[self._edits_made :]
        if pending:
            steps = min(steps, pending[0].step - self.step)
        epochs = steps
        if to_epoch_end or training.patience is not None:
            epochs = 1  # early stopping judges at every epoch end
        elif training.epochs is not None and not beyond:
            epochs = training.epochs - self.position.epoch
        epochs = min(epochs, max(PLANNED // self.setting.training.size, 1))
        plan = self._orders.plan(self.position, steps, training.batch_size, epochs)
        count = len(plan.steps)
        losses, penalties = np.empty(count), np.empty(count)
        readings = np.empty((plan.epoch_ends, 4))
        # Whole passes and the rest apart, so that the sum is rounded alike in chunks of any length.
        passes, offsets = np.divmod(plan.steps[:, 0], self.setting.training.size)
        epochs_made = (self.position.epoch + passes) + offsets / self.setting.training.size
        rates = training.learning_rate * training.schedule.factors(epochs_made)
        rule = training.divergence
        inputs = self.setting.inputs
        self._previous = np.empty(self.state.parameters.size if measure else 0, self._dtype)
        control = flush_denormals()
        try:
            made, reason = loop.train(
                self.program.forward,
                self.program.backward,
                self.program.after,
                self.program.penalties,
                self.program.layout,
                arrays_of(self.program, self.state, self._arenas),
                self.state.optimizer_state,
                inputs.pixels,
                inputs.numbers,
                inputs.shift,
                inputs.scale,
                inputs.labels,
                plan.order,
                plan.steps,
                rates.astype(self._dtype),
                self.experiment.seeds.order,
                self.step,
                losses,
                penalties,
                self._previous,
                np.array([rule.enabled, rule.factor, rule.judged == "epoch"], float),
                self._recent,
                self._tally,
                self.setting.read_training,
                self.setting.read_validation,
                PIECE,
                readings,
            )
        finally:
            restore_control(control)
        self.last_rates.append(rates)
        return self._take_in(plan, made, reason, losses, penalties, readings)

    def _take_in(
        self,
        plan: Any,
        made: int,
        reason: int,
        losses: NDArray[np.float64],
        penalties: NDArray[np.float64],
        readings: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Note what the machine did. A step whose loss is no number is remembered, though it made no update."""
        ends = np.flatnonzero(plan.steps[:made, 2])
        # A run that stops after the update of an epoch's last step stops before that epoch's reading.
        cut = reason in (loop.BAD_PARAMETER, loop.EXPLODED) and ends.size and ends[-1] == made - 1
        full = ends[:-1] if cut else ends
        for number, at in enumerate(full):
            self.readings.append(self.step + int(at) + 1, float(self.position.epoch + number + 1), readings[number])
        seen = made + (reason == loop.BAD_LOSS)
        losses, penalties = losses[:seen], penalties[:seen]
        self.losses.append(losses + penalties)
        if seen:
            self.last_loss = float(losses[-1]), float(penalties[-1])
        self.position = self._orders.advance(self.position, plan, made)
        self.step += made
        self._measured_step = self.step if self._previous.size and made == len(plan.steps) else -1
        if reason != loop.GOING:
            rule = self.experiment.training.divergence
            total = float(losses[-1] + penalties[-1])
            rate = self.experiment.training.learning_rate
            self.ending = diverged(
                reason,
                self.step + (reason == loop.BAD_LOSS),
                rate,
                total,
                rule.factor,
                float(self._tally[loop.FIRST_LOSS]),
            )
        return losses, penalties

    # Edits

    def edit(self, patch: dict[str, Any]) -> None:
        """Make a live edit now and log it with the present step; raise `ExperimentError` if it is not live or wrong."""
        with self._alone():
            experiment = live_change(self.experiment, patch)
            kept = self.run.edits[: self._edits_made]
            self.run = Run(self.run.experiment, kept).with_edit(self.step, patch)
            self._edits_made += 1
            self._put_in_force(experiment)

    def _apply_due_edits(self) -> None:
        while self._edits_made < len(self.run.edits) and self.run.edits[self._edits_made].step <= self.step:
            experiment = apply(self.experiment, self.run.edits[self._edits_made].patch)
            self._edits_made += 1
            self._put_in_force(experiment)

    def _put_in_force(self, experiment: Experiment) -> None:
        before = self.experiment.training
        self.experiment = experiment
        after = experiment.training
        rooms = self.program.capacity, self.program.workspace_size
        self.program = self._compile()
        if (self.program.capacity, self.program.workspace_size) != rooms:
            self._arenas = Arenas.of(self.program)
        if after.optimizer.kind != before.optimizer.kind:
            self.state.optimizer_state = np.zeros(self.program.optimizer_size, self._dtype)
        if after.batch_size != before.batch_size:
            self._recent, self._tally = self._fresh_rule(float(self._tally[loop.FIRST_LOSS]))
        self._meters.follow(self.program, self.state)

    def _compile(self) -> Program:
        dataset, batch = self.setting.dataset, self.experiment.training.batch_size
        largest = min(batch, self.setting.training.size) + 1
        capacity = max(largest, PIECE, min(LARGEST_SAMPLE, self.setting.training.size))
        width = self.setting.inputs.width
        return compile_program(self.experiment, (width,), dataset.classes, capacity, self._dtype.type)

    def _fresh_rule(self, first_loss: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        tally = np.zeros(loop.TALLY)
        tally[loop.FIRST_LOSS] = first_loss
        return np.zeros(max(self.steps_per_epoch, WINDOW)), tally

    # Measuring

    def evaluate(self, sample: NDArray[np.int64]) -> tuple[float, float]:
        """Return (mean data loss, share right) of the examples `sample`, in evaluation mode."""
        with self._alone():
            return self._evaluate(sample)

    def penalty(self) -> float:
        """Return the penalty of the present weights."""
        training = self.experiment.training
        weights = [self.state.parameters[p.span] for p in self.program.placed if p.block.role == "weight"]
        squares = sum(float(np.sum(np.square(w, dtype=np.float64))) for w in weights)
        sizes = sum(float(np.sum(np.abs(w), dtype=np.float64)) for w in weights)
        return 0.5 * training.l2 * squares + training.l1 * sizes

    def read(self) -> None:
        """Read the accuracies now, unless the newest reading is of this step."""
        with self._alone():
            last = self.readings.last
            if last is None or last[0] != self.step:
                self._read()

    def _read(self) -> None:
        training = self._evaluate(self.setting.read_training)
        validation = self._evaluate(self.setting.read_validation)
        values = np.array([training[1], validation[1], training[0], validation[0]])
        self.readings.append(self.step, self.epoch, values)

    def _evaluate(self, sample: NDArray[np.int64]) -> tuple[float, float]:
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
                self.step,
            )
        finally:
            restore_control(control)
        return float(loss), float(right)

    @property
    def probe(self) -> Probe:
        """The network on the frame's examples, in arenas of its own: for the makers of parts."""
        return self._meters.probe

    def frame(self, parts: Collection[str] = ()) -> Frame:
        """Return the frame of the present step, with the optional `parts` of these names."""
        with self._alone():
            data_loss, penalty = self.last_loss or (None, None)
            layers = self._meters.layers(self._ratios())
            return Frame(
                step=self.step,
                epoch=self.epoch,
                loss=None if data_loss is None or penalty is None else data_loss + penalty,
                data_loss=data_loss,
                penalty=penalty,
                layers=layers,
                parts=MappingProxyType({name: makers()[name](self) for name in sorted(parts)}),
            )

    def _ratios(self) -> dict[int, float | None]:
        """Return |dW| / |W| of the last update, by weighted operation."""
        found: dict[int, float | None] = {}
        measured = self._measured_step == self.step
        for item in self.program.placed:
            if item.block.role != "weight":
                continue
            before = self._previous[item.span] if measured else self._previous[:0]
            size = float(np.linalg.norm(before.astype(np.float64)))
            change = self.state.parameters[item.span].astype(np.float64)[: before.size] - before
            found[item.operation] = float(np.linalg.norm(change)) / size if size > 0 else None
        return found

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the arenas: shared ones would give finite wrong numbers with no error."""
        if not self._lock.acquire(blocking=False):
            raise BusyError("this trainer is in use by another thread")
        try:
            yield
        finally:
            self._lock.release()
