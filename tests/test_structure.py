"""The shape of the house: what `python -m tests.structure` prints, held."""

import statistics

import pytest

from tests.constructors import asked_too_early
from tests.structure import LONG_FUNCTION, arrows, arrows_up, circles, plot_depth, shape

MEDIAN_LINES = 100


def test_that_no_module_reaches_itself_by_its_imports():
    assert circles(arrows()) == []


def test_that_no_import_runs_to_a_higher_floor():
    assert arrows_up() == []


def test_that_circles_are_found():
    edges = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set(), "e": {"e"}}
    assert circles(edges) == [["b", "c"]]


def test_that_files_are_short():
    lines = shape().lines
    assert statistics.median(lines.values()) < MEDIAN_LINES


def test_that_no_constructor_asks_what_a_subclass_has_not_made_yet():
    assert asked_too_early() == []


@pytest.mark.parametrize("name", shape().bases)
def test_that_no_plot_is_deeper_than_three_classes(name):
    assert plot_depth(name) <= 3


def test_that_functions_are_long_only_in_kernels_and_the_loop():
    assert {name: lines for name, lines in shape().functions.items() if lines > LONG_FUNCTION} == {}
