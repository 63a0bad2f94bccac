"""What happened to a run: its edits, forks and end as marks, and which batch size was in force when."""

from typing import Literal

from simulator.experiment.comparison import what_differs
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Edit, Run, WeightEdit
from simulator.message import N_, Message
from simulator.training.frames.picture import Mark
from simulator.training.run.by_hand import told
from simulator.training.run.orders import Position
from simulator.training.run.trainer import Trainer


class Chronicle:
    """Follows a trainer: every edit that has taken effect is one mark for each thing it changed.

    The edits of one gesture, such as the drag of a slider, are one mark where the gesture ended.

    Parameters
    ----------
    forks
        Places in the edit log of the edits that a fork began with.
    plain_forks
        Steps at which a fork began without an edit.
    """

    def __init__(
        self, trainer: Trainer, forks: frozenset[int] = frozenset(), plain_forks: tuple[int, ...] = ()
    ) -> None:
        self.forks = forks
        self.plain_forks = plain_forks
        text = N_("Goes on from step {step}")
        self._marks = [Mark("fork", step, Message(text, {"step": step})) for step in plain_forks]
        self._experiment = self._begun = trainer.run.experiment  # now, and before the newest gesture
        self._newest: list[Mark] = []  # marks of the newest gesture
        self._edits = 0  # taken in so far
        self._weights: dict[int, Mark] = {}  # of entries that set a weight, by their places in the log
        self._batches = [(0, self._experiment.training.batch_size)]  # from which step on
        self._diverged = False
        self._trainer = trainer
        self.follow()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, in the order of their steps."""
        return tuple(self._marks)

    def follow(self) -> None:
        """Take in the edits that have taken effect since, and how the run diverged."""
        trainer = self._trainer
        if self._edits == trainer.edits_made and (trainer.ending is None or self._diverged):
            return
        for number in range(self._edits, trainer.edits_made):
            edit = trainer.run.edits[number]
            before, self._experiment = self._experiment, trainer.run.after(number + 1)
            if isinstance(edit, WeightEdit):
                self._newest = []
                self._mark_weight(number)
            else:
                self._mark(number, edit, before)
            if self._experiment.training.batch_size != before.training.batch_size:
                self._batches.append((edit.step, self._experiment.training.batch_size))
        self._edits = trainer.edits_made
        if trainer.ending is not None and trainer.ending.kind == "diverged":
            self._diverged = True
            step = trainer.losses.first_bad_step or trainer.step
            self._marks.append(Mark("diverged", step, trainer.ending.message))
        self._marks.sort(key=lambda mark: mark.step)

    def _mark(self, number: int, edit: Edit, before: Experiment) -> None:
        """Mark an edit of the log; one that goes on with a gesture takes the place of the marks that had so far."""
        edits = self._trainer.run.edits
        if edit.joined:
            self._marks = [mark for mark in self._marks if all(mark is not old for old in self._newest)]
        else:
            self._begun = before
        self._newest = []
        following = edits[number + 1] if number + 1 < self._trainer.edits_made else None
        if not isinstance(following, Edit) or not following.joined:
            kind: Literal["fork", "edit"] = "fork" if number in self.forks else "edit"
            changes = what_differs(self._begun, self._experiment)
            self._newest = [Mark(kind, edit.step, message) for message in changes]
            self._marks += self._newest

    def follow_weight(self, before: Run) -> None:
        """Take in a weight set by hand: the log was `before`, and has an entry more, another one, or one less."""
        now = self._trainer.run.edits
        pairs = enumerate(zip(before.edits, now, strict=False))
        first = next((at for at, (old, new) in pairs if old is not new), len(now))
        if first < len(before.edits):
            gone = self._weights.pop(first)
            self._marks = [mark for mark in self._marks if mark is not gone]
        if first < len(before.edits) == len(now):
            self._mark_weight(first)
        elif len(now) < len(before.edits):
            self._edits -= 1
            self.forks = frozenset(at - (at > first) for at in self.forks)
            self._weights = {at - (at > first): mark for at, mark in self._weights.items()}
        self.follow()
        self._marks.sort(key=lambda mark: mark.step)

    def _mark_weight(self, number: int) -> None:
        run, found = self._trainer.run, self._trainer.strays.get(number)
        self._weights[number] = Mark("edit", run.edits[number].step, told(run, number, found))
        self._marks.append(self._weights[number])

    def forked(self, trainer: Trainer) -> "Chronicle":
        """Return the chronicle of a run that left this one at the step where `trainer` stands now."""
        own = trainer.edits_made
        kept = sum(edit.step <= trainer.step for edit in self._trainer.run.edits[: self._edits])
        new = frozenset(range(kept, own))
        plain = tuple(step for step in self.plain_forks if step <= trainer.step)
        forks = frozenset(number for number in self.forks if number < kept)
        with_edit = Chronicle(trainer, forks | new, plain)
        if any((mark.kind, mark.step) == ("fork", trainer.step) for mark in with_edit.marks):
            return with_edit
        return Chronicle(trainer, forks, (*plain, trainer.step))

    def examples_at(self, step: int) -> int:
        """Return the examples seen after `step` updates."""
        begun, position, batch = [stretch for stretch in self._stretches() if stretch[0] <= step][-1]
        orders = self._trainer.orders
        return orders.seen(orders.after(position, step - begun, batch))

    def step_at(self, examples: int) -> int:
        """Return the newest step after which at most so many examples were seen."""
        orders = self._trainer.orders
        begun, position, batch = [part for part in self._stretches() if orders.seen(part[1]) <= examples][-1]
        return begun + orders.within(position, examples - orders.seen(position), batch)

    def _stretches(self) -> list[tuple[int, Position, int]]:
        """Return (step, position, batch size) at the beginning of every stretch of one batch size."""
        found = [(0, Position(), self._batches[0][1])]
        for begin, batch in self._batches[1:]:
            before, position, size = found[-1]
            found.append((begin, self._trainer.orders.after(position, begin - before, size), batch))
        return found
