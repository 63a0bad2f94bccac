"""One run: steps, live edits, readings, frames. No thread: everything can be tested through it."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import BusyError
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import live_change
from simulator.experiment.run import Edit, Run, WeightEdit
from simulator.machine import loop
from simulator.machine.probe import Probe
from simulator.machine.program import Program
from simulator.machine.state import State
from simulator.training.frames.picture import RunFacts
from simulator.training.run.by_hand import repeat, set_by_hand
from simulator.training.run.endings import Ending, diverged, end_of
from simulator.training.run.history import ReadingLog
from simulator.training.run.losses import LossLog
from simulator.training.run.meters import Meters
from simulator.training.run.network import UNDISTURBED, Made, Network
from simulator.training.run.orders import Orders, Plan, Position
from simulator.training.run.rule import RuleMemory
from simulator.training.run.segment import next_segment
from simulator.training.run.setting import Setting, prepare
from simulator.training.run.snapshot import Snapshot, Weights

NOTHING = np.zeros(0)


class Trainer:
    """Trains one run on one thread at a time; a second caller meanwhile gets `BusyError`.

    The edits already in the log of `run` take effect at their steps, so a run replays itself.

    Parameters
    ----------
    setting
        Of another run on the same data: it is shared. None: the data are prepared.
    start
        A moment of this very run to begin at, instead of step 0; see `restore`.

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
    last_loss
        Data loss and penalty of the last mini-batch.
    orders
        Which examples every step looks at.
    network
        What it trains, on the machine.
    last_rates
        Learning rates of the steps planned by the last call.
    edits_made
        How many edits of the log have taken effect.
    strays
        By the number of an entry that sets a weight: what it found, where that is not what it notes. Another run then.
    digest
        The hash of the data, while the run rests without them; else None.
    """

    def __init__(
        self,
        run: Run,
        dtype: type[np.floating[Any]] = np.float32,
        setting: Setting | None = None,
        start: Snapshot | None = None,
    ) -> None:
        self.run = run
        self.experiment = run.experiment
        self.step, self.position = 0, Position()
        self.ending: Ending | None = None
        self.losses = LossLog()
        self.readings = ReadingLog()
        self.last_loss: tuple[float, float] | None = None
        self.last_rates: list[NDArray[np.float64]] = []
        self.edits_made = 0
        self.strays: dict[int, float] = {}
        self._lock = Lock()
        self.digest: bytes | None = None
        self.setting = prepare(run.experiment, np.dtype(dtype)) if setting is None else setting
        if start is None:
            run.check_log(self.setting.inputs.width, self.setting.dataset.classes)
        self.network = Network(run.experiment, self.setting, np.dtype(dtype), blank=start is not None)
        alone = not any(entry.needs_batch for entry in self.program.entries)
        self.orders = Orders(self.setting.training, run.experiment.seeds.order, alone)
        self._rule = RuleMemory.fresh(self.steps_per_epoch)
        if start is not None:
            self.restore(start)
            return
        with self.alone():
            self._apply_due_edits()
            self.readings.append(self.step, self.epoch, self.network.read(self.step))

    # What the run is

    @property
    def program(self) -> Program:
        """The network as the machine runs it."""
        return self.network.program

    @property
    def state(self) -> State:
        """What training changes."""
        return self.network.state

    @property
    def meters(self) -> Meters:
        """What frames are measured with."""
        return self.network.meters

    @property
    def probe(self) -> Probe:
        """The network on the frame's examples, in arenas of its own: for the makers of parts."""
        return self.network.meters.probe

    @property
    def facts(self) -> RunFacts:
        """What does not change while the run trains."""
        return self.setting.facts(self.experiment, sum(item.size for item in self.program.placed))

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one epoch at the batch size in force."""
        return self.orders.steps(self.experiment.training.batch_size)

    @property
    def epoch(self) -> float:
        """Passes over the training set made, with fraction."""
        return self.position.epoch + self.position.offset / self.orders.examples.size

    @property
    def examples(self) -> int:
        """Examples seen, in all epochs."""
        return self.orders.seen(self.position)

    @property
    def moment(self) -> tuple[int, int, int]:
        """Updates and edits made, and weights set by hand: as long as these stay, so does the network."""
        return self.step, self.edits_made, self.network.touched

    def steps_within(self, examples: int) -> int:
        """Return how many further steps at the batch size in force end with at most `examples` examples seen."""
        left = examples - self.examples
        return self.orders.within(self.position, left, self.experiment.training.batch_size) if left > 0 else 0

    @property
    def memory(self) -> int:
        """Bytes of the large arrays of this run; the data may be shared and are not counted."""
        return self.network.memory + self.orders.examples.nbytes

    def rest(self) -> None:
        """Give the room for passes and the data back; `digest` is what is left of them until `wake`."""
        if self.digest is None:
            with self.alone():
                self.digest = self.setting.dataset.digest
                self.setting = self.setting.without_data()
                self.network.rest()

    def wake(self, setting: Setting) -> None:
        """Go on with the data of `setting`, which are those that were given back."""
        with self.alone():
            self.digest, self.setting = None, setting
            self.network.wake(setting)

    # Training

    def advance(
        self,
        steps: int,
        *,
        until: int | None = None,
        to_epoch_end: bool = False,
        beyond: bool = False,
        measure: bool = False,
        attention: NDArray[np.int64] = UNDISTURBED,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Make at most `steps` steps; return the data losses and the penalties of the steps made, float64.

        Stops earlier at the end of the epoch (`to_epoch_end`), after the epochs asked for (unless `beyond`), and where
        the run diverges; then `ending` says why.

        Parameters
        ----------
        until
            Make no step that ends with more examples seen than these.
        measure
            Keep what the next frame needs of the last update.
        attention
            See `machine.loop.train`.
        """
        with self.alone():
            made: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = [(NOTHING, NOTHING)]
            self.last_rates, left = [], steps
            while left > 0 and self._may_go_on(beyond):
                most = self._most(left, until)
                if most == 0:
                    break
                training = self.experiment.training
                segment = next_segment(self.orders, self.position, training, most, to_epoch_end, beyond)
                self._know_initial_loss()
                done = self.network.run(segment, self.step, self._rule, measure, attention)
                self.last_rates.append(segment.rates)
                self._take_in(segment.plan, done)
                made.append((done.losses, done.penalties))
                left -= done.losses.size
                self._apply_due_edits()
                if (to_epoch_end and self.position.offset == 0) or attention[0]:
                    break
            self._may_go_on(beyond)
            return np.concatenate([a for a, _ in made]), np.concatenate([b for _, b in made])

    def _know_initial_loss(self) -> None:
        """Measure what the divergence rule is held against, the first time that it is in force."""
        if self.experiment.training.divergence.enabled and math.isnan(self._rule.initial_loss):
            untrained = self if self.step == 0 else Trainer(self.run, self.network.dtype.type, self.setting)
            loss = untrained.network.evaluate(self.setting.training, 0)[0] + untrained.network.penalty()
            self._rule.hold_against(loss)

    def _may_go_on(self, beyond: bool) -> bool:
        if self.ending is not None and self.ending.kind == "diverged":
            return False
        training = self.experiment.training
        self.ending = None if beyond else end_of(training, self.position.epoch, self.step, self.readings)
        return self.ending is None

    def _most(self, steps: int, until: int | None) -> int:
        """Return how many steps may be made at once: up to the next edit that is due, and within `until` examples."""
        if self.edits_made < len(self.run.edits):
            steps = min(steps, self.run.edits[self.edits_made].step - self.step)
        return steps if until is None else min(steps, self.steps_within(until))

    def _take_in(self, plan: Plan, made: Made) -> None:
        """Note what the machine did. A step whose loss is no number is remembered, though it made no update."""
        for number, (at, values) in enumerate(made.read_at(plan), start=1):
            self.readings.append(self.step + at, float(self.position.epoch + number), values)
        self.losses.append(made.losses, made.penalties)
        if made.losses.size:
            self.last_loss = float(made.losses[-1]), float(made.penalties[-1])
        self.position = self.orders.advance(self.position, plan, made.steps)
        self.step += made.steps
        if made.reason != loop.GOING:
            at, loss = self.step + (made.reason == loop.BAD_LOSS), float(made.losses[-1] + made.penalties[-1])
            self.ending = diverged(made.reason, at, self.experiment.training, loss, self._rule)

    # Edits

    def edit(self, patch: dict[str, Any], *, joined: bool = False) -> None:
        """Make a live edit now and log it; raise `ExperimentError` if it is not live or wrong. `joined`: see `Edit`."""
        with self.alone():
            experiment = live_change(self.experiment, patch)
            self.run = self.run.first(self.edits_made).with_edit(self.step, patch, joined=joined)
            self.edits_made += 1
            self._put_in_force(experiment)

    def set_weight(self, block: str, index: tuple[int, ...], value: float) -> None:
        """Set one parameter by hand now, and log it with the present step; see `set_by_hand`."""
        with self.alone():
            self.run = set_by_hand(self.run.first(self.edits_made), self.network, self.step, block, index, value)
            self.edits_made = len(self.run.edits)
            self.readings.correct(self.step, self.network.read)

    def _apply_due_edits(self) -> None:
        while self.edits_made < len(self.run.edits) and self.run.edits[self.edits_made].step <= self.step:
            edit = self.run.edits[self.edits_made]
            if isinstance(edit, WeightEdit):
                self.strays |= repeat(self.network, self.edits_made, edit)
                self.readings.correct(self.step, self.network.read)
            self.edits_made += 1
            if isinstance(edit, Edit):
                self._put_in_force(self.run.after(self.edits_made))

    def _put_in_force(self, experiment: Experiment) -> None:
        before, self.experiment = self.experiment, experiment
        self.network.adopt(experiment)
        if experiment.training.batch_size != before.training.batch_size:
            self._rule = RuleMemory.fresh(self.steps_per_epoch, self._rule.initial_loss)

    # Going back

    def snapshot(self) -> Snapshot:
        """Return everything that the next step depends on, copied."""
        with self.alone():
            return Snapshot(
                step=self.step,
                position=self.position,
                edits_made=self.edits_made,
                experiment=self.experiment,
                weights=Weights.of(self.state),
                rule=self._rule.copy(),
                last_loss=self.last_loss,
                readings=self.readings.memory,
                ending=self.ending,
            )

    def restore(self, snapshot: Snapshot) -> None:
        """Go to a moment of this run: the steps after it will be, bit by bit, those that followed it.

        Losses and readings are remembered from that moment on.
        """
        with self.alone():
            if snapshot.experiment != self.experiment:
                self._put_in_force(snapshot.experiment)
            self.edits_made = snapshot.edits_made
            self.step, self.position = snapshot.step, snapshot.position
            snapshot.weights.put_into(self.state)
            self.network.forget_update()
            self._rule = snapshot.rule.copy()
            self.last_loss, self.ending = snapshot.last_loss, snapshot.ending
            self.losses, self.readings = LossLog(snapshot.step), ReadingLog(snapshot.readings)
            self._apply_due_edits()

    # Measuring

    def evaluate(self, sample: NDArray[np.int64]) -> tuple[float, float]:
        """Return (mean data loss, share right) of the examples `sample`, in evaluation mode."""
        with self.alone():
            return self.network.evaluate(sample, self.step)

    def read(self) -> None:
        """Read the accuracies now, unless the newest reading is of this step."""
        with self.alone():
            if self.readings.last is None or self.readings.last[0] != self.step:
                self.readings.append(self.step, self.epoch, self.network.read(self.step))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the arenas: shared ones would give finite wrong numbers with no error."""
        if not self._lock.acquire(blocking=False):
            raise BusyError("this trainer is in use by another thread")
        try:
            yield
        finally:
            self._lock.release()
