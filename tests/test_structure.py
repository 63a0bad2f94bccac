"""The shape of the house: what `python -m tests.structure` prints, held."""

import statistics

import pytest

from tests.structure import LONG_FUNCTION, arrows, arrows_up, circles, plot_depth, shape

MOST_LINES = 350
MEDIAN_LINES = 100
MOST_METHODS = 25
DEEPEST_PLOT = 3


def test_that_no_module_reaches_itself_by_its_imports():
    assert circles(arrows()) == []


def test_that_no_import_runs_to_a_higher_floor():
    assert arrows_up() == []


def test_that_circles_are_found():
    edges = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set(), "e": {"e"}}
    assert circles(edges) == [["b", "c"]]


def test_that_files_are_short():
    lines = shape().lines
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert statistics.median(lines.values()) < MEDIAN_LINES


def test_that_functions_are_short_but_in_kernels_and_the_loop():
    assert {name: count for name, count in shape().functions.items() if count > LONG_FUNCTION} == {}


def test_that_no_class_does_everything():
    assert {name: count for name, count in shape().methods.items() if count > MOST_METHODS} == {}


@pytest.mark.parametrize("name", sorted(shape().bases))
def test_that_plots_are_made_of_parts_and_not_of_ancestors(name):
    assert plot_depth(name) <= DEEPEST_PLOT
