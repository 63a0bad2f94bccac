"""The document: the experiment on the table, and the only place where it changes."""

import itertools
from dataclasses import replace
from pathlib import Path

import msgspec

from app.document.lane_edits import FULL, LaneEdits
from app.document.lanes import Lane, Origin, State
from app.document.naming import named_after_data, redrawn
from app.document.run_table import RunTable
from app.document.undo import Step, UndoStack
from app.document.viewpoint import Viewpoint
from app.document.weight_edits import WeightEdits
from app.system.i18n import _
from app.system.notifier import Notifier
from simulator.errors import ExperimentError
from simulator.experiment import (
    Experiment,
    Patch,
    Run,
    anchored,
    apply,
    declared_at,
    difference,
    is_live,
    known_as,
    may_fork,
    with_keys,
)
from simulator.layers import Layer
from simulator.message import Message

__all__ = ["Document", "State"]


class Document:
    """Holds one `State` and swaps it for another, one undoable step at a time.

    A live edit keeps the run; any other begins a new one, under a number never used before. Undo brings back the
    very state of before, so a restart undone leads to the run that was kept.

    Attributes
    ----------
    changed
        Tells the state before and the state now: once a change, also for undo and redo.
    refused
        Tells why an edit was wrong; nothing was changed.
    opened
        Tells that an experiment was put in the place of everything.
    file_changed
        Tells that the name, the path or "modified" is different.
    runs
        What is known of the runs of the lanes, and of those that Undo can bring back.
    viewpoint
        Which lane and step is looked at.
    lanes
        Edits of the lanes themselves.
    weights
        Edits of single weights, by hand.
    """

    def __init__(self, experiment: Experiment | None = None) -> None:
        self.changed: Notifier[State, State] = Notifier()
        self.refused: Notifier[Message] = Notifier()
        self.opened: Notifier[()] = Notifier()
        self.file_changed: Notifier[()] = Notifier()
        self._run_ids = itertools.count(1)
        self._state = _fresh(experiment or Experiment(), next(self._run_ids))
        self.runs = RunTable()
        self.viewpoint = Viewpoint(lambda: self._state, self._show)
        self._path: Path | None = None
        self._gesture: tuple[object, tuple[str, ...], State] | None = None
        self._made_by: object | None = None
        self._undo_stack = UndoStack(self._go)
        self._undo_stack.clean_changed.connect(self.file_changed.emit)
        self.lanes = LaneEdits(self)
        self.weights = WeightEdits(self)

    @property
    def state(self) -> State:
        """The lanes, which of them is selected, and what was put aside."""
        return self._state

    @property
    def experiment(self) -> Experiment:
        """The experiment of the selected lane."""
        return self._state.experiment

    @property
    def gesture(self) -> object | None:
        """The gesture that made the present values; None where no drag or burst of key presses did."""
        return self._made_by

    @property
    def undo_stack(self) -> UndoStack:
        """Everything that can be undone and redone."""
        return self._undo_stack

    @property
    def name(self) -> str:
        """The experiment's name; may be empty."""
        return self.experiment.name

    @property
    def path(self) -> Path | None:
        """The file the document was read from or written to last."""
        return self._path

    @property
    def modified(self) -> bool:
        """Whether something changed since it was opened or saved."""
        return not self._undo_stack.is_clean

    def fault(self, patch: Patch) -> Message | None:
        """Return why `edit` would refuse `patch`, or None if it would not."""
        try:
            apply(self.experiment, patch)
        except ExperimentError as error:
            return error.message
        return None

    def edit(self, patch: Patch, text: str, gesture: object | None = None) -> None:
        """Put the values of `patch` in.

        Parameters
        ----------
        text
            What Undo calls it: "Change learning rate".
        gesture
            Edits of the same fields that carry the same object are one undo step: a drag, for example.
        """
        try:
            experiment = apply(self.experiment, patch)
        except ExperimentError as error:
            self.refused.emit(error.message)
            return
        if self._path is not None:
            experiment = anchored(experiment, self._path)
        self._push(experiment, text, tuple(sorted(patch)), gesture)

    def replace(self, experiment: Experiment, text: str) -> None:
        """Put another experiment in the place of this one."""
        self._push(experiment, text)

    def set_network(self, network: tuple[Layer, ...], text: str) -> None:
        """Put another network in; entries without a key of their own get one."""
        self.replace(msgspec.structs.replace(self.experiment, network=with_keys(network)), text)

    def reset(self) -> None:
        """Start the same experiment again, as a new run."""
        self.swap(self._state.edited(self.experiment, next(self._run_ids)), _("Reset"))

    def new_weights(self) -> None:
        """Draw other weights: the next weight seed."""
        self._next_seed("weights", _("New weights"))

    def new_points(self) -> None:
        """Draw other points, or another split of data that are read: the next data seed."""
        self._next_seed("data", redrawn(self.experiment))

    def open_run(self, run: Run, path: Path | None = None) -> None:
        """Put a run that was read in the place of everything; it counts as saved."""
        fresh = replace(_fresh(run.at(0), next(self._run_ids)), kept=self._state.kept)
        pinned = [lane for lane in self._state.lanes if lane.pinned and lane.place != 0]
        after = replace(fresh, lanes=(*fresh.lanes, *pinned))
        self.runs[after.run_id].opened = run
        text = _("Open {name}").format(name=run.experiment.name or (path.stem if path else _("experiment")))
        self._undo_stack.push(Step(self._state, after, text, files=(self._path, path)))
        self._undo_stack.mark_clean()
        self.opened.emit()

    def mark_saved(self, path: Path) -> None:
        """Note that the file at `path` holds the selected lane: the whole present state, if there is no other lane."""
        self._set_path(path)
        if len(self._state.lanes) == 1:
            self._undo_stack.mark_clean()

    # lanes

    def what_if(self, patch: Patch, text: str, step: int | None = None) -> bool:
        """Open a twin of the selected lane that differs by `patch`, and select it.

        Parameters
        ----------
        text
            What the twin is called, such as "He"; empty for its letter alone.
        step
            Where the twin leaves the other, as far as the change allows it there; None is the step on display.

        Returns
        -------
        bool
            Whether there is a twin now; if not, `refused` has said why.
        """
        try:
            experiment = apply(self.viewpoint.experiment, patch)
        except ExperimentError as error:
            self.refused.emit(error.message)
            return False
        return self.open_twin(experiment, text, step)

    def open_twin(self, experiment: Experiment, text: str, step: int | None = None) -> bool:
        """Open a twin of the selected lane that goes on, or begins, with `experiment`; see `what_if`."""
        experiment = named_after_data(self.experiment, experiment)
        place = self._state.free_place
        if place is None:
            self.refused.emit(Message(FULL))
            return False
        step = self.viewpoint.at if step is None else step
        if not self.may_fork(experiment):
            step = 0
        weights = self._state.lane.weights_upto(step) if self.may_fork(experiment) else ()
        lane = Lane(place, next(self._run_ids), experiment, text, weights=weights)
        self.runs[lane.run_id].origin = Origin(self._state.run_id, step)
        self.swap(replace(self._state.with_lane(lane), selected=place), _("Open twin {letter}"), lane)
        return True

    def may_fork(self, experiment: Experiment) -> bool:
        """Tell whether a twin with `experiment` can take over the weights at any step; else it begins at step 0."""
        return may_fork(self.viewpoint.experiment, experiment, *self.runs.sizes)

    def continue_here(self) -> None:
        """Go on from the past step on display: what came after it is left behind, and Undo brings it back."""
        if self.viewpoint.at is not None:
            run_id, weights = next(self._run_ids), self._state.lane.weights_upto(self.viewpoint.at)
            self.runs[run_id].origin = Origin(self._state.run_id, self.viewpoint.at)
            after = self._state.edited(self.viewpoint.experiment, run_id, weights)
            self.swap(after, _("Continue from an earlier step"))

    @property
    def reachable(self) -> frozenset[int]:
        """The runs on the table, and those that Undo and Redo can bring back."""
        states = [self._state, *(state for step in self._undo_stack.steps for state in (step.before, step.after))]
        if self._gesture is not None:
            states.append(self._gesture[2])
        return self.runs.with_branches(lane.run_id for state in states for lane in (*state.lanes, *state.kept))

    def follow(self, run_id: int, experiment: Experiment) -> None:
        """Take over the values that a run has come to by its own log: nothing that could be undone."""
        overtaken = [lane.experiment for lane in self._state.lanes if lane.run_id == run_id]
        self.runs[run_id].overtaken += [(each, experiment) for each in overtaken]
        self._show(self._state)

    def swap(self, after: State, text: str, lane: Lane | None = None) -> None:
        """Put another state on the table, undoably; `text` may name the letter of `lane`."""
        words = text.format(letter=lane.letter) if lane is not None else text
        self._undo_stack.push(Step(self._state, after, words))

    def refuse(self, message: Message) -> None:
        """Say why something cannot be done."""
        self.refused.emit(message)

    def _next_seed(self, seed: str, text: str) -> None:
        path = f"seeds.{seed}"
        about = declared_at(self.experiment, path)
        following = getattr(self.experiment.seeds, seed) + 1
        if about is not None and about.high is not None and following > about.high:
            following = 0
        self.edit({path: following}, text)

    def _push(
        self, experiment: Experiment, text: str, paths: tuple[str, ...] = (), gesture: object | None = None
    ) -> None:
        experiment = named_after_data(self.experiment, experiment)
        changes = difference(self.experiment, experiment)
        if not changes:
            return
        origin = self._origin(paths, gesture)
        if origin is not None and origin.experiment == experiment:
            after = origin
        elif is_live(self.experiment, changes):
            after = self._state.edited(experiment, self._state.run_id)
        else:
            run_id = next(self._run_ids)
            self.runs[run_id].instead_of = self.experiment
            after = self._state.edited(experiment, run_id)
        self._undo_stack.push(Step(self._state, after, text, paths, gesture))

    def _origin(self, paths: tuple[str, ...], gesture: object | None) -> State | None:
        """Return the state in which a gesture began: a slider dragged back there finds its old run again."""
        if gesture is None:
            self._gesture = None
            return None
        if self._gesture is None or self._gesture[0] is not gesture or self._gesture[1] != paths:
            self._gesture = (gesture, paths, self._state)
        return self._gesture[2]

    def _go(self, step: Step, forward: bool) -> None:
        self._show(step.after if forward else step.before, step.gesture if forward else None)
        if step.files is not None:
            self._set_path(step.files[forward])

    def _show(self, state: State, gesture: object | None = None) -> None:
        lanes = (replace(lane, experiment=self.runs[lane.run_id].up_to_date(lane)) for lane in state.lanes)
        state = replace(state, lanes=tuple(self.runs.standing(lane, self._run_ids) for lane in lanes))
        before, self._state, self._made_by = self._state, state, gesture
        # whatever is on the table now, it is its present that is looked at
        self.viewpoint.return_to_present()
        self.changed.emit(before, state)
        if before.experiment.name != state.experiment.name:
            self.file_changed.emit()

    def _set_path(self, path: Path | None) -> None:
        if path != self._path:
            self._path = path
            self.file_changed.emit()


def _fresh(experiment: Experiment, run_id: int) -> State:
    """Return a table with one run on it."""
    return State((Lane(0, run_id, experiment),), built_in=known_as(experiment.name))
