"""Undo commands: each swaps one state of the document for another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QUndoCommand

from app.document.lanes import State

_MERGEABLE = 1  # Qt only offers commands of equal id to each other


class Swap(QUndoCommand):
    """One edit. Those of one gesture that touch the same places become one step.

    Parameters
    ----------
    show
        Makes a state the document's, and tells the gesture that made it; called by redo and undo.
    paths, gesture
        Which fields the edit writes, and the drag (or burst of key presses) it belongs to, if any.
    """

    def __init__(
        self,
        show: Callable[[State, object | None], None],
        before: State,
        after: State,
        text: str,
        paths: tuple[str, ...] = (),
        gesture: object | None = None,
    ) -> None:
        super().__init__(text)
        self._show = show
        self._before = before
        self._after = after
        self._paths = paths
        self._gesture = gesture

    @property
    def ends(self) -> tuple[State, State]:
        """The states between which undo and redo go."""
        return self._before, self._after

    def redo(self) -> None:
        self._show(self._after, self._gesture)

    def undo(self) -> None:
        self._show(self._before, None)

    def id(self) -> int:
        return -1 if self._gesture is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Swap) or other._gesture is not self._gesture or other._paths != self._paths:
            return False
        self._after = other._after
        # dragged back to where it began: there is nothing left to undo
        self.setObsolete(self._after == self._before)
        return True


class Open(Swap):
    """Another run takes the table; the name of its file comes and goes with it."""

    def __init__(
        self,
        show: Callable[[State, object | None], None],
        before: State,
        after: State,
        text: str,
        show_path: Callable[[Path | None], None],
        paths: tuple[Path | None, Path | None],
    ) -> None:
        super().__init__(show, before, after, text)
        self._show_path = show_path
        self._path_before, self._path_after = paths

    def redo(self) -> None:
        super().redo()
        self._show_path(self._path_after)

    def undo(self) -> None:
        super().undo()
        self._show_path(self._path_before)
