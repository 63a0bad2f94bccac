"""What the lab measures, each in a thread of its own: curves and mean outputs at once, costs on demand."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.running.worker import Task, Worker
from simulator.analysis import activations
from simulator.analysis.activations import ElementCosts, FunctionCurve, MeanOutput, ScalarFunction, StepShares
from simulator.experiment import Experiment

Functions = tuple[ScalarFunction, ...]


class CurveMeasure(QObject):
    """Curves at fixed places and mean outputs, kept for the functions last asked for.

    While one question is being answered only the newest of the next ones is kept: a slider that is dragged sees all
    its answers come, and waits for none but the last.

    Signals
    -------
    changed()
        There are new answers.
    failed(str)
        One sentence: there will be none.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, x: NDArray[np.float64], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.x = x
        self._curves: dict[ScalarFunction, FunctionCurve] = {}
        self._means: dict[tuple[ScalarFunction, int], MeanOutput] = {}
        self._wanted: tuple[Functions, int] = ((), 0)
        self._worker = Worker("functions", self)
        self._worker.shown.connect(self._take_curves)
        self._worker.answered.connect(self._take_answer)
        self._worker.failed.connect(self._give_up)
        self._worker.busy_changed.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether something is being measured."""
        return self._worker.busy

    def ask(self, functions: Functions, seed: int) -> None:
        """Measure these functions, and their means on the sample of `seed`, as far as they are not known."""
        self._wanted = (functions, seed)
        if not self._worker.busy:
            self._begin()

    def curve(self, function: ScalarFunction) -> FunctionCurve | None:
        """Return the curve of a function, once it is known."""
        return self._curves.get(function)

    def mean(self, function: ScalarFunction) -> MeanOutput | None:
        """Return the mean output of a function on the newest sample, once it is known."""
        return self._means.get((function, self._wanted[1]))

    def cancel(self) -> None:
        """Give up what is being measured."""
        self._wanted = ((), self._wanted[1])
        self._worker.cancel()

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _begin(self) -> None:
        functions, seed = self._wanted
        unknown = tuple(each for each in functions if each not in self._curves)
        untold = tuple(each for each in functions if (each, seed) not in self._means)
        if not unknown and not untold:
            return

        def work(task: Task) -> Any:
            curves = activations.function_curves(unknown, self.x, stop=task.stop)
            task.show(curves)
            return curves, activations.mean_outputs(untold, seed, stop=task.stop), seed

        self._worker.ask(work)

    def _take_curves(self, curves: tuple[FunctionCurve, ...]) -> None:
        self._curves |= {each.function: each for each in curves}
        self.changed.emit()

    def _take_answer(self, answer: tuple[tuple[FunctionCurve, ...], tuple[MeanOutput, ...], int]) -> None:
        curves, means, seed = answer
        functions, _seed = self._wanted
        self._means |= {(each.function, seed): each for each in means}
        self._take_curves(curves)
        if functions:
            # what a drag leaves behind is not wanted again
            self._curves = {key: each for key, each in self._curves.items() if key in functions}
            self._means = {key: each for key, each in self._means.items() if key[0] in functions}

    def _give_up(self, sentence: str) -> None:
        self._wanted = ((), self._wanted[1])
        self.failed.emit(sentence)

    def _go_on(self, busy: bool) -> None:
        """Begin with what was asked for while something else was being measured."""
        if not busy:
            self._begin()


class CostMeasure(QObject):
    """What activations cost on this computer, measured when it is asked for.

    Signals
    -------
    changed()
        There are new figures, or none any more.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.elements: ElementCosts | None = None
        self.shares: StepShares | None = None
        self.worker = Worker("costs", self)
        self.worker.shown.connect(self._take_elements)
        self.worker.answered.connect(self._take_shares)

    def ask(self, experiment: Experiment, functions: Functions) -> None:
        """Measure the cost of an element, then the share of a step of `experiment`."""

        def work(task: Task) -> Any:
            task.show(
                activations.element_costs(functions, stop=task.stop, progress=lambda share: task.report(0.3 * share))
            )
            return activations.step_shares(
                experiment, functions, stop=task.stop, progress=lambda share: task.report(0.3 + 0.7 * share)
            )

        self.shares = None
        self.worker.ask(work)

    def forget_shares(self) -> None:
        """Drop the figures of a network that is another one now."""
        if self.shares is not None:
            self.shares = None
            self.changed.emit()

    def _take_elements(self, elements: ElementCosts) -> None:
        self.elements = elements
        self.changed.emit()

    def _take_shares(self, shares: StepShares) -> None:
        self.shares = shares
        self.changed.emit()
