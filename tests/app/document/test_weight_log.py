"""Sequences of weights set by hand."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.weight_log import Weights, missing, with_edit
from simulator.experiment import WeightEdit


def edit(step: int, unit: int, old: float, new: float) -> WeightEdit:
    return WeightEdit(step, "output.b", (unit,), old, new)


def test_that_one_weight_has_one_entry_a_step() -> None:
    weights = with_edit(with_edit((), edit(3, 0, 1.0, 2.0)), edit(3, 1, 0.0, 5.0))
    assert with_edit(weights, edit(3, 0, 2.0, 4.0)) == (edit(3, 0, 1.0, 4.0), edit(3, 1, 0.0, 5.0))
    assert with_edit(weights, edit(4, 0, 2.0, 4.0))[-1] == edit(4, 0, 2.0, 4.0)
    assert with_edit(weights, edit(3, 0, 2.0, 1.0)) == (edit(3, 1, 0.0, 5.0),)
    assert with_edit(weights, edit(3, 2, 7.0, 7.0)) == weights


sequences = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 3))).map(
    lambda made: _grown(tuple(edit(step, unit, 0.0, float(value)) for step, unit, value in sorted(made)))
)


def _grown(edits: Weights) -> Weights:
    weights: Weights = ()
    for each in edits:
        weights = with_edit(weights, each)
    return weights


@given(sequences, sequences)
def test_that_what_is_missing_makes_one_of_the_other(held: Weights, wanted: Weights) -> None:
    lacks = missing(held, wanted)
    for each in lacks:
        held = with_edit(held, each)
    assert set(held) == set(wanted)
    assert [each.step for each in lacks] == sorted(each.step for each in lacks)
    assert missing(held, wanted) == ()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_that_the_order_of_entries_of_one_step_means_nothing(order: tuple[int, ...]) -> None:
    entries = [edit(5, unit, 0.0, 1.0) for unit in range(3)]
    assert missing(tuple(entries), tuple(entries[unit] for unit in order)) == ()
