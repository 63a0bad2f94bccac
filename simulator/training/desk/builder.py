"""Brings runs to the shelf and to the display: builds them, forks them, arranges them as lanes."""

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterator

from simulator.errors import ExperimentError, ObukaError
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import Patch, apply
from simulator.experiment.run import Run
from simulator.message import N_, Message
from simulator.training.desk import commands as c
from simulator.training.desk import events as e
from simulator.training.desk.lane import Lane
from simulator.training.desk.lanes import Lanes
from simulator.training.desk.shelf import Shelf
from simulator.training.desk.stage import Stage
from simulator.training.desk.supply import Supply
from simulator.training.desk.warm_up import ready
from simulator.training.frames.picture import Rebuilding
from simulator.training.past.chronicle import Chronicle
from simulator.training.past.replay import SLICE
from simulator.training.past.timeline import Timeline
from simulator.training.run.setting import same_data
from simulator.training.run.snapshot import Snapshot
from simulator.training.run.trainer import Trainer

_log = logging.getLogger(__name__)
FAULT = N_("Something in the simulator failed. Your experiment is safe; the details are in the log.")
TOO_LARGE = N_("This network and mini-batch need more memory than there is; make one of them smaller.")
UNKNOWN = N_("This run is no longer kept.")
CHANGED = N_("The files of this run have changed since it was trained, so it cannot be left at one of its steps.")
BETWEEN_FRAMES = 10  # slices, while a run is trained again


