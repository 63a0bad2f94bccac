"""Weights set by hand: which edits a run still lacks, and the edits themselves. Values only, no Qt."""

from dataclasses import replace
from typing import Final, Protocol

from app.document.lanes import State
from app.document.run_table import RunTable
from app.document.undo import Step, UndoStack
from app.document.viewpoint import Viewpoint
from app.document.weight_log import with_edit
from app.system.i18n import translate_message
from simulator.errors import ExperimentError
from simulator.experiment import WeightEdit, check_weight, weight_name
from simulator.message import N_, InSentence, Message

PAUSE_FIRST: Final = N_("Pause first: a weight can be set by hand only between two steps.")
AT_PRESENT: Final = N_("This is an earlier step: continue from here first, then set the weight.")
NOT_READY: Final = N_("The network is not ready yet; its weights can be set in a moment.")
DIVERGED: Final = N_("This run has diverged; go back to an earlier step, continue there, and set the weight.")


class Table(Protocol):
    """What holds a `State` and swaps it for another: the document."""

    runs: RunTable
    viewpoint: Viewpoint

    @property
    def state(self) -> State: ...
    @property
    def undo_stack(self) -> UndoStack: ...
    def refuse(self, message: Message) -> None: ...


class WeightEdits:
    """Sets weights of the selected lane's run; every edit is one step of undo."""

    def __init__(self, document: Table) -> None:
        self._document = document

    def fault(self) -> Message | None:
        """Return why no weight can be set now, or None where one can."""
        record = self._document.runs[self._document.state.run_id]
        if self._document.runs.moving:
            return Message(PAUSE_FIRST)
        if self._document.viewpoint.at is not None:
            return Message(AT_PRESENT)
        if record.asked is None:
            return Message(NOT_READY)
        return Message(DIVERGED) if record.diverged else None

    def edit(self, block: str, index: tuple[int, ...], old: float, new: float, gesture: object | None = None) -> None:
        """Set one weight from the present step on.

        Parameters
        ----------
        block, index
            See `WeightEdit`; `Connections` of the part "network" tells them.
        old, new
            The value that the frame of the present step shows, as it stands there, and the one wanted.
        gesture
            Edits of the same weight that carry the same object are one undo step: the drag of a slider, for example.
        """
        state, runs = self._document.state, self._document.runs
        fault = self.fault()
        try:
            check_weight(state.experiment, block, index, new, *runs.sizes)
        except ExperimentError as error:
            fault = error.message
        if fault is not None:
            self._document.refuse(fault)
            return
        lane = state.lane
        weights = with_edit(lane.weights, WeightEdit(runs[lane.run_id].step, block, index, old, new))
        if weights == lane.weights:
            return
        name = weight_name(state.experiment, block, index)
        text = translate_message(Message(N_("Set {weight}"), {"weight": InSentence(name.text, name.values)}))
        paths = (block, *map(str, index))
        after = state.with_lane(replace(lane, weights=weights))
        self._document.undo_stack.push(Step(state, after, text, paths, gesture))
