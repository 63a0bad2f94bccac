"""What activations cost: figures of this computer, so only what must hold everywhere is asked."""

import pytest

from simulator.analysis.activations import SCALAR_FUNCTIONS, ScalarFunction, cost
from simulator.analysis.activations.cost import element_costs, step_shares
from simulator.analysis.activations.timing import LEAST, take_turns
from simulator.errors import ExperimentError
from simulator.experiment import find, from_plain

BOTH = [ScalarFunction.default("relu"), ScalarFunction.default("sigmoid")]
QUICK = {"rounds": 2, "seconds": 2e-4}
SMALL = {
    "data": {"kind": "spiral"},
    "network": [
        {"kind": "dense", "units": 7},
        {"kind": "relu"},
        {"kind": "dense", "units": 5},
        {"kind": "tanh"},
    ],
    "training": {"batch_size": 20},
}


def small(**changes):
    return from_plain({**SMALL, **changes})


def worked(log, name):
    def steps(count):
        log.append((name, count))
        sum(range(1000 * count))

    return steps


def test_that_contestants_take_turns_and_enter_often_enough_to_be_timed():
    log = []
    times = take_turns({"a": worked(log, "a"), "b": worked(log, "b")}, 3, 1e-5)
    assert {name: len(each) for name, each in times.items()} == {"a": 3, "b": 3}
    turns = [name for name, _count in log[-6:]]
    assert turns == ["a", "b", "a", "b", "a", "b"]
    assert len({count for name, count in log[-6:] if name == "a"}) == 1
    assert all(spent > 0 for each in times.values() for spent in each)


def test_that_turns_can_be_stopped_between_rounds():
    answers = iter([False, True])
    shares = []
    times = take_turns({"a": worked([], "a")}, 5, 1e-5, lambda: next(answers), shares.append)
    assert len(times["a"]) == 1
    assert shares == [0.2]


def test_that_a_used_up_budget_leaves_enough_rounds():
    times = take_turns({"a": worked([], "a")}, 100, 1e-5, budget=0.0)
    assert len(times["a"]) == LEAST


def test_that_every_activation_is_timed_forward_and_backward():
    found = element_costs([ScalarFunction.default(kind) for kind in SCALAR_FUNCTIONS], **QUICK)
    kinds = [each.function.kind for each in found.costs]
    assert kinds == [kind for kind, declared in SCALAR_FUNCTIONS.items() if declared.elementwise]
    assert (found.units * found.batch, found.rounds) == (10_000, 2)
    for each in found.costs:
        assert each.forward > 0
        assert each.backward > 0
        assert each.total == each.forward + each.backward


def test_that_the_kernel_is_what_is_timed(monkeypatch):
    """Operation 0 alone, for a full batch: what is divided by is what is worked on."""
    monkeypatch.setattr(cost, "repeat_forward", lambda *arguments: calls.append(arguments))
    monkeypatch.setattr(cost, "repeat_backward", lambda *arguments: calls.append(arguments))
    calls = []
    element_costs(BOTH[:1], rounds=1, seconds=1e-9)
    assert {(first, last, batch) for _addresses, _layout, _arrays, first, last, batch, _times in calls} == {(0, 1, 100)}


def test_that_the_share_is_measured_for_the_network_and_for_every_replacement():
    found = step_shares(small(), BOTH, **QUICK)
    assert [each.function for each in found.shares] == [None, *BOTH]
    assert (found.elements, found.batch) == (20 * (7 + 5), 20)
    for each in found.shares:
        assert 0 < each.share <= 1
        assert each.step > 0


def test_that_the_replacement_stands_in_the_place_of_every_activation(monkeypatch):
    seen = []
    compiled = cost._compiled
    monkeypatch.setattr(cost, "_compiled", lambda *asked: seen.append(compiled(*asked)) or seen[-1])
    step_shares(small(), BOTH[1:], **QUICK)
    kinds = [[entry.kind for entry in program.experiment.network] for program in seen]
    assert kinds == [["dense", "relu", "dense", "tanh"], ["dense", "sigmoid", "dense", "sigmoid"]]


def test_that_training_sets_smaller_than_a_mini_batch_are_measured_too():
    whole = small(training={"batch_size": 100_000})
    found = step_shares(whole, [], **QUICK)
    assert 0 < found.batch < 100_000


@pytest.mark.parametrize("name", ["digits"])
def test_that_a_built_in_experiment_is_measured(name):
    assert step_shares(find(name).experiment, [], rounds=1, seconds=1e-4).shares[0].step > 0


def test_that_a_network_without_activations_is_said_to_have_none():
    with pytest.raises(ExperimentError, match="no activation"):
        step_shares(small(network=[{"kind": "dense", "units": 3}]), BOTH)


def test_that_both_measurements_can_be_stopped():
    assert element_costs(BOTH, stop=lambda: True).costs == ()
    assert step_shares(small(), BOTH, stop=lambda: True).shares == ()
