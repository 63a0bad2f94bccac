"""A copy of a run with batch norm, to look into: the run itself knows nothing of it (slides E1 to E4)."""

import math
from collections.abc import Callable
from typing import Final, Literal

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.analysis.batch_norm.batch_norm_results import NormHistory, NormLayer, Real
from simulator.analysis.clock import Clock, Progress, Stop
from simulator.errors import ExperimentError
from simulator.experiment.cards import cards
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
from simulator.kernels.columns import STATE
from simulator.layers.batch_norm import BatchNorm
from simulator.machine.probe import Probe
from simulator.machine.program import Program, compile_program
from simulator.machine.state import State
from simulator.message import N_, Message
from simulator.training.run.trainer import Trainer

EVERY: Final = 5  # steps between two moments of the history of gamma and beta

Statistics = Literal["batch", "running"]


class NormalisedCopy:
    """Trains as far as it is asked to, and remembers how gamma and beta went.

    Raises
    ------
    ExperimentError
        If the network has no batch norm.

    Attributes
    ----------
    trainer
        What trains.
    layers
        The batch norms, in order.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._begin()
        self.layers = _norm_layers(self.trainer.program)
        if not self.layers:
            raise ExperimentError(Message(N_("this network has no batch norm; add one to a layer")))
        self._remember()

    @property
    def step(self) -> int:
        """Updates made."""
        return self.trainer.step

    @property
    def ended(self) -> Message | None:
        """Why it trains no further, or None."""
        ending = self.trainer.ending
        return ending.message if ending is not None and ending.kind == "diverged" else None

    def train_to(
        self,
        step: int,
        stop: Stop | None = None,
        progress: Progress | None = None,
        show: Callable[[tuple[NormHistory, ...]], None] | None = None,
    ) -> None:
        """Bring the copy to `step`, from the start where it has gone further; a run that diverges stops earlier.

        `show` is handed the histories of all layers so far, again and again.
        """
        clock = Clock(stop=stop, progress=progress)
        if step < self.step:
            self._begin()
            self._remember()
        first = self.step
        while self.step < step and self.ended is None and not clock.over:
            self.trainer.advance(min(EVERY - self.step % EVERY, step - self.step), beyond=True)
            self._remember()
            if show is not None:
                show(tuple(self.history(number) for number in range(len(self.layers))))
            clock.report((self.step - first) / (step - first))

    def history(self, layer: int) -> NormHistory:
        """Return how gamma and beta of a batch norm, counted from 0, went so far."""
        gamma, beta = (np.array([moment[layer] for moment in kept]) for kept in (self._gammas, self._betas))
        return NormHistory(np.array(self._steps), gamma, beta)

    def probe(self, statistics: Statistics, capacity: int) -> tuple[Probe, State]:
        """Return the network with room for `capacity` examples, and a copy of its state that may be changed.

        Parameters
        ----------
        statistics
            What normalises: those of the examples at hand, or the running ones. Neither changes the running ones.
        """
        trainer, state = self.trainer, self.trainer.state
        width, classes = trainer.setting.inputs.width, trainer.setting.dataset.classes
        program = compile_program(with_test_statistics(trainer.experiment, statistics), (width,), classes, capacity)
        copy = State(state.parameters.copy(), state.gradients, state.optimizer_state, state.running_statistics.copy())
        return Probe(program, copy), copy

    def spans(self, layer: int) -> tuple[slice, slice]:
        """Return where gamma and beta of a batch norm lie in the parameters."""
        at = self.layers[layer].operation
        found = {item.block.role: item.span for item in self.trainer.program.placed if item.operation == at}
        return found["gain"], found["shift"]

    def running(self, layer: int) -> tuple[Real, Real]:
        """Return the running mean and variance of a batch norm."""
        units = self.layers[layer].units
        start = int(self.trainer.program.layout[self.layers[layer].operation, STATE])
        kept = self.trainer.state.running_statistics[start : start + 2 * units].astype(np.float64)
        return kept[:units], kept[units:]

    def epsilon(self, layer: int) -> float:
        """Return what keeps the division of a batch norm away from 0."""
        entry = self.trainer.program.entries[self.layers[layer].operation]
        assert isinstance(entry, BatchNorm)
        return entry.epsilon

    def generator(self, *numbers: int) -> np.random.Generator:
        """Return random draws that depend on the run's order seed and on `numbers` alone."""
        return np.random.default_rng([self._run.experiment.seeds.order, *numbers])

    def mini_batch(self, size: int, number: int) -> NDArray[np.int64]:
        """Return the training examples of the mini-batch of that number, at most `size`."""
        training = self.trainer.setting.training
        return self.generator(size, number).choice(training, min(size, training.size), replace=False)

    def _begin(self) -> None:
        self.trainer = Trainer(self._run)
        self._steps: list[int] = []
        self._gammas: list[list[Real]] = []
        self._betas: list[list[Real]] = []

    def _remember(self) -> None:
        parameters = self.trainer.state.parameters
        spans = [self.spans(number) for number in range(len(self.layers))]
        self._steps.append(self.step)
        self._gammas.append([parameters[gain].astype(np.float64) for gain, _shift in spans])
        self._betas.append([parameters[shift].astype(np.float64) for _gain, shift in spans])


def with_test_statistics(experiment: Experiment, statistics: Statistics) -> Experiment:
    """Return a copy whose batch norm uses these statistics at test time."""
    network = tuple(
        replace(entry, test=statistics) if isinstance(entry, BatchNorm) else entry for entry in experiment.network
    )
    return replace(experiment, network=network)


def _norm_layers(program: Program) -> tuple[NormLayer, ...]:
    found = []
    for card in cards(program.experiment.network):
        for at in range(card.first, card.last + 1):
            if isinstance(program.entries[at], BatchNorm):
                found.append(NormLayer(card.name, at, math.prod(program.shapes[at])))
    return tuple(found)
