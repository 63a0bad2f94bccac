"""Bare training steps, without readings; for measuring what a step costs."""

import numpy as np
from numpy.typing import NDArray

from simulator.errors import ExperimentError
from simulator.machine import loop
from simulator.machine.intrinsics import flush_denormals, restore_control
from simulator.machine.probe import Inputs
from simulator.machine.program import Program
from simulator.machine.state import Arenas, State, arrays_of
from simulator.message import N_, Message

PLANNED = 2000  # steps of one call of the machine, at most
DEFAULT_RULE = np.array([1.0, 1000.0, 0.0])  # as training has it: judging costs a little too


class Stepper:
    """Makes steps from the examples `sample` in fresh orders, at one learning rate."""

    def __init__(
        self,
        program: Program,
        state: State,
        inputs: Inputs,
        sample: NDArray[np.int64],
        batch: int,
        rate: float,
        arenas: Arenas | None = None,
    ) -> None:
        self._program, self._state, self._inputs = program, state, inputs
        self._sample, self._batch, self._rate = sample, min(batch, sample.size), rate
        self._arrays = arrays_of(program, state, arenas or Arenas.of(program))
        self._rng = np.random.default_rng(2)
        self._tally = np.zeros(loop.TALLY)
        self._tally[loop.INITIAL_LOSS] = np.nan  # no loss is too large: what is asked for is time
        self._recent = np.zeros(100)
        self._made = 0

    def __call__(self, count: int) -> None:
        """Make `count` steps.

        Raises
        ------
        ExperimentError
            If the run diverges on the way.
        """
        while count > 0:
            number = min(PLANNED, count)
            self._advance(number)
            count -= number

    def _advance(self, number: int) -> None:
        program, inputs, none = self._program, self._inputs, np.zeros(0, np.int64)
        plan = np.zeros((number, 3), np.int64)
        plan[:, loop.BEGIN] = np.arange(number) % (self._sample.size // self._batch) * self._batch
        plan[:, loop.SIZE] = self._batch
        control = flush_denormals()
        try:
            made, _reason = loop.train(
                program.forward,
                program.backward,
                program.after,
                program.penalties,
                program.layout,
                self._arrays,
                self._state.optimizer_state,
                inputs.pixels,
                inputs.numbers,
                inputs.shift,
                inputs.scale,
                inputs.labels,
                self._rng.permutation(self._sample),
                plan,
                np.full(number, self._rate, program.dtype),
                0,
                self._made,
                np.empty(number),
                np.empty(number),
                np.zeros(0, program.dtype),
                DEFAULT_RULE,
                self._recent,
                self._tally,
                none,
                none,
                1,
                np.zeros((0, 4)),
                np.zeros(1, np.int64),
            )
        finally:
            restore_control(control)
        if made < number:
            raise ExperimentError(Message(N_("training diverges here, so its steps cannot be timed")))
        self._made += number
