"""Which changes may be made in the middle of a run, with the weights it has."""

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from simulator.data.sources.moons import Moons
from simulator.data.split import Split
from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment, Output
from simulator.experiment.fork import forked, may_fork
from simulator.experiment.patch import apply
from simulator.initializers.xavier import Xavier
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dense import Dense
from simulator.layers.dropout import Dropout
from simulator.layers.leaky_relu import LeakyReLU
from simulator.layers.maxout import Maxout
from simulator.layers.prelu import PReLU
from simulator.layers.relu import ReLU
from simulator.layers.tanh import Tanh
from tests.strategies import edited_runs, experiments

pytestmark = pytest.mark.slow

NETWORK = (Dense(units=4, key=1), BatchNorm(), ReLU(), Dense(units=4, key=2), LeakyReLU())


def forks(changed):
    before = Experiment(network=NETWORK)
    return may_fork(before, replace(before, **changed), 4, 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "another"},
        {"network": (Dense(units=4, key=1), BatchNorm(momentum=0.5), Tanh(), Dense(units=4, key=2), LeakyReLU())},
        {"network": (Dense(units=4, key=1), BatchNorm(), ReLU(), Dropout(), Dense(units=4, key=2))},
        {"network": (Dense(units=4, key=1), BatchNorm(), ReLU(), Dense(units=4, key=2), LeakyReLU(slope=0.5))},
    ],
    ids=["name", "activation", "dropout", "slope"],
)
def test_that_what_leaves_every_parameter_in_its_place_may_fork(changed):
    assert forks(changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"data": Moons()},
        {"split": Split(validation=0.5)},
        {"output": Output(weights=Xavier())},
        {"network": (Dense(units=4, key=2), BatchNorm(), ReLU(), Dense(units=4, key=1), LeakyReLU())},
        {"network": (Dense(units=4, key=1), ReLU(), Dense(units=4, key=2), LeakyReLU())},
        {"network": (Dense(units=4, key=1), BatchNorm(), PReLU(), Dense(units=4, key=2), LeakyReLU())},
        {"network": (BatchNorm(), Dense(units=4, key=1), ReLU(), Dense(units=4, key=2), LeakyReLU())},
        {"network": (Dense(units=4, key=1, weights=Xavier()), *NETWORK[1:])},
        {"network": (Dense(units=4, key=1, bias=1.0), *NETWORK[1:])},
        {"network": (Maxout(units=2, pieces=2, key=1), *NETWORK[1:])},
        {"network": (Dense(units=5, key=1), *NETWORK[1:])},
        {"network": (ReLU(), *NETWORK)},
    ],
    ids=[
        "data",
        "split",
        "output's scheme",
        "keys",
        "batch norm left out",
        "slopes that are learned",
        "batch norm moved to where it is as wide",
        "scheme",
        "bias",
        "maxout of as many weights",
        "units",
        "another card",
    ],
)
def test_that_what_moves_a_parameter_or_a_statistic_does_not_fork(changed):
    assert not forks(changed)


@pytest.mark.parametrize("seed", ["data", "weights", "order"])
def test_that_no_seed_forks(seed):
    before = Experiment()
    assert not may_fork(before, apply(before, {f"seeds.{seed}": 7}), 2, 2)


@settings(max_examples=30)
@given(edited_runs(4, 20))
def test_that_every_live_edit_may_fork(run):
    for edit in run.edits:
        before = run.at(edit.step - 1)
        assert may_fork(before, apply(before, edit.patch), 3, 2)


@given(experiments())
def test_that_nothing_changed_may_fork(experiment):
    assert may_fork(experiment, experiment, 6, 3)


def test_that_a_change_that_may_not_fork_is_named():
    before = Experiment(network=NETWORK)
    assert forked(before, {"network.2": {"kind": "tanh"}}, 4, 2).network[2] == Tanh()
    with pytest.raises(ExperimentError, match="starts the run again"):
        forked(before, {"network.0.units": 5}, 4, 2)
    with pytest.raises(ExperimentError, match="there is no 'colour'"):
        forked(before, {"colour": 5}, 4, 2)
