"""What the X-ray asks the simulator, and what it keeps of the answers; used by one worker's thread at a time."""

from dataclasses import dataclass
from typing import Any

from app.running.worker import Task
from simulator.analysis import batch_norm
from simulator.analysis.batch_norm import AnswerModes, BatchNoise, NormHistory, NormLayer, NormView
from simulator.experiment import Run
from simulator.message import Message


@dataclass(frozen=True)
class Question:
    """What is to be seen.

    Attributes
    ----------
    run, step
        Which network, after how many updates.
    layer
        Which of its batch norms, from 0.
    batch, number, undone, one_unit
        Size and number of the mini-batch, whether gamma and beta are set to undo the layer on it, and whether the
        values of one unit alone are counted.
    example
        Which example is answered in many batches.
    with_batches
        Whether noise and test modes are to be measured as well.
    """

    run: Run
    step: int
    layer: int = 0
    batch: int = 100
    number: int = 0
    undone: bool = False
    one_unit: bool = False
    example: int = 0
    with_batches: bool = False


@dataclass(frozen=True, eq=False)
class XrayAnswer:
    """What was measured; `noise` and `modes` only where they were asked for."""

    layers: tuple[NormLayer, ...]
    view: NormView
    history: NormHistory
    noise: BatchNoise | None
    modes: AnswerModes | None
    ended: Message | None


class Session:
    """Keeps the trained copy of one run, so that a slider need not train it again."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._copy: Any = None  # a batch_norm.NormalisedCopy, whose module is loaded in the worker's thread only
        self._noise: dict[tuple[int, int], BatchNoise] = {}

    def answer(self, question: Question, task: Task) -> XrayAnswer | None:
        """Measure; None where the task was cancelled meanwhile."""
        if question.run != self._run:
            self._copy = batch_norm.NormalisedCopy(question.run)
            self._run = question.run
            self._noise.clear()
        copy = self._copy
        layer = min(question.layer, len(copy.layers) - 1)
        copy.train_to(
            question.step,
            stop=task.stop,
            progress=task.report,
            show=lambda histories: task.show(histories[layer]),
        )
        if task.stop():
            return None
        view = batch_norm.batch_norm_view(
            copy, layer, question.batch, question.number, question.undone, question.one_unit
        )
        noise = modes = None
        if question.with_batches:
            noise = self._noise_of(copy, layer, task)
            modes = batch_norm.answer_modes(copy, question.batch, question.example, stop=task.stop)
        return XrayAnswer(copy.layers, view, copy.history(layer), noise, modes, copy.ended)

    def _noise_of(self, copy: Any, layer: int, task: Task) -> BatchNoise:
        key = (copy.step, layer)
        kept = self._noise.get(key)
        if kept is None:
            kept = batch_norm.batch_noise(copy, layer, stop=task.stop, progress=task.report)
            if not task.stop():
                self._noise[key] = kept
        return kept
