"""The shape of the house: what `python -m tests.structure` prints, held."""

import statistics

from tests.constructors import asked_too_early, classes_in
from tests.structure import LONG_FUNCTION, arrows, arrows_up, circles, plot_depth, shape

MEDIAN_LINES = 100
MOST_LINES = 350
MOST_METHODS = 25


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


def test_that_no_file_is_long():
    assert {name: lines for name, lines in shape().lines.items() if lines > MOST_LINES} == {}


def test_that_no_class_does_too_many_things():
    assert {name: methods for name, methods in shape().methods.items() if methods > MOST_METHODS} == {}


def test_that_no_constructor_asks_what_a_subclass_has_not_made_yet():
    assert asked_too_early() == []


def test_that_a_constructor_that_asks_too_early_is_found(monkeypatch):
    text = """
class Page:
    def __init__(self):
        self._lay_out()
        self.button.clicked.connect(self.press)
    def _lay_out(self):
        self.fill()
        self.room
    def fill(self): ...
    def press(self): ...
    @property
    def room(self): ...

class Own(Page):
    def fill(self): ...
    def press(self): ...
    @property
    def room(self): ...
"""
    found = classes_in("page", text)
    monkeypatch.setattr("tests.constructors.classes", lambda: found)
    assert asked_too_early() == [("page:Page", "fill", "page:Own"), ("page:Page", "room", "page:Own")]


def test_that_no_plot_is_deeper_than_three_classes():
    assert {name: plot_depth(name) for name in shape().bases if plot_depth(name) > 3} == {}


def test_that_functions_are_long_only_in_kernels_and_the_loop():
    assert {name: lines for name, lines in shape().functions.items() if lines > LONG_FUNCTION} == {}
