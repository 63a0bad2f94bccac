"""What each example adds: bars that come one by one, and their average."""

import numpy as np

from app.plots.lab.terms import Terms, TermsPlot
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

VALUES = np.array([0.5, -0.2, 0.0, 0.9, -1.1])


def test_that_only_known_terms_are_drawn(show_plot: ShowPlot) -> None:
    plot = show_plot(TermsPlot)
    assert isinstance(plot, TermsPlot)
    plot.show_data(Terms(VALUES, 3, None, "w"))
    np.testing.assert_array_equal(plot.bars.opts["height"], [0.5, -0.2, 0, 0, 0])
    np.testing.assert_array_equal(plot.newest.opts["height"], [0.0])
    assert plot.subtitle == "w"
    assert "3 terms, sum 0.300" in plot.describe()


def test_that_the_average_is_written(show_plot: ShowPlot) -> None:
    plot = show_plot(TermsPlot)
    plot.show_data(Terms(VALUES, 5, float(VALUES.mean()), "w"))
    assert texts(plot) == ["average 0.0200"]
    assert_readable(plot.canvas)


def test_that_there_are_words_where_there_are_no_terms(show_plot: ShowPlot) -> None:
    plot = show_plot(TermsPlot)
    plot.show_data(Terms(VALUES, 0, None, "w"))
    assert "when it has gone back" in plot.canvas.words
    plot.show_data(Terms(np.zeros(0), 0, None, "w"))
    assert "ties the examples together" in plot.canvas.words
