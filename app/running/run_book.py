"""What the window knows of the runs that the runner holds."""

from typing import Final

from app.document.document import Document
from app.document.lanes import Lane, State
from app.running.run_state import RunState
from simulator.experiment import Experiment, Run, difference
from simulator.training import Ended, Fork, Load, Picture

ENDINGS: Final = {
    "finished": RunState.FINISHED,
    "diverged": RunState.DIVERGED,
    "failed": RunState.FAILED,
}


class RunBook:
    """Notes of every run, by its id.

    Attributes
    ----------
    runs
        Starting experiment and edit log, as the runner last reported them.
    sent
        The experiment that the runner was last asked for.
    steps
        The newest step.
    endings
        How it ended, while it has not gone on.
    """

    def __init__(self) -> None:
        self.runs: dict[int, Run] = {}
        self.sent: dict[int, Experiment] = {}
        self.steps: dict[int, int] = {}
        self.endings: dict[int, Ended] = {}

    def take_steps(self, picture: Picture) -> None:
        """Note how far the lanes of a picture are."""
        self.steps |= {each.run_id: each.newest for each in (picture, *picture.beside)}

    def note_built(self, run_id: int, experiment: Experiment) -> None:
        """Note what a run was built with, unless it was known before: a file's may be behind what is wanted by now."""
        self.sent.setdefault(run_id, experiment)

    def unknown(self, state: State) -> Lane | None:
        """Return the first lane whose run the runner has not built yet."""
        return next((lane for lane in state.lanes if lane.run_id not in self.sent), None)

    def request(self, lane: Lane, document: Document) -> Load | Fork:
        """Return what to ask for a run the runner has not built: from its experiment, or from another run's history."""
        origin = document.origin(lane.run_id)
        if origin is None or origin.source not in self.runs:
            return Load(lane.run_id, document.run_of(lane))
        source = self.runs[origin.source]
        step = self.steps.get(origin.source, 0) if origin.step is None else origin.step
        return Fork(lane.run_id, origin.source, origin.step, difference(source.at(step), lane.experiment))

    def run_to_save(self, document: Document) -> Run:
        """Return the document's run with the edits made while it trained."""
        state = document.state
        run = self.runs.get(state.run_id)
        if run is None:
            return document.run
        # an edit of this very moment may not be answered yet, and the newest picture may be older than the last one
        patch = difference(self.sent[state.run_id], state.experiment)
        step = max([self.steps.get(state.run_id, 0), *(edit.step for edit in run.edits[-1:])])
        return run.with_edit(step, patch) if patch else run

    def diverged(self, run_id: int) -> bool:
        """Tell whether a run ended because it diverged."""
        return run_id in self.endings and self.endings[run_id].ending == "diverged"

    def may_go_on(self) -> None:
        """Forget the endings of runs that have trained all epochs asked for: they train beyond those now."""
        self.endings = {run_id: ended for run_id, ended in self.endings.items() if ended.ending != "finished"}

    def at_rest(self, state: State) -> RunState:
        """Return the state of lanes that do not train now: they can go on as long as one of them has not ended."""
        moving = [lane.run_id for lane in state.lanes if not lane.pinned]
        kinds = [self.endings[run_id].ending for run_id in moving if run_id in self.endings]
        if not moving or len(kinds) < len(moving):
            begun = any(self.steps.get(run_id, 0) for run_id in moving or state.run_ids)
            return RunState.PAUSED if begun else RunState.READY
        return ENDINGS["finished" if "finished" in kinds else kinds[0]]
