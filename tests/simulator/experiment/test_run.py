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


@pytest.fixture
def counted(monkeypatch):
    """How many edits were put in, as a list of their patches."""
    made = []

    def counting(experiment, patch):
        made.append(patch)
        return apply(experiment, patch)

    monkeypatch.setattr("simulator.experiment.run.apply", counting)
    return made


def test_that_looking_back_into_a_long_log_puts_no_edit_in_twice(counted):
    run = Run(Experiment(), tuple(Edit(step, {RATE: 0.1 + step / 1000}) for step in range(300)))
    run.check_log()
    assert len(counted) == 300
    assert rates(run, range(0, 300, 7)) == [0.1 + step / 1000 for step in range(0, 300, 7)]
    longer = run.with_edit(300, {RATE: 9.0})
    assert rates(longer, [4, 299, 300]) == [0.1 + 4 / 1000, 0.399, 9.0]
    assert rates(longer.upto(100), [100, 300]) == [0.2, 0.2]
    assert rates(longer.first(3), [300]) == [0.1 + 2 / 1000]
    assert len(counted) == 301


def test_that_a_run_knows_nothing_of_edits_that_it_does_not_have():
    run = Run(Experiment()).with_edit(5, {RATE: 0.5})
    assert rates(run, [5]) == [0.5]
    assert rates(run.first(0).with_edit(5, {RATE: 0.7}), [5]) == [0.7]
    assert rates(run, [5]) == [0.5]
    assert run.upto(4) == Run(Experiment())


def test_that_parts_an_edit_leaves_alone_are_shared():
    before = Experiment()
    after = apply(before, {RATE: 0.5})
    assert after.data is before.data
    assert after.training != before.training
