"""The state before the first step, data-dependent initialisers included."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.machine.probe import Inputs, Probe
from simulator.machine.program import PlacedBlock, Program
from simulator.machine.state import State


def initial_state(program: Program, inputs: Inputs, sample: NDArray[np.int64]) -> State:
    """Return the state before the first step.

    Layers whose initialiser looks at data are fitted one after the other on the training examples `sample`.
    """
    state = State.initial(program)
    if needs_fitting(program):
        probe = Probe(program, state)
        probe.load(inputs, sample)
        fit_on_the_way(probe, state)
    return state


def needs_fitting(program: Program) -> bool:
    """Tell whether an initialiser looks at data."""
    return any(item.block.initializer.rounds for item in program.placed)


def fit_on_the_way(probe: Probe, state: State) -> None:
    """Fit layer after layer to what reaches it of the examples loaded into `probe`, whose parameters are `state`'s."""
    program = probe.program
    blocks = {(item.operation, item.block.role): item for item in program.placed}
    done = 0
    for item in program.placed:
        if item.block.role == "weight" and item.block.initializer.rounds:
            probe.run(done, item.operation)
            done = item.operation
            _fit(state, probe.output(done - 1).astype(np.float64), item, blocks[item.operation, "bias"])


def _fit(state: State, x: NDArray[Any], item: PlacedBlock, bias: PlacedBlock) -> None:
    """Fit one layer to its inputs x (examples, fan_in), in as many rounds as its initialiser allows and needs."""
    for _round in range(item.block.initializer.rounds):
        weights = state.parameters[item.span].astype(np.float64).reshape(item.block.shape)
        biases = state.parameters[bias.span].astype(np.float64)
        fitted = item.block.initializer.fitted(weights, biases, x @ weights + biases)
        if fitted is None:
            return
        state.parameters[item.span], state.parameters[bias.span] = fitted[0].ravel(), fitted[1]
