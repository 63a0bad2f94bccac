"""One run and its past: what was recorded of it, and the way back to every step."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.fork import forked
from simulator.experiment.patch import Patch
from simulator.experiment.run import Run
from simulator.training.frames.curves import Track
from simulator.training.frames.frame import Frame, Part
from simulator.training.frames.picture import Mark
from simulator.training.measuring.framing import Costs, frame_of
from simulator.training.past.chronicle import Chronicle
from simulator.training.past.frame_log import FrameLog
from simulator.training.past.replay import Past
from simulator.training.past.snapshot_log import SnapshotLog
from simulator.training.run.network import UNDISTURBED
from simulator.training.run.snapshot import Snapshot
from simulator.training.run.trainer import Trainer

BUDGET = 256_000_000
"""Bytes that the past of all runs may take together: snapshots, frames, losses."""
SNAPSHOTS_SHARE = 0.75  # of what losses and readings leave of it; frames get the rest

CHUNK = 0.005  # seconds of one call, about, while a run is trained again
GROWTH = 100_000  # bytes of losses and readings that are counted before they are there


class Timeline:
    """Wraps a trainer: what is done through the timeline is recorded.

    Attributes
    ----------
    trainer
        The run itself, at its newest step.
    chronicle
        Its edits, forks and end.
    """

    def __init__(self, trainer: Trainer, allowance: int = BUDGET, source: "Timeline | None" = None) -> None:
        """With a `source`, the run is a fork of it: it has that past up to the step of `trainer`."""
        self.trainer = trainer
        self._allowance = allowance
        self._snapshots, self._frames = SnapshotLog(allowance), FrameLog(allowance)
        self._costs = Costs()
        self._edited = False  # since the newest frame
        if source is None:
            self.chronicle = Chronicle(trainer)
        else:
            self.chronicle = source.chronicle.forked(trainer)
            source._snapshots.share_with(self._snapshots, trainer.step)
            source._frames.share_with(self._frames, trainer.step)
            trainer.meters.take_ranges(self._frames.at(trainer.step))
            self._edited = True
        self.allow(allowance)
        if source is None:
            self.frame()

    # What is known of the past

    @property
    def run(self) -> Run:
        """The starting experiment and the edit log."""
        return self.trainer.run

    @property
    def step(self) -> int:
        """Updates made."""
        return self.trainer.step

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Edits, forks and a divergence, in the order of their steps."""
        return self.chronicle.marks

    @property
    def track(self) -> Track:
        """The meters of all recorded frames."""
        return self._frames.track

    @property
    def part_seconds(self) -> Mapping[str, float]:
        """What a "frame", and each part by its name, costs: a smoothed measurement."""
        return self._costs.seconds

    def frame_at(self, step: int) -> Frame:
        """Return the newest recorded frame up to `step`."""
        return self._frames.at(step)

    def has_frame(self, step: int, parts: Collection[Part] = ()) -> bool:
        """Tell whether the frame of that very step is recorded, with these parts."""
        return self._frames.has(step, parts)

    def is_current(self, frame: Frame, parts: Collection[Part]) -> bool:
        """Tell whether `frame` shows the present, with these parts."""
        return frame.step == self.trainer.step and not self._edited and frame.parts.keys() >= set(parts)

    # Going on

    def advance(
        self,
        steps: int,
        *,
        until: int | None = None,
        beyond: bool = False,
        attention: NDArray[np.int64] = UNDISTURBED,
    ) -> int:
        """Train as `Trainer.advance` does, taking snapshots on the way; return the updates made."""
        trainer, first = self.trainer, self.trainer.step
        while True:
            before, began = trainer.step, time.perf_counter()
            most = min(first + steps - before, self._snapshots.left(before))
            trainer.advance(most, until=until, beyond=beyond, measure=True, attention=attention)
            made = trainer.step - before
            if made:
                self._snapshots.trained(made, time.perf_counter() - began)
                self._edited = False
            if trainer.ending is None and self._snapshots.due(trainer.step):
                self._take_snapshot()
            if made < most or trainer.step == first + steps or trainer.ending is not None or attention[0]:
                break
        self.chronicle.follow()
        if self._always > self._counted:
            self.allow(self._allowance)
        return trainer.step - first

    def work_until(self, step: int, seconds: float) -> None:
        """Train on to `step`, or for about so long; the epochs asked for are no end."""
        end = time.perf_counter() + seconds
        while self.step < step:
            cost = self._snapshots.step_seconds
            chunk = max(int(CHUNK / cost), 1) if cost else 1
            if self.advance(min(chunk, step - self.step), beyond=True) == 0:
                raise RuntimeError(f"the run came to step {self.step}, and not to {step}")
            if time.perf_counter() >= end:
                break

    def _take_snapshot(self) -> None:
        began = time.perf_counter()
        snapshot = self.trainer.snapshot()
        self._snapshots.add(snapshot, time.perf_counter() - began)

    def edit(self, patch: Patch, *, joined: bool = False) -> None:
        """Make a live edit now; raise `ExperimentError` if it is not live or wrong. `joined`: see `Edit`."""
        self.trainer.edit(dict(patch), joined=joined)
        self.chronicle.follow()
        self._edited = True

    def set_weight(self, block: str, index: tuple[int, ...], value: float) -> None:
        """Set one parameter by hand now; raise `ExperimentError` if it may not be."""
        before = self.run.first(self.trainer.edits_made)
        self.trainer.set_weight(block, index, value)
        # what was kept of this very step counts entries that may be others now
        self._snapshots.forget_from(self.trainer.step)
        self.chronicle.follow_weight(before)
        self._edited = True

    def frame(self, parts: Collection[Part] = ()) -> Frame:
        """Return the frame of the present step with these parts, and record it."""
        step = self.trainer.step
        if self._frames.has(step, parts) and not self._edited:
            return self._frames.at(step)
        frame = frame_of(self.trainer, parts, self._costs)
        if self._frames.has(step, ()):  # made before: the size of the last update is known from then
            frame = _with_ratios_of(frame, self._frames.at(step))
        self._frames.record(frame)
        self._edited = False
        return frame

    # Going back

    def past(self) -> Past:
        """Return what can be gone back to; it does not change, so any thread may use it."""
        trainer = self.trainer
        dtype = trainer.program.dtype
        return Past(trainer.run, trainer.setting, dtype, tuple(self._snapshots), trainer.step)

    def restored(
        self,
        step: int,
        progress: Callable[[float], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Trainer | None:
        """Return a trainer of its own in the exact state after `step` updates; see `Past.restored`."""
        return self.past().restored(step, progress, stop)

    def exact_frame(
        self,
        step: int,
        parts: Collection[Part] = (),
        progress: Callable[[float], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Frame | None:
        """Return the frame of exactly that step, recorded or rebuilt; None where `stop` said so on the way."""
        if not self._frames.has(step, parts):
            trainer = self.restored(step, progress, stop)
            if trainer is None:
                return None
            self.record_rebuilt(trainer, parts)
        return self._frames.at(step)

    def record_rebuilt(self, trainer: Trainer, parts: Collection[Part] = ()) -> None:
        """Record the frame of a past step that `trainer` was brought back to."""
        trainer.meters.take_ranges(self._frames.at(trainer.step))
        self._frames.record(frame_of(trainer, parts, self._costs))

    # Forks

    def check_fork(self, step: int, patch: Patch) -> None:
        """Raise `ExperimentError` if `patch` is wrong, or may not fork the run at that step."""
        setting = self.trainer.setting
        forked(self.trainer.run.at(step), patch, setting.inputs.width, setting.dataset.classes)

    def fork(self, patch: Patch, at: Snapshot, allowance: int = BUDGET) -> "Timeline":
        """Return a run of the same past up to `at`, and with `patch` in force from there on.

        Raise `ExperimentError` if the patch is wrong or may not fork. Later edits of the log are left out.
        """
        run, setting, step = self.trainer.run, self.trainer.setting, at.step
        self.check_fork(step, patch)
        begun = run.upto(step)
        if patch:
            begun = begun.with_edit(step, dict(patch))
        losses = self.trainer.losses.upto(step)
        data, penalties = losses.newest(1)
        last = (float(data[0]), float(penalties[0])) if data.size else at.last_loss
        start = replace(at, ending=None, last_loss=last)
        trainer = Trainer(begun, self.trainer.program.dtype.type, setting, start)
        trainer.strays = {at: found for at, found in self.trainer.strays.items() if at < trainer.edits_made}
        trainer.losses, trainer.readings = losses, self.trainer.readings.upto(step, at.readings)
        return Timeline(trainer, allowance, self)

    # Memory

    @property
    def nbytes(self) -> int:
        """Bytes of snapshots, frames, losses and readings; those shared with other runs are counted in full."""
        return self._snapshots.nbytes + self._frames.nbytes + self._always

    @property
    def _always(self) -> int:
        return self.trainer.losses.nbytes + self.trainer.readings.nbytes

    def allow(self, allowance: int) -> None:
        """Give the past so many bytes from now on, and thin what is too much."""
        self._allowance = allowance
        self._counted = self._always + GROWTH
        left = max(allowance - self._counted, 0)
        self._snapshots.allowance = int(SNAPSHOTS_SHARE * left)
        self._frames.allowance = left - self._snapshots.allowance
        self._snapshots.thin()
        self._frames.thin()


def _with_ratios_of(frame: Frame, earlier: Frame) -> Frame:
    layers = tuple(
        replace(new, update_ratio=old.update_ratio) if new.update_ratio is None else new
        for new, old in zip(frame.layers, earlier.layers, strict=True)
    )
    return replace(frame, layers=layers)
