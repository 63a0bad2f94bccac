"""Changes as data: put in, taken out, judged live or not."""

import msgspec
import pytest
from hypothesis import given

from simulator.data.preprocessing.standardise import Standardise
from simulator.data.sources.moons import Moons
from simulator.data.split import Split
from simulator.declaration import Field, declared_fields
from simulator.errors import ExperimentError
from simulator.experiment.experiment import Divergence, Experiment, Output, Seeds, Training
from simulator.experiment.patch import (
    apply,
    declared_at,
    difference,
    from_plain,
    is_live,
    kinds_at,
    to_plain,
)
from simulator.initializers import INITIALIZERS
from simulator.initializers.normal import Normal
from simulator.initializers.xavier import Xavier
from simulator.layers import LAYERS
from simulator.layers.dense import Dense
from simulator.layers.leaky_relu import LeakyReLU
from simulator.layers.relu import ReLU
from simulator.layers.tanh import Tanh
from simulator.optimizers import OPTIMIZERS
from simulator.schedules import SCHEDULES
from tests.declared import all_fields, called
from tests.strategies import experiments

TWO_LAYERS = Experiment(network=(Dense(units=3, key=1), ReLU(), Dense(units=4, key=2), LeakyReLU()))


# --- plain form ---


@given(experiments())
def test_that_an_experiment_survives_its_plain_form(experiment):
    assert from_plain(to_plain(experiment)) == experiment


# --- apply and difference ---


@given(experiments(), experiments())
def test_that_the_difference_of_two_experiments_turns_one_into_the_other(before, after):
    assert apply(before, difference(before, after)) == after
    assert apply(after, difference(after, before)) == before


@given(experiments())
def test_that_equal_experiments_differ_in_nothing(experiment):
    assert difference(experiment, experiment) == {}
    assert apply(experiment, {}) == experiment


@given(experiments(), experiments())
def test_that_a_difference_names_only_what_differs(before, after):
    for path, value in difference(before, after).items():
        assert apply(before, {path: value}) != before


def test_that_one_changed_field_is_one_path():
    after = msgspec.structs.replace(TWO_LAYERS, training=Training(learning_rate=0.5))
    assert difference(TWO_LAYERS, after) == {"training.learning_rate": 0.5}


def test_that_a_field_of_a_layer_is_named_by_its_place():
    assert difference(TWO_LAYERS, apply(TWO_LAYERS, {"network.2.units": 9})) == {"network.2.units": 9}


def test_that_another_kind_is_a_change_of_the_field_as_a_whole():
    after = msgspec.structs.replace(TWO_LAYERS, data=Moons(examples=50))
    assert difference(TWO_LAYERS, after) == {"data": {"kind": "moons", "examples": 50, "noise": 0.1}}


def test_that_another_number_of_layers_is_a_change_of_the_network_as_a_whole():
    after = msgspec.structs.replace(TWO_LAYERS, network=TWO_LAYERS.network[:2])
    assert list(difference(TWO_LAYERS, after)) == ["network"]


def test_that_changes_are_put_in_from_first_to_last():
    patch = {"data": {"kind": "moons", "noise": 0.1}, "data.noise": 0.5}
    assert apply(TWO_LAYERS, patch).data == Moons(noise=0.5)


@pytest.mark.parametrize(
    "path", ["", "colour", "training.colour", "network.9.units", "network.-1.units", "network.x", "name.x", "."]
)
def test_that_a_wrong_path_is_named(path):
    with pytest.raises(ExperimentError) as caught:
        apply(TWO_LAYERS, {path: 1})
    assert f"in '{path}'" in str(caught.value)


def test_that_a_wrong_value_is_named_and_nothing_changes():
    with pytest.raises(ExperimentError, match="learning rate must be between 0 and 1000000000, not -1"):
        apply(TWO_LAYERS, {"training.learning_rate": -1})
    assert TWO_LAYERS.training.learning_rate == Training().learning_rate


# --- live or restart ---

LIVE_STRUCTS = {"Training", "Divergence"}
"""What DESIGN says is live: every field of training, and of every optimizer and schedule."""
LIVE_FIELDS = {
    "LeakyReLU.slope",
    "ELU.alpha",
    "Dropout.probability",
    "BatchNorm.test",
    "BatchNorm.momentum",
    "BatchNorm.epsilon",
}
RESTARTING_STRUCTS = {"Experiment", "Split", "Output", "Seeds", "Dense"}
"""What DESIGN says restarts: data, split, preprocessing, layers, initialisers, seeds."""


@pytest.mark.parametrize(("struct", "field"), all_fields(), ids=called)
def test_that_every_field_is_live_or_restarts_as_designed(struct, field):
    kinds = {*OPTIMIZERS.values(), *SCHEDULES.values()}
    live = struct in kinds or struct.__name__ in LIVE_STRUCTS or f"{struct.__name__}.{field.name}" in LIVE_FIELDS
    assert field.about.live == live


