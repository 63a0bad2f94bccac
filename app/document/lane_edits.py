"""Edits of the lanes themselves: which there are, what they are called, which of them train."""

from dataclasses import replace
from typing import Final, Protocol

from app.document.lanes import Lane, State
from app.system.i18n import _
from simulator.message import N_, Message

FULL: Final = N_("There are four runs already. Close one or put one aside, then ask again.")


class Table(Protocol):
    """What holds a `State` and swaps it for another: the document."""

    @property
    def state(self) -> State: ...
    def swap(self, after: State, text: str, lane: Lane | None = None) -> None: ...
    def refuse(self, message: Message) -> None: ...


class LaneEdits:
    """The document's lanes; every edit is one step of undo."""

    def __init__(self, document: Table) -> None:
        self._document = document

    @property
    def _state(self) -> State:
        return self._document.state

    def rename(self, place: int, name: str) -> None:
        """Call a lane by another name."""
        lane = self._state.at(place)
        if name != lane.name:
            self._document.swap(self._state.with_lane(replace(lane, name=name)), _("Rename run {letter}"), lane)

    def pin(self, place: int, pinned: bool) -> None:
        """Let a lane stand still, or train again."""
        lane = self._state.at(place)
        text = _("Pin run {letter}") if pinned else _("Unpin run {letter}")
        self._document.swap(self._state.with_lane(replace(lane, pinned=pinned)), text, lane)

    def drop(self, place: int) -> None:
        """Take a lane off the table; the last one stays."""
        if len(self._state.lanes) > 1:
            self._document.swap(self._state.without(place), _("Close run {letter}"), self._state.at(place))

    def keep(self, place: int) -> None:
        """Put a lane aside: it can be laid over the others again."""
        if len(self._state.lanes) > 1:
            lane = self._state.at(place)
            after = self._state.without(place)
            self._document.swap(replace(after, kept=(*after.kept, lane)), _("Put run {letter} aside"), lane)

    def overlay(self, run_id: int) -> None:
        """Lay a kept run over the others: it stands still until it is unpinned."""
        place = self._state.free_place
        if place is None:
            self._document.refuse(Message(FULL))
            return
        kept = next(lane for lane in self._state.kept if lane.run_id == run_id)
        left = tuple(lane for lane in self._state.kept if lane.run_id != run_id)
        lane = replace(kept, place=place, pinned=True)
        self._document.swap(replace(self._state.with_lane(lane), kept=left), _("Lay over as run {letter}"), lane)

    def forget_kept(self, run_id: int) -> None:
        """Take a run off the list of kept ones."""
        left = tuple(lane for lane in self._state.kept if lane.run_id != run_id)
        self._document.swap(replace(self._state, kept=left), _("Forget a run put aside"))
