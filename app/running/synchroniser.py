"""Decides what the runner is asked next, so that it shows what the document holds. No Qt."""

from dataclasses import dataclass

from app.document.document import Document
from app.document.lanes import State
from app.running.run_book import RunBook
from simulator.experiment import difference
from simulator.message import Message
from simulator.training import Arrange, Change, Changed, Fork, Kept, Load, Loaded, Reached, Rejected

Request = Load | Fork | Arrange | Change


@dataclass(frozen=True)
class Question:
    """A request without an answer yet, the run it is about, and the state of the document it was made from."""

    request: Request
    run_id: int
    state: State


class Synchroniser:
    """One question at a time is on its way; what the document becomes meanwhile is asked when the answer is there.

    Attributes
    ----------
    question
        What is asked just now.
    displayed
        The run that the runner shows as the main one.
    refused
        What could not be built, and why: it is not asked again.
    """

    def __init__(self, book: RunBook) -> None:
        self.question: Question | None = None
        self.displayed: int | None = None
        self.refused: tuple[State, Rejected] | None = None
        self._book = book
        self._dragged: tuple[int, object | None] = (0, None)  # the run edited last, and the gesture that did it
        self._arranged: Arrange | None = None

    @property
    def is_rearranging(self) -> bool:
        """Whether what is on its way brings other runs on display."""
        return self.question is not None and not isinstance(self.question.request, Change)

    def in_step(self, state: State) -> bool:
        """Tell whether what the runner shows is what the document holds."""
        return self.question is None and self._arranged == arrangement(state)

    def ask(self, document: Document, *, may_change: bool = True) -> Request | None:
        """Return what to ask next, and note that it is asked; None where nothing is, or something is on its way.

        A live edit has to wait unless `may_change`.
        """
        wanted = document.state
        if self.question is not None or (self.refused is not None and self.refused[0] == wanted):
            return None
        self.refused = None
        request, run_id = self._next(document, wanted)
        if isinstance(request, Change) and not may_change:
            return None
        if isinstance(request, Change):
            self._dragged = (run_id, document.gesture)
        if request is not None:
            self.question = Question(request, run_id, wanted)
        return request

    def _next(self, document: Document, wanted: State) -> tuple[Request | None, int]:
        unknown = self._book.unknown(wanted)
        if unknown is not None:
            return self._book.request(unknown, document), unknown.run_id
        if arrangement(wanted) != self._arranged:
            return arrangement(wanted), wanted.run_id
        patch = difference(self._book.sent[wanted.run_id], wanted.experiment)
        joined = document.gesture is not None and self._dragged == (wanted.run_id, document.gesture)
        return (Change(patch, joined) if patch else None), wanted.run_id

    def is_held(self, state: State) -> bool:
        """Tell whether a live edit waits to be asked for."""
        return self.in_step(state) and self._book.sent.get(state.run_id) != state.experiment

    def take_loaded(self, event: Loaded) -> None:
        """Note that a run is on display."""
        question, self.question = self.question, None
        still = frozenset[int]()
        if question is not None:
            self._book.note_built(event.run_id, event.experiment)
            if isinstance(question.request, Arrange):
                still = question.request.still
        self._book.runs[event.run_id] = event.run
        self._book.steps[event.run_id] = event.step
        self.displayed = event.run_id
        self._arranged = Arrange(event.lanes, event.run_id, still)

    def take_kept(self, event: Kept) -> None:
        """Note that a fork is built."""
        question, self.question = self.question, None
        self._book.runs[event.run_id] = event.run
        self._book.steps[event.run_id] = event.step
        if question is not None:
            self._book.note_built(event.run_id, event.experiment)

    def take_changed(self, event: Changed) -> None:
        """Note that a live edit took effect."""
        self._book.runs[event.run_id] = event.run
        question = self.question
        if question is not None and isinstance(question.request, Change) and question.run_id == event.run_id:
            self.question = None
            self._book.sent[event.run_id] = question.state.experiment

    def take_reached(self, event: Reached, state: State) -> bool:
        """Note that an edit of a run's own log took effect; tell whether the document of `state` has to follow."""
        before, self._book.sent[event.run_id] = self._book.sent.get(event.run_id), event.experiment
        # where an edit is about to be sent, what is wanted is sent whole
        return any(lane.run_id == event.run_id and lane.experiment == before for lane in state.lanes)

    def take_rejected(self, event: Rejected) -> None:
        """Note that what was asked cannot be done."""
        question, self.question = self.question, None
        self._dragged = (0, None)
        if question is not None:
            self.refused = (question.state, event)

    def give_up(self, run_id: int, message: Message) -> None:
        """Note that the runner failed: what is on its way will not be answered."""
        if self.question is not None:
            self.take_rejected(Rejected(run_id, message))


def arrangement(state: State) -> Arrange:
    """Return how the runner shows the lanes of `state`."""
    still = frozenset(lane.run_id for lane in state.lanes if lane.pinned)
    return Arrange(state.run_ids, state.run_id, still)
