"""What is looked at: one lane, at one step. Looking is no edit, and Undo does not take it back."""

from collections.abc import Callable
from dataclasses import replace

from app.document.lanes import State
from app.system.notifier import Notifier
from simulator.experiment import Experiment


class Viewpoint:
    """Which lane is first, and which step is on display.

    Parameters
    ----------
    state
        Returns what is on the table.
    show
        Puts a state there that holds the same runs.

    Attributes
    ----------
    changed
        Tells that another step is on display: `at` and `experiment` are different. A change of the document is told by
        the document alone, and always leads back to the present.
    """

    def __init__(self, state: Callable[[], State], show: Callable[[State], None]) -> None:
        self.changed: Notifier[()] = Notifier()
        self._state, self._show = state, show
        self._at: int | None = None
        self._experiment: Experiment | None = None

    @property
    def at(self) -> int | None:
        """The past step on display; None is the present."""
        return self._at

    @property
    def experiment(self) -> Experiment:
        """The values in force at the step on display."""
        return self._state().experiment if self._experiment is None else self._experiment

    def select(self, place: int) -> None:
        """Put another lane first: forms edit it, plots draw it on top."""
        if place != self._state().selected:
            self._show(replace(self._state(), selected=place))

    def look_at(self, step: int | None, experiment: Experiment | None) -> None:
        """Show the values that were in force at a past step; None is the present. Nothing can be edited there."""
        if (step, experiment) != (self._at, self._experiment):
            self._at, self._experiment = step, experiment
            self.changed.emit()

    def return_to_present(self) -> None:
        """Look at the present of what has come on the table; the document says that there is something else."""
        self._at = self._experiment = None
