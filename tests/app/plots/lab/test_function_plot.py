"""Functions under a ruler: what is drawn, named and said."""

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.look.looks import Look
from app.look.marks import CLASS_SHAPES
from app.plots.lab.function_plot import FunctionPicture, FunctionPlot, Shape
from app.theme import DARK, LIGHT, Theme
from tests.app.plots.conftest import assert_readable, texts

X = np.round(np.arange(-12, 12.025, 0.05), 2)


def picture(at: float = 0.0, reach: float = 12.0, count: int = 9, main: int = 0) -> FunctionPicture:
    shapes = tuple(Shape(f"function {k}", Look(k), np.maximum(X, 0) * (1 + 0.1 * k), np.sign(X)) for k in range(count))
    return FunctionPicture(X, shapes, main, int(np.argmin(np.abs(X - at))), reach, (-2.0, 3.0))


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> FunctionPlot:
    made = FunctionPlot(theme, "Function", "f(x)")
    qtbot.addWidget(made)
    made.resize(QSize(440, 300))
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_all_names_are_readable_even_where_all_curves_leave_at_one_place(plot: FunctionPlot) -> None:
    plot.show_data(picture())
    assert {f"function {k}" for k in range(9)} <= set(texts(plot))
    assert_readable(plot.canvas)


@pytest.mark.parametrize("at", [-12.0, -3.0, 0.0, 2.9, 12.0])
def test_that_the_value_of_the_main_function_is_written_at_the_ruler(plot: FunctionPlot, at: float) -> None:
    plot.show_data(picture(at, count=3, main=1))
    value = f"{1.1 * max(at, 0):.3g}" if at > 0 else "0"
    assert any(text.startswith(value[:3]) for text in texts(plot))
    assert_readable(plot.canvas)


def test_that_a_ruler_out_of_view_is_not_drawn(plot: FunctionPlot) -> None:
    plot.show_data(picture(at=10.0, reach=3.0, count=2))
    assert texts(plot) == ["function 0", "function 1"]


def test_that_only_the_ruler_moves_when_it_is_dragged(plot: FunctionPlot) -> None:
    first = picture(count=2)
    plot.show_data(first)
    drawn = plot.curves[0].xData
    plot.show_data(FunctionPicture(X, first.shapes, 0, 100, 12.0, first.limits))
    assert plot.curves[0].xData is drawn
    plot.show_data(FunctionPicture(X, first.shapes, 0, 100, 6.0, first.limits))
    assert plot.curves[0].xData is not drawn


def test_that_no_function_is_said_in_words(plot: FunctionPlot) -> None:
    plot.show_data(picture(count=0))
    assert "Tick one" in plot.canvas.words


def test_that_the_tangent_has_the_slope(plot: FunctionPlot) -> None:
    plot.show_data(picture(at=2.0, count=1))
    x, y = plot.tangent.xData, plot.tangent.yData
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(1.0)


def test_that_the_numbers_are_said_in_words(plot: FunctionPlot) -> None:
    plot.show_data(picture(at=2.0, count=1))
    assert plot.describe() == "f(x) at x = 2: function 0 2.00."


def test_that_looks_differ_without_colour() -> None:
    assert len({Look(k).shape for k in range(len(CLASS_SHAPES))}) == len(CLASS_SHAPES)
    assert len({tuple(Look(k).pen(LIGHT, 2).dashPattern()) for k in range(4)}) == 4
    assert Look(1).colour(LIGHT) != Look(1).colour(DARK)
