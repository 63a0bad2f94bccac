"""A run: an experiment, its edits, and the values in force at a step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply
from simulator.experiment.run import Edit, Run
from tests.strategies import experiments, live_patches

RATE = "training.learning_rate"


def rates(run, steps):
    return [run.at(step).training.learning_rate for step in steps]


def test_that_a_run_without_edits_is_its_experiment_at_every_step():
    assert Run(Experiment()).at(0) == Run(Experiment()).at(10**9) == Experiment()


def test_that_an_edit_is_in_force_from_its_step_on():
    run = Run(Experiment()).with_edit(5, {RATE: 0.5})
    assert rates(run, [0, 4, 5, 6]) == [0.1, 0.1, 0.5, 0.5]


def test_that_of_two_edits_at_one_step_the_later_one_holds():
    run = Run(Experiment()).with_edit(5, {RATE: 0.5}).with_edit(5, {RATE: 0.25})
    assert rates(run, [4, 5]) == [0.1, 0.25]


def test_that_undoing_an_edit_is_another_edit():
    run = Run(Experiment()).with_edit(5, {RATE: 0.5}).with_edit(8, {RATE: 0.1})
    assert rates(run, [4, 7, 8]) == [0.1, 0.5, 0.1]
    assert [edit.step for edit in run.edits] == [5, 8]


def test_that_logging_an_edit_leaves_the_run_it_was_made_from():
    before = Run(Experiment())
    after = before.with_edit(0, {RATE: 0.5})
    assert before.edits == ()
    assert after.experiment == before.experiment
    assert after.edits == (Edit(0, {RATE: 0.5}),)


@given(
    experiments(),
    st.lists(st.tuples(st.integers(0, 20), live_patches()), max_size=4).map(
        lambda edits: sorted(edits, key=lambda edit: edit[0])
    ),
    st.integers(0, 25),
)
def test_that_the_values_in_force_are_the_edits_put_in_one_after_another(experiment, edits, step):
    run, expected = Run(experiment), experiment
    for at, patch in edits:
        run = run.with_edit(at, patch)
        if at <= step:
            expected = apply(expected, patch)
    assert run.at(step) == expected


def test_that_an_edit_that_does_not_fit_is_named():
    with pytest.raises(ExperimentError, match="there is no 'colour'"):
        Run(Experiment()).with_edit(3, {"colour": 1}).at(3)
