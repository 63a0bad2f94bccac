"""How numbers are called."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ExperimentError
from simulator.quantities import Name, declared, quantities, read_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gap", Name("gap", ())),
        ("accuracy.all", Name("accuracy.all", ())),
        ("layers[3].dead@0", Name("layers[].dead", ("3",), step=0)),
        ("layers[3].dead@end", Name("layers[].dead", ("3",), step="end")),
        ("zigzag(positive, 1).same_sign", Name("zigzag().same_sign", ("positive", "1"))),
        ("epochs_to(0.1)", Name("epochs_to()", ("0.1",))),
        ("fn[leaky_relu].slope(-1e1)", Name("fn[].slope()", ("leaky_relu", "-1e1"))),
        ("graph[neuron].grad(b, b = -10)", Name("graph[].grad()", ("neuron", "b"), (("b", "-10"),))),
        ("  bn.batch( 32 )@160 ", Name("bn.batch()", ("32",), step=160)),
    ],
)
def test_that_a_name_is_taken_apart(text, name):
    assert read_name(text) == name


NO_NAMES = """
. gap. gap..all layers[].dead layers[3 fn(relu gap@ gap@-1 gap@0.5 gap;exit() __import__('os') gap@end@0 (1)
epochs_to() 1gap
"""


@pytest.mark.parametrize("text", ["", "a b", "x" * 300, "layers[k for k in x].dead", *NO_NAMES.split()])
def test_that_what_is_no_name_is_refused_in_a_sentence(text):
    with pytest.raises(ExperimentError, match="form of a quantity"):
        read_name(text)


@given(st.text(max_size=60))
def test_that_any_text_is_read_or_refused_in_a_sentence(text):
    with suppress(ExperimentError):
        name = read_name(text)
        declared(name).values_of(name)


def test_that_every_form_is_found_by_its_own_name():
    for form, quantity in quantities().items():
        assert declared(read_name(form)) is quantity
        assert quantity.meaning.endswith("."), form
        assert quantity.sample, form


def test_that_the_nearest_are_proposed():
    with pytest.raises(ExperimentError, match=r"'acuracy\.all'; near it are accuracy\.all"):
        declared(read_name("acuracy.all"))
    with pytest.raises(ExperimentError, match="`list` prints all"):
        declared(read_name("zzzzzzzzzzzz"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("layers[-1].dead", "'-1' cannot be the k of layers\\[k\\].dead: a whole number from 0 on"),
        ("signal[0].std", "a whole number from 1 on"),
        ("fn[relo].slope(1)", "one of .*relu"),
        ("epochs_to(nan)", "a number"),
        ("epochs_to(1, 2)", "takes 1 value"),
        ("signal[1].std@3", "belongs to no step"),
        ("epochs_to(0.1, b=2)", "no values by name"),
    ],
)
def test_that_a_value_that_does_not_fit_is_refused_in_a_sentence(text, sentence):
    name = read_name(text)
    with pytest.raises(ExperimentError, match=sentence):
        declared(name).values_of(name)
