"""What is known of runs: where each begins, and what the engine said of it. Values only, no Qt."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.document.lanes import Lane, Origin
from app.document.weight_log import Weights, missing
from simulator.data import Dataset
from simulator.experiment import Experiment, Run, WeightEdit, difference
from simulator.training import Ended, Picture


@dataclass
class RunRecord:
    """One run.

    Attributes
    ----------
    opened
        The run of a file, where it begins with that.
    origin
        Where it leaves another run; None for one that begins with its experiment.
    instead_of
        The experiment whose run an edit ended to begin this one.
    overtaken
        Values that an edit of its own log put others in the place of, with those others.
    asked
        The experiment that the runner was last asked for; None as long as it has not built the run.
    weights
        Those of its weights set by hand here that the runner was told of, and carried out.
    branches
        The runs that leave it where it trained on with a weight that Undo has taken back, or without one that Redo has
        set again, by the weights that they have.
    run
        Starting experiment and edit log, as the runner last reported them.
    step
        The newest step.
    ended
        How it ended, while it has not gone on.
    """

    opened: Run | None = None
    origin: Origin | None = None
    instead_of: Experiment | None = None
    overtaken: list[tuple[Experiment, Experiment]] = field(default_factory=list)
    asked: Experiment | None = None
    weights: Weights = ()
    branches: dict[Weights, int] = field(default_factory=dict)
    run: Run | None = None
    step: int = 0
    ended: Ended | None = None

    @property
    def diverged(self) -> bool:
        """Whether it ended because it diverged."""
        return self.ended is not None and self.ended.ending == "diverged"

    def up_to_date(self, lane: Lane) -> Experiment:
        """Return the values of its lane: a state of before, brought back, takes no edit of the run's log back.

        Only the very values that were overtaken are meant, not equal ones that somebody chose since.
        """
        found = lane.experiment
        for overtaken, experiment in self.overtaken:
            if found is overtaken:
                found = experiment
        return found


class RunTable:
    """One record a run, by its id.

    Attributes
    ----------
    sizes
        Features and classes of the data last loaded: they decide which shapes fit.
    has_pictures
        Whether the examples of those are pictures.
    moving
        Whether an order to train was given that is not known to be done.
    """

    def __init__(self) -> None:
        self._records: defaultdict[int, RunRecord] = defaultdict(RunRecord)
        self.sizes = (2, 2)
        self.has_pictures = False
        self.moving = False

    def __getitem__(self, run_id: int) -> RunRecord:
        return self._records[run_id]

    def __len__(self) -> int:
        return len(self._records)

    def begins(self, lane: Lane) -> Run:
        """Return what the run of a lane starts from: the experiment alone, or a run of a file with its edits."""
        return self[lane.run_id].opened or Run(lane.experiment)

    def to_save(self, lane: Lane) -> Run:
        """Return the run of a lane with the edits made while it trained."""
        record = self[lane.run_id]
        if record.run is None or record.asked is None:
            return self.begins(lane)
        # an edit of this very moment may not be answered yet, and the newest picture may be older than the last one
        patch = difference(record.asked, lane.experiment)
        step = max([record.step, *(edit.step for edit in record.run.edits[-1:])])
        run = record.run
        for edit in missing(record.weights, lane.weights):
            run = run.with_weight(edit) if edit.step == step else run
        return run.with_edit(step, patch) if patch else run

    def standing(self, lane: Lane, run_ids: Iterator[int]) -> Lane:
        """Return the lane with a run that can have its weights.

        Where its own has trained on since one of them, that is a run that leaves it there: it stands as it stood then.
        """
        record = self[lane.run_id]
        lacks = missing(record.weights, lane.weights)
        if record.asked is None or not lacks or (lacks[0].step == record.step and not self.moving):
            return lane
        branch = record.branches.get(lane.weights)
        if branch is None or branch not in self._records:
            branch = record.branches[lane.weights] = next(run_ids)
            self[branch].origin = Origin(lane.run_id, lacks[0].step)
        return self.standing(replace(lane, run_id=branch), run_ids)

    def with_branches(self, run_ids: Iterable[int]) -> frozenset[int]:
        """Return those runs, and all that `standing` has put in their places."""
        found, asked = set[int](), list(run_ids)
        while asked:
            run_id = asked.pop()
            if run_id not in found and run_id in self._records:
                asked += self._records[run_id].branches.values()
            found.add(run_id)
        return frozenset(found)

    def take_fork(self, run_id: int, source: int, step: int | None, run: Run) -> None:
        """Note that a run was built that leaves another one, with the weights set by then."""
        carried = any(isinstance(edit, WeightEdit) for edit in run.edits)
        weights = self[source].weights if carried else ()
        self[run_id].weights = tuple(edit for edit in weights if step is None or edit.step <= step)

    def learn_data(self, dataset: Dataset) -> None:
        """Note the data of the run on display."""
        self.sizes = (dataset.width, dataset.classes)
        self.has_pictures = dataset.image_shape is not None

    def take_report(self, run_id: int, run: Run, step: int) -> None:
        """Note how the runner has a run."""
        record = self[run_id]
        record.run, record.step = run, step

    def take_steps(self, picture: Picture) -> None:
        """Note how far the lanes of a picture are."""
        for each in (picture, *picture.beside):
            self[each.run_id].step = each.newest

    def note_built(self, run_id: int, experiment: Experiment) -> None:
        """Note what a run was built with, unless it was known before: a file's may be behind what is wanted by now."""
        record = self[run_id]
        record.asked = record.asked or experiment

    def may_go_on(self) -> None:
        """Forget the endings of runs that have trained all epochs asked for: they train beyond those now."""
        for record in self._records.values():
            if record.ended is not None and record.ended.ending == "finished":
                record.ended = None

    def keep(self, run_ids: Collection[int]) -> tuple[int, ...]:
        """Drop all records but those, and those of the runs that they are yet to leave; return what was dropped."""
        needed = set[int]()
        asked = list(run_ids)
        while asked:
            run_id = asked.pop()
            origin = self._records[run_id].origin if run_id in self._records else None
            if run_id not in needed and origin is not None and self[run_id].asked is None:
                asked.append(origin.source)
            needed.add(run_id)
        dropped = tuple(run_id for run_id in self._records if run_id not in needed)
        for run_id in dropped:
            del self._records[run_id]
        return dropped
