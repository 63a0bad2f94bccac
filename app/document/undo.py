"""What can be undone: a row of steps, each from one state of the document to another."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.document.lanes import State
from app.system.notifier import Notifier

MOST_UNDONE: Final = 100
"""Edits that can be undone."""


@dataclass(frozen=True)
class Step:
    """One edit.

    Attributes
    ----------
    before, after
        The states between which undo and redo go.
    text
        What Undo calls it: "Change learning rate".
    paths, gesture
        Which fields it writes, and the drag (or burst of key presses) it belongs to, if any.
    files
        The file of the document before and after; None where it stays.
    """

    before: State
    after: State
    text: str
    paths: tuple[str, ...] = ()
    gesture: object | None = None
    files: tuple[Path | None, Path | None] | None = None

    def goes_on(self, earlier: "Step") -> bool:
        """Tell whether both are one drag over the same fields: together they are one step."""
        return self.gesture is not None and self.gesture is earlier.gesture and self.paths == earlier.paths


class UndoStack:
    """The steps that were taken, and those that were undone and can be taken again.

    Parameters
    ----------
    go
        Takes a step, forward or back.

    Attributes
    ----------
    changed
        Another step is the next to be undone or redone, or it is called otherwise.
    clean_changed
        `is_clean` is different.
    """

    def __init__(self, go: Callable[[Step, bool], None]) -> None:
        self._go = go
        self._steps: list[Step] = []
        self._taken = 0
        self._clean: int | None = 0
        self.changed: Notifier[()] = Notifier()
        self.clean_changed: Notifier[()] = Notifier()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step that can be undone or redone, the oldest first."""
        return tuple(self._steps)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to go back."""
        return self._taken > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step."""
        return self._taken < len(self._steps)

    @property
    def undo_text(self) -> str:
        """What would be undone; empty for nothing."""
        return self._steps[self._taken - 1].text if self.can_undo else ""

    @property
    def redo_text(self) -> str:
        """What would be redone; empty for nothing."""
        return self._steps[self._taken].text if self.can_redo else ""

    @property
    def is_clean(self) -> bool:
        """Whether it is where it was when it was marked so."""
        return self._taken == self._clean

    def count(self) -> int:
        """Return how many steps can be undone or redone."""
        return len(self._steps)

    def push(self, step: Step) -> None:
        """Take a step; what was undone is gone. One that goes on with a drag is joined to it."""
        self._go(step, True)
        was_clean = self.is_clean
        del self._steps[self._taken :]
        if self._clean is not None and self._clean > self._taken:
            self._clean = None
        if self._steps and not was_clean and step.goes_on(self._steps[-1]):
            step = replace(step, before=self._steps.pop().before)
            if step.after != step.before:  # else dragged back to where it began: nothing is left to undo
                self._steps.append(step)
        else:
            self._steps.append(step)
        if len(self._steps) > MOST_UNDONE:
            del self._steps[0]
            self._clean = self._clean - 1 if self._clean else None
        self._move(len(self._steps), was_clean)

    def undo(self) -> None:
        """Go one step back, if there is one."""
        if self.can_undo:
            was_clean = self.is_clean
            self._go(self._steps[self._taken - 1], False)
            self._move(self._taken - 1, was_clean)

    def redo(self) -> None:
        """Take the step that was undone last, if there is one."""
        if self.can_redo:
            was_clean = self.is_clean
            self._go(self._steps[self._taken], True)
            self._move(self._taken + 1, was_clean)

    def mark_clean(self) -> None:
        """Note that what is there now is saved."""
        was_clean, self._clean = self.is_clean, self._taken
        self._move(self._taken, was_clean)

    def _move(self, taken: int, was_clean: bool) -> None:
        self._taken = taken
        self.changed.emit()
        if self.is_clean != was_clean:
            self.clean_changed.emit()


class UndoGroup:
    """Several stacks of which one is undone at a time: the document's, or a draft's while it is open.

    Attributes
    ----------
    changed
        What would be undone or redone is different.
    """

    def __init__(self, stack: UndoStack) -> None:
        self._stack = stack
        self.changed: Notifier[()] = Notifier()
        stack.changed.connect(self.changed.emit)

    @property
    def active(self) -> UndoStack:
        """The stack that is undone now."""
        return self._stack

    def activate(self, stack: UndoStack) -> None:
        """Undo this one from now on."""
        self._stack.changed.disconnect(self.changed.emit)
        self._stack = stack
        stack.changed.connect(self.changed.emit)
        self.changed.emit()

    def undo(self) -> None:
        """Go one step back."""
        self._stack.undo()

    def redo(self) -> None:
        """Take the step that was undone last."""
        self._stack.redo()
