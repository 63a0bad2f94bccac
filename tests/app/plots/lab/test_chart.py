"""Charts: places on linear and logarithmic axes, ends with their values, gaps, and what the mouse reads."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.look.dashes import SAMPLES
from app.look.marks import TRIANGLE
from app.look.numbers import percent
from app.plots.canvas.notes import RuleNote
from app.plots.lab.chart import Chart, Level, Series, ends_of
from app.plots.lab.chart_figure import ChartFigure
from app.theme import Theme
from tests.app.plots.conftest import assert_readable, texts

X = np.array([1.0, 4.0, 16.0, 64.0])


@pytest.fixture
def figure(qtbot: QtBot, theme: Theme) -> ChartFigure:
    made = ChartFigure(theme, "Chart", "Nothing yet.")
    qtbot.addWidget(made)
    made.resize(440, 240)
    made.show()
    qtbot.waitExposed(made)
    return made


def series(y: list[float], key: str = "a", **more: object) -> Series:
    return Series(key, key.upper(), X, np.array(y), **more)  # type: ignore[arg-type]


def test_that_logarithmic_axes_leave_out_what_has_no_place(figure: ChartFigure) -> None:
    figure.show_data(Chart((series([0.1, 0.0, np.inf, 10.0]),), "size", x_log=True, y_log=True))
    x, y = figure.curves[0].getData()
    np.testing.assert_allclose(x, np.log10(X))
    np.testing.assert_allclose(y, [-1, np.nan, np.nan, 1])


def test_that_ends_that_were_asked_for_stay_where_they_are() -> None:
    chart = Chart((series([0.1, 0.2, 0.7, 0.9]),), "size", y_range=(0.0, 1.0))
    assert chart.y_ends() == (0.0, 1.0)
    assert Chart((series([0.1, 0.2, 0.7, 1.9]),), "size", y_range=(0.0, 1.0)).y_ends()[1] > 1.9


def test_that_a_hidden_series_needs_no_room() -> None:
    chart = Chart((series([1, 2, 3, 4]), series([100, 200, 300, 400], "b")), "size")
    assert chart.y_ends(frozenset({"b"}))[1] < 5


@pytest.mark.parametrize("places", [[], [3.0], [0.0, 0.0], [np.nan]])
def test_that_a_range_has_always_two_ends(places: list[float]) -> None:
    low, high = ends_of(np.array(places), 0.05)
    assert low < high
    assert all(low <= place <= high for place in places if np.isfinite(place))


def test_that_values_stand_at_the_ends_and_nothing_lies_over_it(figure: ChartFigure) -> None:
    chart = Chart(
        (series([0.2, 0.3, 0.4, 0.5], end="0.500"), series([0.2, 0.3, 0.4, 0.5], "b", end="0.501", look="dashes")),
        "size",
        levels=(Level(0.1, "chance"),),
        at=16.0,
        y_name="share",
    )
    figure.show_data(chart)
    assert set(texts(figure)) == {"0.500", "0.501", "chance", "share"}
    assert_readable(figure.canvas)
    columns = [note.x for note in figure.canvas.notes if isinstance(note, RuleNote) and note.x == note.to_x]
    assert columns == [pytest.approx(figure.canvas.pixel_x(16.0))]


def test_that_the_legend_names_series_and_hides_them(figure: ChartFigure) -> None:
    chart = Chart((series([1, 2, 3, 4]), series([4, 3, 2, 1], "b", look="points", shape=TRIANGLE)), "size")
    figure.show_data(chart)
    assert [(entry.text, entry.shape) for entry in figure.legend()] == [("A", "line"), ("B", TRIANGLE)]
    figure.set_series_shown("a", False)
    assert figure.curves == ()


def test_that_the_mouse_reads_the_nearest_values(figure: ChartFigure) -> None:
    chart = Chart((series([0.1, 0.2, 0.3, 0.4]), series([0.5, 0.6, 0.7, 0.8], "b")), "size", y_text=percent)
    figure.show_data(chart)
    figure.canvas.pointed.emit(QPointF(15.0, 0.0))
    assert figure.reader.words == "size 16 · A 30\N{NO-BREAK SPACE}% · B 70\N{NO-BREAK SPACE}%"


def test_that_ticks_close_together_and_far_from_0_have_their_later_figures(figure: ChartFigure) -> None:
    figure.show_data(Chart((series([1.0001, 1.0002, 1.0003, 1.0004]),), "size"))
    labels = [tick.text for tick in figure.canvas.axes.left]
    assert len(set(labels)) == len(labels) >= 3


def test_that_ticks_may_be_given(figure: ChartFigure) -> None:
    figure.show_data(Chart((series([1, 2, 3, 4]),), "size", x_log=True, x_ticks=(1.0, 64.0)))
    assert [tick.text for tick in figure.canvas.axes.bottom] == ["1", "64"]


def test_that_it_says_its_numbers(figure: ChartFigure) -> None:
    figure.show_data(Chart((series([1, 2, 3, 4]),), "size", words="From 1 to 4."))
    assert figure.accessibleDescription() == "From 1 to 4."
    figure.show_data(None)
    assert figure.accessibleDescription() == "Nothing yet."


def test_that_the_legend_shows_a_line_as_the_plot_does(figure: ChartFigure) -> None:
    broken = ("line", "dashes", "dots", "dots and dashes")
    line = series([1, 2, 3, 4], shape=TRIANGLE)
    figure.show_data(Chart(tuple(replace(line, key=look, name=look, look=look) for look in broken), "x"))
    assert tuple(entry.shape for entry in figure.legend()) == broken
    assert len({str(SAMPLES[entry.shape]) for entry in figure.legend()}) == len(broken)
