"""Faults are found before anything is built, and named in one sentence."""

import math
from typing import Literal, get_args, get_origin

import msgspec
import numpy as np
import pytest
from hypothesis import given

from simulator.declaration import Field, declared_fields
from simulator.errors import ExperimentError
from simulator.experiment.check import check
from simulator.experiment.patch import from_plain
from simulator.message import InSentence
from tests.declared import all_fields, all_structs, called
from tests.strategies import damaged, experiments, garbage

NUMBERS = (int, float, int | None)


def numeric(side):
    """Every declared number that has a bound on `side`."""
    return [
        pytest.param(struct, field, id=f"{called(struct)}.{field.name}")
        for struct, field in all_fields()
        if field.type in NUMBERS and getattr(field.about, side) is not None
    ]


def declared(*types):
    return [
        pytest.param(struct, field, id=f"{called(struct)}.{field.name}")
        for struct, field in all_fields()
        if field.type in types
    ]


def number(field, value):
    return float(value) if field.type is float else int(value)


def beyond(field, bound, direction):
    return math.nextafter(bound, direction * math.inf) if field.type is float else int(bound) + direction


def sentence(raw, struct):
    with pytest.raises(ExperimentError) as caught:
        check(raw, struct)
    return str(caught.value)


def tag(struct):
    config = struct.__struct_config__
    return {config.tag_field: config.tag} if config.tag_field else {}


@pytest.mark.parametrize(("struct", "field"), numeric("low"))
def test_that_a_number_may_be_its_lower_bound_and_nothing_below(struct, field):
    check({**tag(struct), field.name: number(field, field.about.low)}, struct)
    value = beyond(field, field.about.low, -1)
    said = sentence({**tag(struct), field.name: value}, struct)
    assert f": {InSentence(field.about.label)} must be " in said
    assert f"{field.about.low:.10g}" in said
    assert said.endswith(f", not {value}")


@pytest.mark.parametrize(("struct", "field"), numeric("high"))
def test_that_a_number_may_be_its_upper_bound_and_nothing_above(struct, field):
    check({**tag(struct), field.name: number(field, field.about.high)}, struct)
    value = beyond(field, field.about.high, 1)
    said = sentence({**tag(struct), field.name: value}, struct)
    assert f": {InSentence(field.about.label)} must be " in said
    assert f"{field.about.high:.10g}" in said
    assert said.endswith(f", not {value}")


@pytest.mark.parametrize(("struct", "field"), numeric("low"))
def test_that_the_default_lies_inside_the_bounds(struct, field):
    if field.default is not None:
        assert field.about.low <= field.default
        assert field.about.high is None or field.default <= field.about.high


@pytest.mark.parametrize(("struct", "field"), declared(*NUMBERS))
@pytest.mark.parametrize("wrong", ["1", True, [], {}, math.nan, math.inf, -math.inf, 10**400])
def test_that_a_number_must_be_a_finite_number(struct, field, wrong):
    assert f"{InSentence(field.about.label)} must be a " in sentence({**tag(struct), field.name: wrong}, struct)


@pytest.mark.parametrize(("struct", "field"), declared(int, int | None))
def test_that_a_count_must_be_whole(struct, field):
    assert "must be a whole number, not 2.5" in sentence({**tag(struct), field.name: 2.5}, struct)


@pytest.mark.parametrize(("struct", "field"), declared(int, float))
def test_that_a_number_must_be_there(struct, field):
    assert sentence({**tag(struct), field.name: None}, struct).endswith("not null")


@pytest.mark.parametrize(("struct", "field"), declared(int | None))
def test_that_an_optional_number_may_be_missing(struct, field):
    check({**tag(struct), field.name: None}, struct)


@pytest.mark.parametrize(("struct", "field"), declared(bool))
@pytest.mark.parametrize("wrong", [0, 1, "true", None, []])
def test_that_a_switch_must_be_true_or_false(struct, field, wrong):
    assert "must be true or false, not " in sentence({**tag(struct), field.name: wrong}, struct)


@pytest.mark.parametrize(
    ("struct", "field"),
    [pytest.param(s, f, id=f"{called(s)}.{f.name}") for s, f in all_fields() if get_origin(f.type) is Literal],
)
def test_that_a_choice_must_be_one_of_its_words(struct, field):
    for choice in get_args(field.type):
        check({**tag(struct), field.name: choice}, struct)
        assert choice in (field.about.words or {})
    said = sentence({**tag(struct), field.name: "neither"}, struct)
    assert all(repr(choice) in said for choice in get_args(field.type))
    for wrong in (None, 1, [], {}):
        sentence({**tag(struct), field.name: wrong}, struct)


@pytest.mark.parametrize("struct", all_structs(), ids=called)
def test_that_an_unknown_field_is_named_with_the_known_ones(struct):
    said = sentence({**tag(struct), "colour": 1}, struct)
    assert "there is no field 'colour'" in said
    assert all(repr(name) in said for name in struct.__struct_fields__)


@pytest.mark.parametrize("struct", all_structs(), ids=called)
@pytest.mark.parametrize("wrong", [None, 1, "relu", [], True])
def test_that_a_struct_must_be_a_group_of_fields(struct, wrong):
    assert "a group of named fields is expected here" in sentence(wrong, struct)


