"""The curve of one gate: where it stands, its slope, and words that can be read."""

import math

import numpy as np
import pytest

from app.plots.lab.gate_curve import GateCurvePlot
from simulator.analysis.gates import GRAPHS, GateAt, propagate
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

GATES = {node.gate.symbol: node.gate for graph in GRAPHS for node in graph.nodes}


def test_that_the_curve_and_its_slope_are_drawn(show_plot: ShowPlot) -> None:
    plot = show_plot(GateCurvePlot)
    assert isinstance(plot, GateCurvePlot)
    assert plot.canvas.words.endswith(".")
    plot.show_data(GateAt(GATES["exp"], (-1.0,), 0, "x"))
    x, y = plot.curve.getData()
    np.testing.assert_allclose(y, np.exp(x))
    (left, right), (low, high) = plot.tangent.getData()
    assert (high - low) / (right - left) == pytest.approx(math.exp(-1))
    assert "slope 0.368" in texts(plot)
    assert "exp" in plot.describe()


def test_that_only_the_branch_it_stands_on_is_drawn(show_plot: ShowPlot) -> None:
    plot = show_plot(GateCurvePlot)
    assert isinstance(plot, GateCurvePlot)
    plot.show_data(GateAt(GATES["1/x"], (1.37,), 0, "x"))
    x, y = plot.curve.getData()
    assert (x > 0).all()
    assert np.isfinite(y).all()


@pytest.mark.parametrize("graph", GRAPHS, ids=lambda graph: graph.id)
def test_that_words_lie_apart_for_every_gate(show_plot: ShowPlot, graph) -> None:
    plot = show_plot(GateCurvePlot)
    values = propagate(graph, graph.starts()).values
    for node in graph.nodes:
        for moved in range(len(node.inputs)):
            plot.show_data(GateAt(node.gate, tuple(values[name] for name in node.inputs), moved, "x"))
            assert_readable(plot.canvas)