class Builder:
    """Carries out Load, Fork, Arrange and Forget, the long ones in slices.

    Parameters
    ----------
    arrive
        Called when other runs come on display.
    """

    def __init__(self, stage: Stage, arrive: Callable[[], None]) -> None:
        self._stage = stage
        self._arrive = arrive
        self._shelf = Shelf()
        self._supply = Supply()
        self._jobs: deque[tuple[int, Iterator[None]]] = deque()

    @property
    def busy(self) -> bool:
        """Whether something is being built."""
        return bool(self._jobs)

    def carry_out(self, command: c.Load | c.Fork | c.Arrange | c.Forget) -> None:
        """Begin to carry out a command; what takes no time is done at once."""
        match command:
            case c.Load(run_id, run):
                self._begin(run_id, self._load(run_id, run))
            case c.Fork(run_id):
                self._begin(run_id, self._fork(command))
            case c.Arrange(_, selected):
                self._begin(selected, self._arrange(command))
            case c.Forget(run_id):
                self._forget(run_id)

    def _begin(self, run_id: int, job: Iterator[None]) -> None:
        self._jobs.append((run_id, self._guarded(run_id, job)))
        if len(self._jobs) == 1:
            self.work()

    def work(self) -> None:
        """Go on for a moment with the first of what is to be done."""
        if self._jobs and next(self._jobs[0][1], self) is self:
            self._jobs.popleft()

    def cancel(self) -> None:
        """Give up all that is being built."""
        self._jobs.clear()

    def _guarded(self, run_id: int, job: Iterator[None]) -> Iterator[None]:
        """Turn whatever goes wrong into a sentence; what is on display stays."""
        try:
            yield from job
        except ObukaError as error:
            self._stage.tell(e.Rejected(run_id, error.message))
        except MemoryError:
            self._stage.tell(e.Rejected(run_id, Message(TOO_LARGE)))
        except Exception:  # noqa: BLE001
            _log.exception("a run could not be built")
            self._stage.tell(e.Rejected(run_id, Message(FAULT)))

    # Load, Arrange, Forget

    def _load(self, run_id: int, run: Run) -> Iterator[None]:
        for done, total in ready(run.experiment):
            self._stage.tell(e.Preparing(done, total))
            yield
        timeline = Timeline(Trainer(run, setting=self._supply.setting(run.experiment)))
        self._shelf.put(run_id, timeline)
        lanes = self._stage.lanes
        if lanes is None:
            self._put_up((Lane(run_id, timeline),), run_id)
            return
        stays = tuple(lane for lane in lanes if lane.run_id != run_id or lane is lanes.selected)
        self._put_up(
            tuple(Lane(run_id, timeline) if lane is lanes.selected else _again(lane) for lane in stays), run_id
        )

    def _arrange(self, command: c.Arrange) -> Iterator[None]:
        lanes, anew = [], []
        for run_id in command.lanes:
            timeline, begun_again = yield from self._present(run_id)
            anew += [run_id] * begun_again
            lanes.append(Lane(run_id, timeline, run_id in command.still))
        self._put_up(tuple(lanes), command.selected, tuple(anew))

    def _put_up(self, lanes: tuple[Lane, ...], selected: int, anew: tuple[int, ...] = ()) -> None:
        self._arrive()
        shown = self._stage.lanes = Lanes(lanes, selected)
        self._shelf.settle(shown.ids)
        trainer = shown.selected.timeline.trainer
        loaded = e.Loaded(selected, trainer.run, trainer.experiment, trainer.step, trainer.facts, shown.ids, anew)
        self._stage.tell(loaded)
        self._stage.publish(fresh=True)

    def _forget(self, run_id: int) -> None:
        if self._stage.lanes is None or run_id not in self._stage.lanes.ids:
            left = deque(job for job in self._jobs if job[0] != run_id)
            if len(left) < len(self._jobs):
                self._jobs = left
                self._tell_progress(None)
            self._shelf.drop(run_id)

    def _present(self, run_id: int) -> Generator[None, None, tuple[Timeline, bool]]:
        """Return the timeline of a kept run, with its data; one that had to give up its memory is trained again.

        Where the data are not those of before, the run begins anew, and True is returned with it.
        """
        kept = self._shelf.get(run_id)
        if kept is None:
            raise ExperimentError(Message(UNKNOWN))
        digest = kept.trainer.digest if isinstance(kept, Timeline) else kept.digest
        if isinstance(kept, Timeline) and digest is None:
            return kept, False
        setting = self._supply.setting(kept.run.experiment)
        if setting.dataset.digest != digest:
            timeline = Timeline(Trainer(kept.run, setting=setting))
            self._shelf.put(run_id, timeline)
            return timeline, True
        if isinstance(kept, Timeline):
            kept.trainer.wake(setting)
            return kept, False
        timeline = Timeline(Trainer(kept.run, setting=setting))
        timeline.chronicle = Chronicle(timeline.trainer, kept.forks, kept.plain_forks)
        slices = 0
        while timeline.step < kept.step:
            timeline.work_until(kept.step, SLICE)
            slices += 1
            if slices % BETWEEN_FRAMES == 0:
                timeline.frame()
            self._tell_progress(Rebuilding(kept.step, timeline.step / kept.step, None))
            yield
        if kept.diverged and timeline.trainer.ending is None:  # at a step whose loss was no number
            timeline.advance(1, beyond=True)
        self._tell_progress(None)
        self._shelf.put(run_id, timeline)
        return timeline, False

    def _tell_progress(self, rebuilding: Rebuilding | None) -> None:
        if self._stage.lanes is not None:
            self._stage.lanes.selected.rebuilding = rebuilding
            self._stage.publish(fresh=False)

    # Fork

    def _fork(self, command: c.Fork) -> Iterator[None]:
        source, begun_again = yield from self._present(command.source)
        if begun_again:
            raise ExperimentError(Message(CHANGED))
        step = source.step if command.step is None else command.step
        if not 0 <= step <= source.step:
            text = N_("this run has no step {step}: its newest is step {newest}")
            raise ExperimentError(Message(text, {"step": step, "newest": source.step}))
        if step == 0:
            timeline = self._begun_anew(source, command.patch)
        else:
            source.check_fork(step, command.patch)
            snapshot = yield from self._state_at(command.source, source, step)
            timeline = source.fork(command.patch, snapshot)
        self._shelf.put(command.run_id, timeline)
        self._shelf.settle(self._stage.lanes.ids if self._stage.lanes else (), command.run_id)
        trainer = timeline.trainer
        self._stage.tell(e.Kept(command.run_id, trainer.run, trainer.experiment, trainer.step))

    def _begun_anew(self, source: Timeline, patch: Patch) -> Timeline:
        """Return a run of its own that begins with what `source` began with, and `patch`."""
        before: Experiment = source.run.at(0)
        after = apply(before, patch)
        same = same_data(before, after)
        inputs = source.trainer.setting.inputs
        run = source.run.begun_anew(after, inputs.width, source.trainer.setting.dataset.classes)
        return Timeline(Trainer(run, setting=source.trainer.setting if same else self._supply.setting(after)))

    def _state_at(self, run_id: int, source: Timeline, step: int) -> Generator[None, None, Snapshot]:
        if step == source.step:
            return source.trainer.snapshot()
        for lane in self._stage.lanes or ():
            if lane.run_id == run_id and lane.rebuilt is not None and lane.rebuilt.step == step:
                return lane.rebuilt
        replay = source.past().replay(step)
        while not replay.work(SLICE):
            self._tell_progress(Rebuilding(step, replay.share, replay.seconds_left))
            yield
        self._tell_progress(None)
        if not source.has_frame(step):
            source.record_rebuilt(replay.trainer)
        return replay.trainer.snapshot()


def _again(lane: Lane) -> Lane:
    """Return the lane in its present state, whatever moment it showed."""
    return Lane(lane.run_id, lane.timeline, lane.still)
