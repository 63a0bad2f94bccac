"""Twins trained beside the window to see what a remedy comes to: one at a time, each remembered."""

from PySide6.QtCore import QObject, Signal

from app.running.worker import Task, Worker
from simulator.analysis import doctor
from simulator.analysis.doctor import Aim, Remedy, Trial
from simulator.experiment import Experiment

Key = tuple[int, int, str]
"""What a trial belongs to: the run, the step of its last edit, and the remedy."""


class Trials(QObject):
    """Measures remedies in a thread.

    Signals
    -------
    changed()
        There is a new result, another one is measured, or more of it is done.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: dict[Key, Trial | None] = {}
        self._measured: Key | None = None
        self._share = 0.0
        self._worker = Worker("trials", self)
        self._worker.answered.connect(self._take)
        self._worker.failed.connect(lambda _sentence: self._take(None))
        self._worker.progressed.connect(self._take_share)

    @property
    def share(self) -> float:
        """The share of the present measurement that is done."""
        return self._share

    def result(self, key: Key) -> Trial | None:
        """Return what was measured, or None."""
        return self._results.get(key)

    def is_known(self, key: Key) -> bool:
        """Tell whether it was measured, or given up."""
        return key in self._results

    def is_measured(self, key: Key) -> bool:
        """Tell whether it is being measured."""
        return key == self._measured

    @property
    def busy(self) -> bool:
        """Whether a thread is at work."""
        return self._worker.busy

    def measure(self, key: Key, experiment: Experiment, remedy: Remedy, steps: int, aim: Aim) -> None:
        """Train twins of `experiment` with the remedy and without; what was being measured is given up."""
        self._measured, self._share = key, 0.0

        def work(task: Task) -> Trial | None:
            found: Trial | None = doctor.try_remedy(
                experiment, remedy, steps, aim, stop=task.stop, progress=task.report
            )
            return found

        self._worker.ask(work)
        self.changed.emit()

    def stop(self) -> None:
        """Give the present measurement up for good."""
        self._worker.cancel()
        self._take(None)

    def rest(self) -> None:
        """Give the present measurement up; it may be asked for again."""
        self._worker.cancel()
        self._measured = None

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _take(self, trial: Trial | None) -> None:
        if self._measured is not None:
            self._results[self._measured] = trial
            self._measured = None
        self.changed.emit()

    def _take_share(self, share: float) -> None:
        self._share = share
        self.changed.emit()
