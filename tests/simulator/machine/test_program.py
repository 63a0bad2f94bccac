"""An experiment compiled to a table: where everything lies, and what it starts from."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load, names
from simulator.initializers.zeros import Zeros
from simulator.kernels import columns as c
from simulator.layers.base import Block
from simulator.layers.dense import Dense
from simulator.layers.relu import ReLU
from simulator.machine.draws import draw_parameters
from simulator.machine.program import GUARD, compile_program
from simulator.machine.state import Arenas, State
from tests import reference
from tests.strategies import small_experiments, small_networks

pytestmark = pytest.mark.slow

networks = small_experiments(networks=small_networks(6))
widths = st.integers(1, 7)
class_counts = st.integers(2, 6)


@given(networks, widths, class_counts, st.booleans())
def test_that_no_two_blocks_overlap_and_none_sticks_out(experiment, width, classes, guarded):
    program = compile_program(experiment, (width,), classes, 9, guarded=guarded)
    gap = GUARD if guarded else 0
    spans = sorted((item.offset, item.offset + item.size) for item in program.placed)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), program.parameter_size]
    assert all(start - end == gap for start, end in zip(starts, ends, strict=True))


@given(networks, widths, class_counts)
def test_that_the_output_of_an_operation_is_the_input_of_the_next(experiment, width, classes):
    program = compile_program(experiment, (width,), classes, 9)
    rows = program.layout
    assert rows.shape[1] == c.COLUMNS
    assert rows[0][c.N_IN] == width
    assert rows[0][c.FIRST] == 1
    assert not rows[1 : program.operations, c.FIRST].any()
    for above, below in zip(rows[1 : program.operations + 1], rows, strict=False):
        assert (above[c.INPUT], above[c.N_IN]) == (below[c.OUTPUT], below[c.N_OUT])
    assert rows[program.operations][c.N_IN] == classes


@given(networks, widths, class_counts)
def test_that_the_weights_at_the_start_are_drawn_in_float64_and_rounded(experiment, width, classes):
    expected = reference.flat(reference.initial_weights(experiment, width, classes))
    for dtype in (np.float32, np.float64):
        found = draw_parameters(compile_program(experiment, (width,), classes, 9, dtype))
        assert found.dtype == dtype
        np.testing.assert_allclose(found, expected.astype(dtype), rtol=1e-7 if dtype == np.float32 else 1e-15)


@given(networks, widths, class_counts)
def test_that_the_shapes_follow_from_the_layers(experiment, width, classes):
    program = compile_program(experiment, (width,), classes, 9)
    assert program.shapes[0] == (width,)
    assert program.shapes[-1] == (classes,)
    assert len(program.shapes) == len(experiment.network) + 2
    assert program.parameter_size == sum(item.size for item in program.placed)


def test_that_the_addresses_of_a_kernel_are_the_same_in_every_program():
    program = compile_program(Experiment(network=(Dense(key=1), ReLU(), Dense(key=2), ReLU())), (2,), 2, 9)
    assert program.forward[0] == program.forward[2] == program.forward[4]
    assert program.forward[1] == program.forward[3]
    assert len(set(program.forward)) == 3
    single, double = (compile_program(Experiment(), (2,), 2, 9, dtype) for dtype in (np.float32, np.float64))
    assert single.forward[0] != double.forward[0]


@pytest.mark.parametrize("name", names())
def test_that_every_built_in_experiment_compiles(name):
    experiment = load(name).experiment
    data = experiment.data.load(experiment.seeds.data)
    program = compile_program(experiment, (data.width,), data.classes, 10)
    assert len(program.groups) == sum(entry.weighted for entry in experiment.network) + 1


def test_that_arenas_have_room_for_the_capacity():
    program = compile_program(Experiment(network=(Dense(units=5, key=1), ReLU())), (3,), 2, 7)
    arenas = Arenas.of(program, fill=np.nan)
    assert arenas.activations.size == arenas.deltas.size == 7 * (3 + 5 + 5 + 2)
    assert np.isnan(arenas.activations).all()
    for batch in (1, 7):
        shapes = [arenas.output(program, operation, batch).shape for operation in (-1, 0, 1, 2)]
        assert shapes == [(batch, 3), (batch, 5), (batch, 5), (batch, 2)]


def test_that_a_state_begins_with_empty_slots():
    program = compile_program(load("spiral").experiment, (2,), 2, 7)
    state = State.initial(program)
    assert state.parameters.size == state.gradients.size == program.parameter_size
    assert not state.gradients.any()
    assert not state.optimizer_state.any()
    assert all(a.dtype == np.float32 for a in (state.parameters, state.gradients, state.optimizer_state))
    assert math.prod(program.placed[0].block.shape) == program.placed[0].size


@pytest.mark.parametrize("asked", ["integers", "blocks"])
def test_that_a_kind_may_fill_its_four_columns_and_no_other(monkeypatch, asked):
    """One more would stand where the next columns are read: a fifth whole number is the key of random draws."""

    def of(count):
        blocks = tuple(Block("b", (3,), "bias", 3, 3, Zeros()) for _ in range(count))
        monkeypatch.setattr(ReLU, asked, lambda _layer, _shape: blocks if asked == "blocks" else (7,) * count)
        return compile_program(Experiment(network=(Dense(units=3, key=1), ReLU())), (2,), 2, 5).layout[1]

    assert of(4)[c.OPERATION] == 1
    with pytest.raises(ValueError, match=r"relu.*5 are declared.*4 columns"):
        of(5)