@pytest.mark.parametrize("struct", all_structs(), ids=called)
def test_that_the_defaults_of_every_struct_are_sound(struct):
    check({**tag(struct)}, struct)
    check(msgspec.to_builtins(struct()), struct)


KIND_FIELDS = {
    "data": "data set",
    "preprocessing": "preprocessing",
    "output.weights": "output layer",
    "loss": "loss",
    "training.optimizer": "training",
}


def planted(path, value):
    raw = value
    for name in reversed(path.split(".")):
        raw = {name: raw}
    return raw


@pytest.mark.parametrize("path", KIND_FIELDS)
@pytest.mark.parametrize("kind", ["perceptron", "", None, 3])
def test_that_an_unknown_kind_is_named_with_its_place(path, kind):
    with pytest.raises(ExperimentError) as caught:
        from_plain(planted(path, {"kind": kind}))
    assert str(caught.value).startswith(f"{KIND_FIELDS[path]}: there is no kind '{kind}'; the kinds are ")


@pytest.mark.parametrize("path", KIND_FIELDS)
@pytest.mark.parametrize("kind", [[], {}])
def test_that_a_kind_that_is_no_text_is_named_too(path, kind):
    with pytest.raises(ExperimentError):
        from_plain(planted(path, {"kind": kind}))


@pytest.mark.parametrize("path", KIND_FIELDS)
def test_that_a_missing_kind_is_asked_for(path):
    with pytest.raises(ExperimentError, match="the field 'kind' is missing; give one of"):
        from_plain(planted(path, {}))


@pytest.mark.parametrize("kind", ["perceptron", None, 3])
def test_that_an_unknown_layer_is_named_with_its_number(kind):
    raw = {"network": [{"kind": "dense"}, {"kind": "relu"}, {"kind": kind}]}
    with pytest.raises(ExperimentError) as caught:
        from_plain(raw)
    assert str(caught.value).startswith(f"layer 2: there is no kind '{kind}'; the kinds are dense")


@pytest.mark.parametrize("kind", [[], {}])
def test_that_a_layer_whose_kind_is_no_text_is_named_too(kind):
    with pytest.raises(ExperimentError, match="layer 1: there is no kind"):
        from_plain({"network": [{"kind": kind}]})


def test_that_a_fault_names_the_card_that_the_window_shows():
    network = [{"kind": "dense"}, {"kind": "leaky_relu"}, {"kind": "dense"}, {"kind": "leaky_relu", "slope": 2}]
    with pytest.raises(ExperimentError) as caught:
        from_plain({"network": network})
    assert str(caught.value) == "layer 2: slope must be between 0 and 1, not 2"


def test_that_a_fault_deep_in_a_layer_names_the_layer():
    network = [{"kind": "dense", "weights": {"kind": "normal", "scale": -1}}]
    with pytest.raises(ExperimentError) as caught:
        from_plain({"network": network})
    assert str(caught.value) == "layer 1: scale must be between 0 and 100, not -1"


@pytest.mark.parametrize("network", [None, {}, "dense", 5])
def test_that_the_network_must_be_a_list(network):
    with pytest.raises(ExperimentError, match="layers: a list is expected here"):
        from_plain({"network": network})


def test_that_faults_are_words_and_not_python():
    with pytest.raises(ExperimentError) as caught:
        from_plain({"training": {"learning_rate": None}})
    assert str(caught.value) == "training: learning rate must be a number, not null"


@given(garbage())
def test_that_garbage_raises_nothing_but_a_sentence(raw):
    judge(raw)


@given(damaged())
def test_that_a_damaged_experiment_raises_nothing_but_a_sentence(raw):
    judge(raw)


def judge(raw):
    said = ""
    try:
        msgspec.json.encode(from_plain(raw))
    except ExperimentError as fault:
        said = str(fault)
    assert "{place}" not in said


@pytest.mark.parametrize("name", ["\ud800", "a\udfffb"])
def test_that_a_name_that_no_file_can_hold_is_refused(name):
    with pytest.raises(ExperimentError):
        from_plain({"name": name})


def test_that_a_number_too_long_to_print_is_refused_in_a_sentence():
    with pytest.raises(ExperimentError, match="must be"):
        from_plain({"seeds": {"data": 10**5000}})


@given(experiments())
def test_that_every_drawn_experiment_is_sound(experiment):
    assert from_plain(msgspec.to_builtins(experiment)) == experiment


def test_that_every_declared_field_has_a_label_and_a_help_sentence_that_ends():
    for struct, field in all_fields():
        assert field.about.label, (struct, field.name)
        assert isinstance(field.about, Field)
        if field.about.help:
            assert field.about.help.endswith("."), (struct, field.name)


def test_that_only_names_and_groups_go_undeclared():
    for struct in all_structs():
        undeclared = set(struct.__struct_fields__) - {field.name for field in declared_fields(struct)}
        assert undeclared <= {"name", "key", "split", "output", "training", "seeds", "divergence"}, struct


def test_that_numbers_of_numpy_are_no_plain_form():
    with pytest.raises(ExperimentError):
        from_plain({"training": {"batch_size": np.int64(3)}})
