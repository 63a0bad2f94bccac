"""Rows of bars: lengths, numbers, samples."""

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.look.marks import SWATCH, LegendEntry
from app.look.ticks import linear_ticks
from app.plots.lab.bar_rows import BarRow, BarRows, BarTable
from app.theme import Theme
from tests.app.plots.conftest import assert_readable, texts

LEGEND = (LegendEntry("there", "forward", SWATCH, "accent"), LegendEntry("back", "backward", SWATCH, "warn"))
TABLE = BarTable(
    (
        BarRow("first", ((1.0, "accent"), (2.0, "warn")), "3.00 ns", "of 5", strong=True),
        BarRow("second", ((0.5, "accent"), (0.0, "warn")), "0.500 ns", sample=0.6, error=0.1),
    ),
    (0.0, 4.0),
    linear_ticks(0.0, 4.0),
    "nanoseconds",
    LEGEND,
)


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> BarRows:
    made = BarRows(theme, "Cost", "Nothing yet.")
    qtbot.addWidget(made)
    made.resize(QSize(420, 200))
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_parts_stand_end_to_end(plot: BarRows) -> None:
    plot.show_data(TABLE)
    opts = plot.bars.opts
    assert opts["x0"].tolist() == [0, 1, 0, 0.5]
    assert opts["width"].tolist() == [1, 2, 0.5, 0]
    assert opts["y"].tolist() == [1.5, 1.5, 0.5, 0.5]


def test_that_a_part_hidden_by_its_legend_gives_way(plot: BarRows) -> None:
    plot.show_data(TABLE)
    plot.set_series_shown("there", False)
    assert plot.bars.opts["x0"].tolist() == [0, 0]
    assert plot.bars.opts["width"].tolist() == [2, 0]


def test_that_a_sample_is_a_mark_with_its_error(plot: BarRows) -> None:
    plot.show_data(TABLE)
    assert plot.samples.data["x"].tolist() == [0.6]
    assert plot.errors.xData.tolist() == pytest.approx([0.5, 0.7])


def test_that_numbers_and_names_are_readable(plot: BarRows) -> None:
    plot.show_data(TABLE)
    assert {"3.00 ns", "of 5", "0.500 ns"} <= set(texts(plot))
    assert [tick.text for tick in plot.canvas.axes.left] == ["first", "second"]
    assert_readable(plot.canvas)


def test_that_a_narrow_plot_keeps_its_numbers_and_the_ends_of_its_axis(plot: BarRows) -> None:
    plot.resize(QSize(190, 200))
    plot.show_data(TABLE)
    assert "3.00 ns" in texts(plot)
    assert "of 5" not in texts(plot)
    ticks = [tick.at for tick in plot.canvas.axes.bottom]
    assert (ticks[0], ticks[-1]) == (0, 4)
    assert len(ticks) < len(TABLE.ticks)
    assert_readable(plot.canvas)


def test_that_the_legend_is_told_of(qtbot: QtBot, plot: BarRows) -> None:
    with qtbot.waitSignal(plot.legend_changed):
        plot.show_data(TABLE)
    assert plot.legend() == LEGEND


def test_that_the_rows_are_said_in_words(plot: BarRows) -> None:
    plot.show_data(TABLE)
    assert plot.describe() == "first: 3.00 ns, of 5. second: 0.500 ns."
