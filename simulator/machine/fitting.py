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
    blocks = {(item.operation, item.block.role): item for item in program.placed}
    asking = [item for item in program.placed if item.block.role == "weight" and item.block.initializer.rounds]
    if not asking:
        return state
    probe = Probe(program, state)
    for item in asking:
        bias = blocks[item.operation, "bias"]
        for _round in range(item.block.initializer.rounds):
            probe.forward(inputs, sample)
            if not _fit(state, probe.output(item.operation - 1), item, bias):
                break
    return state


def _fit(state: State, x: NDArray[Any], item: PlacedBlock, bias: PlacedBlock) -> bool:
    """Fit one layer to its inputs x (examples, fan_in); tell whether anything changed."""
    weights = state.parameters[item.span].astype(np.float64).reshape(item.block.shape)
    biases = state.parameters[bias.span].astype(np.float64)
    fitted = item.block.initializer.fitted(weights, biases, x.astype(np.float64) @ weights + biases)
    if fitted is None:
        return False
    state.parameters[item.span], state.parameters[bias.span] = fitted[0].ravel(), fitted[1]
    return True
