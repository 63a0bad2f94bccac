"""What the bench measures, in one thread: readings at once, draws for the spread when nothing else is wanted."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.labs.initialise.setup import Setup
from app.running.worker import Task, Worker
from simulator.analysis import signal
from simulator.analysis.signal import Reading, Recipe, Spread

POLL: Final = 8
"""Milliseconds between two looks at the thread: an answer takes less than a tenth of a second."""
QUICK: Final = 0.04
"""Seconds: a reading that is whole by then is shown whole, else its way forward is shown first."""
PATIENCE: Final = 250
"""Milliseconds that a reading may take before it gives way to a newer one with nothing shown."""
CALM: Final = 500
"""Milliseconds without a change after which other draws are made for the band."""
DRAWS: Final = 20
"""For the band, without being asked."""
FIRST_DRAWS: Final = 10
"""After so many the band is shown for the first time."""


@dataclass(frozen=True)
class Wanted:
    """What is to be measured, the setting it comes from, and what it is compared with."""

    setup: Setup
    recipe: Recipe
    other: Recipe | None


class BenchMeasure(QObject):
    """Follows a slider: the newest wish is served as soon as the one at work has shown something.

    Signals
    -------
    changed()
        `reading`, `other` or `spread` is newer; `setup` is the setting they belong to.
    progressed(float)
        The share of the draws asked for by `ask_draws` that is made.
    draws_ended()
        What `ask_draws` has begun is over, made or given up.
    failed(str)
        One sentence: there is no answer.
    """

    changed = Signal()
    progressed = Signal(float)
    draws_ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setup: Setup | None = None
        self.reading: Reading | None = None
        self.other: Reading | None = None
        self.spread: Spread | None = None
        # Any: the engine's class, which comes with numba in the thread
        self._bench: Any = None
        self._wanted: Wanted | None = None
        self._asked: Wanted | None = None
        self._shown = True
        self._whole = False
        self._drawing = 0
        self._worker = Worker("bench", self, POLL)
        self._worker.shown.connect(self._take)
        self._worker.answered.connect(self._finish)
        self._worker.failed.connect(self._fail)
        self._worker.progressed.connect(self._report)
        self._patience = _timer(self, PATIENCE, self._lose_patience)
        self._calm = _timer(self, CALM, self._draw_for_band)

    @property
    def busy(self) -> bool:
        """Whether something is being measured, or soon will be."""
        return self._worker.busy or self._calm.isActive()

    @property
    def drawing(self) -> int:
        """How many draws are asked for and not made yet."""
        return self._drawing

    def ask(self, wanted: Wanted) -> None:
        """Measure this; what was wanted before is given up."""
        self._wanted = wanted
        self._calm.stop()
        self._end_draws()
        if self._shown or not self._patience.isActive():
            self._begin()

    def ask_draws(self, draws: int) -> None:
        """Draw the weights of the newest recipe so often; measured beforehand if need be."""
        self._calm.stop()
        self._drawing = draws
        if self._wanted is not None and self._wanted == self._asked and self._whole:
            self._draw(self._wanted.recipe, draws)

    def end_draws(self) -> None:
        """Give up the draws that were asked for."""
        if self._drawing:
            self._worker.cancel()
            self._end_draws()

    def rest(self) -> None:
        """Give everything up, and the memory with it."""
        self._patience.stop()
        self._calm.stop()
        self._worker.cancel()
        self._end_draws()
        self._bench = None
        self._asked = None
        self._shown = True

    def close(self) -> None:
        """End the thread."""
        self.rest()
        self._worker.close()

    def _begin(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        self._asked, self._shown, self._whole = wanted, False, False
        self._patience.start()

        def work(task: Task) -> Any:
            began = time.perf_counter()
            bench = self._prepared()

            def show_forward(reading: Reading) -> None:
                if time.perf_counter() - began > QUICK:
                    task.show((reading, None))

            reading = bench.measure(wanted.recipe, task.stop, show_forward)
            if wanted.other is None or reading is None:
                return reading, None
            task.show((reading, None))
            return reading, bench.measure(wanted.other, task.stop)

        self._worker.ask(work)

    def _draw(self, recipe: Recipe, draws: int) -> None:
        def work(task: Task) -> Any:
            bench = self._prepared()
            task.show(bench.spread(recipe, FIRST_DRAWS, task.stop))
            return bench.spread(recipe, draws, task.stop, task.report)

        self._worker.ask(work)

    def _draw_for_band(self) -> None:
        if self._wanted is not None and self._wanted.recipe.weights.variance(1, 1):
            self._draw(self._wanted.recipe, DRAWS)

    def _prepared(self) -> Any:
        if self._bench is None:
            self._bench = signal.Bench()
        return self._bench

    def _take(self, shown: Any) -> None:
        if isinstance(shown, Spread):
            self.spread = shown
            self.changed.emit()
            return
        self._patience.stop()
        self._shown = True
        reading, other = shown
        if other is None and self._fits(reading):
            other = self.other
        if self.reading is None or not _same_draws(self.reading.recipe, reading.recipe):
            self.spread = None
        self.reading, self.other = reading, other
        self.setup = None if self._asked is None else self._asked.setup
        self.changed.emit()
        if self._wanted != self._asked:
            self._begin()

    def _finish(self, answer: Any) -> None:
        if isinstance(answer, Spread):
            self._end_draws()
            self._take(answer)
        elif answer is not None and answer[0] is not None:
            if answer[1] is None and self._asked is not None and self._asked.other is None:
                self.other = None
            self._take(answer)
            if self._wanted != self._asked:
                return
            self._whole = True
            if self._drawing and self._wanted is not None:
                self._draw(self._wanted.recipe, self._drawing)
            elif self.spread is None:
                self._calm.start()

    def _fits(self, reading: Reading) -> bool:
        """Tell whether the grey reading on display may stay beside a newer one until its own is measured."""
        if self.other is None or self._asked is None or self._asked.other is None:
            return False
        return len(self.other.signal.layers) == len(reading.signal.layers) and (
            self.other.signal.high == reading.signal.high and self.other.recipe.weights == self._asked.other.weights
        )

    def _fail(self, words: str) -> None:
        self._patience.stop()
        self._shown = True
        self._end_draws()
        self.failed.emit(words)
        if self._wanted != self._asked:
            self._begin()

    def _report(self, share: float) -> None:
        if self._drawing:
            self.progressed.emit(share)

    def _end_draws(self) -> None:
        if self._drawing:
            self._drawing = 0
            self.draws_ended.emit()

    def _lose_patience(self) -> None:
        if self._wanted != self._asked:
            self._begin()


def _same_draws(one: Recipe, other: Recipe) -> bool:
    """Tell whether two recipes differ by the seed alone: their spread is the same."""
    return replace(one, seed=0) == replace(other, seed=0)


def _timer(parent: QObject, interval: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(then)
    return timer
