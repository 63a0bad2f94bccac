"""The next mini-batch of the user's own network, taken apart in a thread beside the window."""

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.running.context import Context
from app.running.worker import Worker
from app.system.i18n import _
from simulator.analysis import gates
from simulator.analysis.gates import BatchParts
from simulator.experiment import Experiment, Run
from simulator.training import AskMoment, Moment

START: Final = "start"
NOW: Final = "now"
"""Whose weights: those of step 0, or those that the run has at the moment."""


class BatchStudy(QObject):
    """Takes the mini-batch apart when it is wanted, and anew when the experiment is another.

    Attributes
    ----------
    source
        `START` or `NOW`.
    parts, words
        What was found, and what is said instead while there is nothing.

    Signals
    -------
    parts_changed()
        `parts` or `words` are others.
    terms_found(object)
        What each example adds to the gradient of the parameter asked for (examples,).
    """

    parts_changed = Signal()
    terms_found = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = context.document
        self._controller = context.controller
        self.source = START
        self._awake = False
        self._measured: Experiment | None = None
        self._batch: Any = None
        self._wanted: tuple[int, int] | None = None
        self.parts: BatchParts | None = None
        self.words = ""
        self._worker = Worker("microscope", self)
        self._worker.answered.connect(self._take)
        self._worker.failed.connect(self._fail)
        self._document.changed.connect(self._follow)

    @property
    def busy(self) -> bool:
        """Whether something is being worked out."""
        return self._worker.busy

    def wake(self) -> None:
        """Take the mini-batch apart if that has not been done, or if the run may have gone on."""
        self._awake = True
        if self.source == NOW:
            self._measured = None
        self._follow()

    def rest(self) -> None:
        """Give up what is being worked on."""
        self._awake = False
        self._worker.cancel()
        if self.parts is None:
            self._measured = None

    def close(self) -> None:
        """End the thread."""
        self.rest()
        self._worker.close()

    def ask_terms(self, block: int, index: int) -> None:
        """Find what each example adds to the gradient of one parameter; answered by `terms_found`."""
        self._wanted = (block, index)
        batch = self._batch
        if batch is not None:
            self._worker.ask(lambda task: batch.terms(block, index))

    def take_weights(self, source: str) -> None:
        """Look at the weights of `START`, or at those of this very moment."""
        self.source = source
        self._measured = None
        self._follow()

    def _follow(self, *_states: object) -> None:
        experiment = self._document.experiment
        if not self._awake or experiment == self._measured:
            return
        self._measured = experiment
        self._batch = self.parts = None
        if self.source == NOW:
            self._say(_("Waiting for the run."))
            self._controller.ask(AskMoment(), self._take_moment)
        else:
            self._measure(Run(experiment), None)

    def _take_moment(self, moment: Moment) -> None:
        if self._awake and self.source == NOW:
            self._measure(*moment)

    def _measure(self, run: Run, moment: Any) -> None:
        self._say(_("The mini-batch is being taken apart. The first time takes a few seconds."))
        self._worker.ask(lambda task: gates.take_apart(run, moment, stop=task.stop, progress=task.report))

    def _take(self, answer: Any) -> None:
        if isinstance(answer, np.ndarray):
            self.terms_found.emit(answer)
            return
        self._batch, self.parts = answer, answer.parts
        self._say("")
        if self._wanted is not None:
            self.ask_terms(*self._wanted)

    def _fail(self, sentence: str) -> None:
        self._batch = self.parts = None
        self._say(sentence)

    def _say(self, words: str) -> None:
        self.words = words
        self.parts_changed.emit()
