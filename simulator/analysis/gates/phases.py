"""The next mini-batch of a run, taken apart (slides A1, A2): every example by itself beside the whole at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.clock import Progress, Stop
from simulator.analysis.gates.batch_parts import BatchParts, BlockPart, LayerPart, Numbers
from simulator.analysis.gates.batch_passes import BatchPasses, Rows
from simulator.errors import ExperimentError
from simulator.experiment.run import Run
from simulator.layers.dropout import Dropout
from simulator.message import N_, Message
from simulator.training.run.meters import layer_names
from simulator.training.run.snapshot import Snapshot, Weights
from simulator.training.run.trainer import Trainer

MOST: Final = 500
"""Examples that are taken apart at most: one by one they take a while, and nobody looks at more."""
_SYMBOLS: Final = {"gamma": "γ", "beta": "β"}


class MiniBatch:
    """A mini-batch of a network. Belongs to one thread at a time.

    Attributes
    ----------
    parts
        Everything that was found.
    """

    def __init__(self, trainer: Trainer, stop: Stop | None = None, progress: Progress | None = None) -> None:
        self._passes = BatchPasses(trainer, _next_examples(trainer))
        self.parts = _take_apart(trainer, self._passes, stop or (lambda: False), progress or (lambda share: None))

    def terms(self, block: int, index: int) -> Numbers:
        """Return what each example adds to the gradient of one parameter (examples,).

        Parameters
        ----------
        block, index
            Which of `BatchParts.blocks`, and where in its flat numbers.
        """
        place = self._passes.program.placed[block].offset + index
        found = np.empty(self.parts.size)
        for row in range(found.size):
            self._passes.one(row)
            found[row] = self._passes.gradients[place]
        return found


def take_apart(
    run: Run, moment: Snapshot | None = None, stop: Stop | None = None, progress: Progress | None = None
) -> MiniBatch:
    """Return the next mini-batch of a run.

    Parameters
    ----------
    moment
        Where the run stands, of any real type; None is its beginning.

    Raises
    ------
    ExperimentError
        If the experiment cannot be built, or its mini-batch has more than `MOST` examples.
    """
    start = None if moment is None else replace(moment, weights=_widened(moment.weights))
    return MiniBatch(Trainer(run, np.float64, start=start), stop, progress)


def _widened(weights: Weights) -> Weights:
    """Return the same numbers in float64."""
    arrays = (weights.parameters, weights.optimizer_state, weights.running_statistics)
    return Weights(*(array.astype(np.float64) for array in arrays))


def _next_examples(trainer: Trainer) -> NDArray[np.int64]:
    """Return the examples of the trainer's next step."""
    plan = trainer.orders.plan(trainer.position, 1, trainer.experiment.training.batch_size, 1)
    begin, size = int(plan.steps[0, 0]), int(plan.steps[0, 1])
    if size > MOST:
        text = N_("This mini-batch has {size} examples. The microscope takes at most {most} apart: make it smaller.")
        raise ExperimentError(Message(text, {"size": size, "most": MOST}))
    return plan.order[begin : begin + size]


def _needs_batch(trainer: Trainer) -> bool:
    return any(entry.needs_batch for entry in trainer.program.entries)


@dataclass(eq=False)
class _Sums:
    """What is added up over the examples, and what each was by itself."""

    losses: Numbers
    shares: Numbers
    total: Numbers
    running: Numbers


def _take_apart(
    trainer: Trainer, passes: BatchPasses, stop: Callable[[], bool], progress: Callable[[float], None]
) -> BatchParts:
    step, program = trainer.step, passes.program
    training = trainer.experiment.training
    rate = training.learning_rate * float(training.schedule.factors(np.array([trainer.epoch]))[0])
    kept = passes.whole()
    rows, loss, batch = passes.rows(), passes.loss, passes.gradients.copy()
    slopes = passes.slopes()
    apart = not _needs_batch(trainer)
    sums = _one_by_one(passes, rows, stop, progress) if apart else _together(passes, batch)
    penalty, penalty_gradients = passes.penalty()
    trainer.advance(1, beyond=True)
    names = _names(trainer)
    return BatchParts(
        experiment=trainer.experiment,
        dataset=trainer.setting.dataset,
        step=step,
        rate=rate,
        examples=passes.examples,
        labels=trainer.setting.inputs.labels[passes.examples],
        apart=apart,
        dropped=any(isinstance(entry, Dropout) and entry.probability > 0 for entry in program.entries),
        layers=tuple(
            LayerPart(entry, name, row["x"], row["y"], row["dx"], row["dy"], slope, held)
            for entry, name, row, slope, held in zip(program.entries, names, rows, slopes, kept, strict=True)
        ),
        blocks=tuple(
            BlockPart(
                operation=item.operation,
                layer=names[item.operation],
                symbol=_SYMBOLS.get(item.block.name, item.block.name),
                shape=item.block.shape,
                before=passes.state.parameters[item.span],
                after=trainer.state.parameters[item.span],
                total=sums.total[item.span],
                batch=batch[item.span],
                penalty=penalty_gradients[item.span],
                running=running,
            )
            for item, running in zip(program.placed, sums.running, strict=True)
        ),
        losses=sums.losses,
        shares=sums.shares,
        loss=loss,
        penalty=penalty,
        updated=trainer.step > step,
    )


def _one_by_one(passes: BatchPasses, rows: Rows, stop: Callable[[], bool], progress: Callable[[float], None]) -> _Sums:
    """Send every example through by itself; `rows` are filled with what each of them meets."""
    size, placed = passes.examples.size, passes.program.placed
    sums = _Sums(
        np.zeros(size), np.zeros_like(passes.shares), np.zeros_like(passes.gradients), np.empty((len(placed), size))
    )
    for row in range(size):
        if stop():
            break
        passes.one(row)
        sums.losses[row], sums.shares[row] = passes.loss, passes.shares[0]
        sums.total += passes.gradients
        sums.running[:, row] = [np.linalg.norm(sums.total[item.span]) for item in placed]
        for layer, alone in zip(rows, passes.rows(), strict=True):
            for symbol, values in alone.items():
                layer[symbol][row] = values[0]
        progress((row + 1) / size)
    return sums


def _together(passes: BatchPasses, batch: Numbers) -> _Sums:
    """Return the losses of examples that cannot be parted, from the scores that they have among the others."""
    size, scores = passes.examples.size, passes.scores
    losses, shares = np.empty(size), np.empty_like(scores)
    for row in range(size):
        passes.loss_of(row, scores[row])
        losses[row], shares[row] = passes.loss, passes.shares[0]
    return _Sums(losses, shares, size * batch, np.full((len(passes.program.placed), size), np.nan))


def _names(trainer: Trainer) -> list[Message]:
    """Return what every layer is called: "Dense 2", then "ReLU in Dense 2"; the last is the output."""
    program = trainer.program
    found = []
    for name, group in zip(layer_names(program)[1:], program.groups, strict=True):
        found.append(name)
        for operation in range(group.first + 1, group.last + 1):
            kind = Message(program.entries[operation].label)
            found.append(Message(N_("{kind} in {layer}"), {"kind": kind, "layer": name}))
    return found
