"""Since when a unit has been silent on the probe batch (slide B7): a search over snapshots, then step by step."""

from collections.abc import Iterator

from simulator.analysis.clock import Progress, Stop
from simulator.machine.probe import Probe
from simulator.training.frames.units import Silence
from simulator.training.past.replay import Past
from simulator.training.run.snapshot import Snapshot
from simulator.training.run.trainer import Trainer


class Watch:
    """Looks at one unit of a network that trains; the examples are put in once and stay."""

    def __init__(self, trainer: Trainer, layer: int, unit: int) -> None:
        self._trainer = trainer
        self._layer = layer
        self._unit = unit
        self.look_anew()

    def look_anew(self) -> None:
        """Follow the trainer to another state or program."""
        program = self._trainer.program
        self._operation = program.groups[self._layer - 1].activation
        self._probe = Probe(program, self._trainer.state)
        self._probe.load(self._trainer.setting.inputs, self._trainer.setting.probe)

    def is_alive(self) -> bool:
        """Tell whether output or local derivative of the unit is other than 0 for any example.

        Without an activation the derivative is 1: such a unit is always alive.
        """
        if self._probe.program is not self._trainer.program:
            self.look_anew()
        probe = self._probe
        if self._operation is None:
            return True
        probe.run(0, self._operation + 1)
        if probe.output(self._operation)[:, self._unit].any():
            return True
        return bool(probe.local_derivative(self._operation)[:, self._unit].any())


def silent_since(
    past: Past,
    layer: int,
    unit: int,
    step: int | None = None,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Silence | None:
    """Find the first step from which a unit stayed silent; None where `stop` ended the search.

    Only the last step at which it was alive decides, and between two snapshots a unit may come alive and fall silent
    again. So the run is replayed from the newest snapshot backwards, stretch by stretch, and every step of a stretch is
    looked at, until one has a step at which the unit was alive. The snapshots alone are looked at first: the newest
    one that finds the unit alive bounds the work.

    Parameters
    ----------
    layer, unit
        Index in `Frame.layers` (1 is the first card), and in the layer.
    step
        Where the search begins; None is the newest step.
    """
    step = past.newest if step is None else step
    snapshots: list[Snapshot | None] = [each for each in past.snapshots if each.step <= step]
    if not snapshots or _step_of(snapshots[0]) > 0:
        snapshots.insert(0, None)  # the start can always be drawn anew
    oldest = 0
    for index in reversed(range(len(snapshots))):
        if stop is not None and stop():
            return None
        if Watch(_at(past, snapshots[index]), layer, unit).is_alive():
            oldest = index
            break
    ends = [*(_step_of(snapshot) for snapshot in snapshots[1:]), step + 1]
    whole = step + 1 - _step_of(snapshots[oldest])
    looked = 0
    for index in reversed(range(oldest, len(snapshots))):
        trainer, alive = _at(past, snapshots[index]), None
        watch = Watch(trainer, layer, unit)
        for at in _steps(trainer, ends[index]):
            if stop is not None and stop():
                return None
            if watch.is_alive():
                alive = at
            looked += 1
            if progress is not None:
                progress(looked / whole)
        if alive is not None:
            return Silence(layer, unit, step, alive + 1 if alive < step else None, ever_alive=True)
    return Silence(layer, unit, step, 0, ever_alive=False)


def _step_of(snapshot: Snapshot | None) -> int:
    return 0 if snapshot is None else snapshot.step


def _at(past: Past, snapshot: Snapshot | None) -> Trainer:
    """Return a trainer of its own in the state of a snapshot, or at the start; the data are shared."""
    return Trainer(past.run, past.dtype.type, past.setting, snapshot)


def _steps(trainer: Trainer, end: int) -> Iterator[int]:
    """Yield the present step and, after one update each, all steps before `end`."""
    while True:
        yield trainer.step
        if trainer.step + 1 >= end or not trainer.advance(1, beyond=True)[0].size:
            return
