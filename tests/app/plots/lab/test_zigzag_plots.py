"""The descent, its signs and the shares as plots: readable at every step, size and rate."""

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.labs.zigzag.shares import share_chart
from app.plots.lab.chart_figure import ChartFigure
from app.plots.lab.descent_plot import DescentPicture, DescentPlot
from app.plots.lab.signs_plot import WINDOW, SignsPicture, SignsPlot
from app.theme import Theme
from simulator.analysis.landscape import zigzag
from tests.app.plots.conftest import assert_readable


def shown(qtbot: QtBot, plot, size=(440, 320)):
    qtbot.addWidget(plot)
    plot.resize(QSize(*size))
    plot.show()
    qtbot.waitExposed(plot)
    return plot


@pytest.mark.parametrize("size", [(440, 320), (330, 560), (700, 300)])
def test_that_both_weights_have_one_scale(qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
    plot = shown(qtbot, DescentPlot(theme), size)
    neuron = zigzag.neuron("positive")
    plot.show_data(DescentPicture(neuron, zigzag.descend(neuron, 1, 1.0, 50), 50))
    canvas = plot.canvas
    across = canvas.area.width() / (canvas.x_range[1] - canvas.x_range[0])
    up = canvas.area.height() / (canvas.y_range[1] - canvas.y_range[0])
    assert across == pytest.approx(up, rel=0.02)
    assert_readable(canvas)


def test_that_a_descent_that_diverges_is_still_drawn(qtbot: QtBot, theme: Theme) -> None:
    plot = shown(qtbot, DescentPlot(theme))
    neuron = zigzag.neuron("positive")
    descent = zigzag.descend(neuron, 1, 20.0, 50)
    assert descent.diverged
    plot.show_data(DescentPicture(neuron, descent, len(descent.gradients)))
    assert plot.canvas.x_range[1] >= 1000
    assert "loss" in plot.describe()


def test_that_legend_entries_hide_their_steps(qtbot: QtBot, theme: Theme) -> None:
    plot = shown(qtbot, DescentPlot(theme))
    neuron = zigzag.neuron("centred")
    descent = zigzag.descend(neuron, 1, 1.0, 50)
    plot.show_data(DescentPicture(neuron, descent, 50))
    same = descent.same_sign()[0]
    assert (len(plot.same.data), len(plot.other.data)) == (same, 50 - same)
    plot.set_series_shown("same", False)
    assert (plot.same.isVisible(), plot.other.isVisible()) == (False, True)


def test_that_the_signs_are_bars_up_and_down(qtbot: QtBot, theme: Theme) -> None:
    plot = shown(qtbot, SignsPlot(theme))
    neuron = zigzag.neuron("centred")
    descent = zigzag.descend(neuron, 5, 1.0, 60)
    plot.show_data(SignsPicture(descent, 0))
    assert plot.subtitle == "no step yet"
    plot.show_data(SignsPicture(descent, 60))
    seen = descent.signs[60 - WINDOW :]
    assert plot.plus.opts["x0"].size == (seen == 1).sum()
    assert plot.minus.opts["x0"].size == (seen == -1).sum()
    assert plot.canvas.x_range == (60 - WINDOW, 60)
    same, judged = descent.same_sign()
    assert plot.describe() == f"After 60 steps: the same sign on {same} of {judged}."


def test_that_shares_are_drawn_with_gaps_where_nothing_was_measured(qtbot: QtBot, theme: Theme) -> None:
    plot = shown(qtbot, ChartFigure(theme, "Same-sign steps", "Nothing yet."))
    table = np.array([[np.nan] * 3, [0.5, 0.4, 0.0], [0.5, np.nan, 0.0]])
    shares = zigzag.SameSignShares((1, 10, 200), table, 200, 10)
    chart = share_chart(shares, "centred", 10, 0.42, theme.tokens)
    plot.show_data(chart)
    assert [entry.text for entry in plot.legend()] == ["positive: diverges", "centred", "tanh"]
    assert len({entry.shape for entry in plot.legend()}) == 3
    assert chart.series[-1].y.tolist() == [0.42]
    assert [tick.text for tick in plot.canvas.axes.bottom] == ["1", "10", "all"]
    assert "centred: 50\N{NO-BREAK SPACE}% with one example, 0\N{NO-BREAK SPACE}% with all." in plot.describe()
    assert_readable(plot.canvas)
