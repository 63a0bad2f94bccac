"""Decides what the runner is asked next, so that it shows what the document holds. No Qt."""

from dataclasses import dataclass
from typing import Final

from app.document.document import Document
from app.document.lanes import Lane, State
from app.document.run_table import RunTable
from app.document.weight_log import as_logged, missing, with_edit
from simulator.experiment import Experiment, difference
from simulator.message import Message
from simulator.training import Arrange, Change, Changed, Fork, Kept, Load, Loaded, Reached, Rejected, SetWeight

_SILENT_RESTARTS: Final = {"seeds.weights", "name"}

Request = Load | Fork | Arrange | Change | SetWeight


@dataclass(frozen=True)
class Pending:
    """A request without an answer yet, the run it is about, and the state of the document it was made from."""

    request: Request
    run_id: int
    state: State


class Synchroniser:
    """One question at a time is on its way; what the document becomes meanwhile is asked when the answer is there.

    Attributes
    ----------
    pending
        What is asked just now.
    displayed
        The run that the runner shows as the main one.
    refused
        What could not be built, and why: it is not asked again.
    """

    def __init__(self, runs: RunTable) -> None:
        self.pending: Pending | None = None
        self.displayed: int | None = None
        self.refused: tuple[State, Rejected] | None = None
        self._runs = runs
        self._dragged: tuple[int, object | None] = (0, None)  # the run edited last, and the gesture that did it
        self._arranged: Arrange | None = None

    @property
    def is_rearranging(self) -> bool:
        """Whether what is on its way brings other runs on display."""
        return self.pending is not None and not isinstance(self.pending.request, Change | SetWeight)

    def in_step(self, state: State) -> bool:
        """Tell whether what the runner shows is what the document holds."""
        return self.pending is None and self._arranged == arrangement(state)

    def ask(self, document: Document, *, may_change: bool = True) -> Request | None:
        """Return what to ask next, and note that it is asked; None where nothing is, or something is on its way.

        A live edit has to wait unless `may_change`.
        """
        wanted = document.state
        if self.pending is not None or (self.refused is not None and self.refused[0] == wanted):
            return None
        self.refused = None
        request, run_id = self._next(document, wanted)
        if isinstance(request, Change) and not may_change:
            return None
        if isinstance(request, Change):
            self._dragged = (run_id, document.gesture)
        if request is not None:
            self.pending = Pending(request, run_id, wanted)
        return request

    def _next(self, document: Document, wanted: State) -> tuple[Request | None, int]:
        for lane in wanted.lanes:
            if self._runs[lane.run_id].asked is None:
                return self._build(lane), lane.run_id
        if arrangement(wanted) != self._arranged:
            return arrangement(wanted), wanted.run_id
        record = self._runs[wanted.run_id]
        for edit in missing(record.weights, wanted.lane.weights):
            if edit.step == record.step:
                return SetWeight(edit.step, edit.block, edit.index, edit.new), wanted.run_id
        patch = difference(record.asked or wanted.experiment, wanted.experiment)
        joined = document.gesture is not None and self._dragged == (wanted.run_id, document.gesture)
        return (Change(patch, joined) if patch else None), wanted.run_id

    def _build(self, lane: Lane) -> Load | Fork:
        """Return what to ask for a run that is yet to be built: from its experiment, or from another run's history."""
        origin = self._runs[lane.run_id].origin
        source = self._runs[origin.source] if origin is not None else None
        if origin is None or source is None or source.run is None:
            return Load(lane.run_id, self._runs.begins(lane))
        step = source.step if origin.step is None else origin.step
        return Fork(lane.run_id, origin.source, origin.step, difference(source.run.at(step), lane.experiment))

    def replaces(self, wanted: Experiment) -> bool:
        """Tell whether a run with `wanted` is more than the one on display with other weights, or another name."""
        shown = self._runs[self.displayed].asked if self.displayed is not None else None
        return shown is not None and bool(difference(shown, wanted).keys() - _SILENT_RESTARTS)

    def is_held(self, state: State) -> bool:
        """Tell whether a live edit waits to be asked for."""
        return self.in_step(state) and self._runs[state.run_id].asked != state.experiment

    def take_loaded(self, event: Loaded) -> None:
        """Note that a run is on display."""
        pending, self.pending = self.pending, None
        still = frozenset[int]()
        if pending is not None:
            self._runs.note_built(event.run_id, event.experiment)
            if isinstance(pending.request, Arrange):
                still = pending.request.still
        self._runs.take_report(event.run_id, event.run, event.step)
        self.displayed = event.run_id
        self._arranged = Arrange(event.lanes, event.run_id, still)

    def take_kept(self, event: Kept) -> None:
        """Note that a fork is built."""
        pending, self.pending = self.pending, None
        self._runs.take_report(event.run_id, event.run, event.step)
        if pending is not None:
            self._runs.note_built(event.run_id, event.experiment)
            if isinstance(pending.request, Fork):
                self._runs.take_fork(event.run_id, pending.request.source, pending.request.step, event.run)

    def take_changed(self, event: Changed) -> None:
        """Note that a live edit took effect, or that a weight was set."""
        before, self._runs[event.run_id].run = self._runs[event.run_id].run, event.run
        pending = self.pending
        if pending is not None and isinstance(pending.request, Change) and pending.run_id == event.run_id:
            self.pending = None
            self._runs[event.run_id].asked = pending.state.experiment
        elif pending is not None and isinstance(pending.request, SetWeight) and pending.run_id == event.run_id:
            self.pending = None
            record, asked = self._runs[event.run_id], pending.request
            told = missing(record.weights, pending.state.lane.weights)
            edit = next(edit for edit in told if edit.step == asked.step)
            record.weights = with_edit(record.weights, as_logged(edit, before, event.run))

    def take_reached(self, event: Reached, state: State) -> bool:
        """Note that an edit of a run's own log took effect; tell whether the document of `state` has to follow."""
        record = self._runs[event.run_id]
        before, record.asked = record.asked, event.experiment
        # where an edit is about to be sent, what is wanted is sent whole
        return any(lane.run_id == event.run_id and lane.experiment == before for lane in state.lanes)

    def take_rejected(self, event: Rejected) -> None:
        """Note that what was asked cannot be done."""
        pending, self.pending = self.pending, None
        self._dragged = (0, None)
        if pending is not None:
            self.refused = (pending.state, event)

    def give_up(self, run_id: int, message: Message) -> None:
        """Note that the runner failed: what is on its way will not be answered."""
        if self.pending is not None:
            self.take_rejected(Rejected(run_id, message))


def arrangement(state: State) -> Arrange:
    """Return how the runner shows the lanes of `state`."""
    still = frozenset(lane.run_id for lane in state.lanes if lane.pinned)
    return Arrange(state.run_ids, state.run_id, still)