def test_that_every_field_of_the_training_is_live():
    assert all(field.about.live for field in declared_fields(Training))
    assert all(field.about.live for field in declared_fields(Divergence))


def test_that_every_field_of_every_optimizer_is_live():
    for kind in OPTIMIZERS.values():
        assert all(field.about.live for field in declared_fields(kind)), kind


def test_that_nothing_of_data_seeds_and_initializers_is_live():
    kinds = [Experiment, Split, Output, Seeds, Dense, *INITIALIZERS.values()]
    for kind in kinds:
        assert not any(field.about.live for field in declared_fields(kind)), kind


@pytest.mark.parametrize(
    "patch",
    [
        {"name": "Spiral again"},
        {"training.learning_rate": 0.5},
        {"training.batch_size": 7},
        {"training.l2": 0.1},
        {"training.epochs": None},
        {"training.optimizer": {"kind": "sgd"}},
        {"training.optimizer.momentum": 0.5},
        {"training.divergence.factor": 3},
        {"training.divergence.enabled": False},
        {"training.divergence.judged": "epoch"},
        {"network.3.slope": 0.3},
        {"training.learning_rate": 0.5, "training.l2": 0.1},
        {},
    ],
    ids=str,
)
def test_that_training_is_edited_live(patch):
    assert is_live(TWO_LAYERS, patch)


@pytest.mark.parametrize(
    "patch",
    [
        {"data": {"kind": "moons"}},
        {"data.noise": 0.5},
        {"data.examples": 50},
        {"split.validation": 0.5},
        {"split.order": "file"},
        {"preprocessing": {"kind": "standardise"}},
        {"network": []},
        {"network.0": {"kind": "dense"}},
        {"network.1": {"kind": "tanh"}},
        {"network.0.units": 9},
        {"network.0.bias": 1.0},
        {"network.0.weights": {"kind": "xavier"}},
        {"network.0.key": 5},
        {"output.weights": {"kind": "xavier"}},
        {"output.bias": 1.0},
        {"seeds.data": 1},
        {"seeds.weights": 1},
        {"seeds.order": 1},
        {"training.learning_rate": 0.5, "seeds.order": 1},
    ],
    ids=str,
)
def test_that_what_the_run_starts_from_restarts_it(patch):
    assert not is_live(TWO_LAYERS, patch)


@given(experiments(), experiments())
def test_that_every_difference_can_be_judged(before, after):
    patch = difference(before, after)
    restarts = [
        getattr(before, part) != getattr(after, part)
        for part in ("data", "split", "preprocessing", "output", "loss", "seeds")
    ]
    if any(restarts):
        assert not is_live(before, patch)
    if before.network == after.network and not any(restarts):
        assert is_live(before, patch)


@given(experiments(), experiments())
def test_that_a_change_of_the_training_alone_is_live(before, other):
    after = msgspec.structs.replace(before, training=other.training, name=other.name)
    assert is_live(before, difference(before, after))


# --- what a form asks ---


def test_that_the_declaration_is_found_at_a_path():
    about = declared_at(TWO_LAYERS, "network.0.units")
    assert isinstance(about, Field)
    assert about.label == "Units"
    assert declared_at(TWO_LAYERS, "name") is None
    assert declared_at(TWO_LAYERS, "network.0") is None
    assert declared_at(TWO_LAYERS, "split") is None


def test_that_the_kinds_of_a_place_are_those_of_its_registry():
    assert kinds_at(TWO_LAYERS, "network.0.weights") == tuple(INITIALIZERS)
    assert kinds_at(TWO_LAYERS, "output.weights") == tuple(INITIALIZERS)
    assert kinds_at(TWO_LAYERS, "training.optimizer") == tuple(OPTIMIZERS)
    assert kinds_at(TWO_LAYERS, "training.learning_rate") == ()


def test_that_experiments_are_compared_by_value():
    assert Experiment(network=(Tanh(),)) == Experiment(network=(Tanh(),))
    assert Experiment(network=(Tanh(),)) != Experiment(network=(ReLU(),))
    assert Experiment(output=Output(weights=Xavier())) != Experiment(output=Output(weights=Normal()))
    assert Experiment(preprocessing=Standardise()) != Experiment()


def test_that_experiments_are_frozen():
    with pytest.raises(AttributeError):
        TWO_LAYERS.name = "other"
    with pytest.raises(AttributeError):
        TWO_LAYERS.network[0].units = 5


def test_that_every_layer_kind_is_known_by_its_id():
    for name, kind in LAYERS.items():
        assert from_plain({"network": [{"kind": name}]}).network[0].kind == kind().kind == name
