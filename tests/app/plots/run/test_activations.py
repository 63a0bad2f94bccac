from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.plots.run.activations import NOW, ActivationsPlot
from app.plots.run.panels import steps
from simulator.message import N_, Message
from simulator.training import Picture
from tests.app.canned import make_histogram, make_lanes, make_layer, make_looks, make_picture
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

WIDE = (920, 130)


def with_layer(picture: Picture, index: int, **changes: object) -> Picture:
    layers = list(picture.frame.layers)
    layers[index] = replace(layers[index], **changes)
    return replace(picture, frame=replace(picture.frame, layers=tuple(layers)))


def test_that_shapes_are_the_counts_of_now_and_of_the_start(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    picture = make_picture(cards=4)
    plot.show_picture(picture)
    for item, frame in ((plot.now, picture.frame), (plot.start, picture.start)):
        assert len(item.corners) == 6
        for corners, panel, layer, ends in zip(item.corners, plot._panels, frame.layers, plot._ends, strict=True):
            _edges, heights = steps(layer.output, *ends)
            up = corners[:, 1] - corners[0, 1]
            assert up[1:-1:2] / up.max() == pytest.approx(heights)
            assert panel.x - 1e-6 <= corners[:, 0].min()
            assert corners[:, 0].max() <= panel.x + panel.width + 1e-6


def test_that_each_layer_has_its_own_width_and_the_start_the_same(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    picture = make_picture(cards=2)
    picture = with_layer(picture, 2, output=make_histogram(np.linspace(-3.9, 3.9, 500), 4.0))
    start = replace(picture.start.layers[2], output=make_histogram(np.linspace(-1.9, 1.9, 500), 2.0))
    layers = (*picture.start.layers[:2], start, picture.start.layers[3])
    plot.show_picture(replace(picture, start=replace(picture.start, layers=layers)))
    now, ghost = plot.now.corners[2], plot.start.corners[2]
    assert np.ptp(ghost[ghost[:, 1] > ghost[0, 1], 0]) == pytest.approx(np.ptp(now[:, 0]) / 2, rel=0.05)
    assert {"−4", "4"} <= set(texts(plot))


def test_that_zeros_and_the_ends_of_the_axis_are_written(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    picture = make_picture(cards=3)
    plot.show_picture(picture)
    share = round(100 * picture.frame.layers[1].output.zero_share)
    assert f"{share}\N{NO-BREAK SPACE}% zero" in texts(plot)
    assert "Dense 1" in texts(plot)
    assert "0" in texts(plot)


def test_that_of_many_layers_only_those_nearly_all_zero_say_so(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, (1400, 130))
    picture = make_picture(cards=8)
    picture = with_layer(picture, 3, output=make_histogram(np.concatenate([np.zeros(96), np.ones(4)])))
    plot.set_small(True)
    plot.show_picture(picture)
    assert [text for text in texts(plot) if "zero" in text] == ["96\N{NO-BREAK SPACE}% zero"]
    assert "exactly 0" in plot.canvas.tooltip_at(plot.canvas.to_data(QPointF(plot._panels[1].x + 5, 60)))


def test_that_of_very_many_layers_names_are_numbers(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, (1400, 130))
    plot.set_small(True)
    plot.show_picture(make_picture(cards=11))
    assert {"Input", "1", "11", "Output"} <= set(texts(plot))


def test_that_a_small_plot_is_one_row_and_a_large_one_a_table(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, (520, 500))
    plot.show_picture(make_picture(cards=4))
    assert len({panel.y for panel in plot._panels}) > 1
    plot.set_small(True)
    assert len({panel.y for panel in plot._panels}) == 1


def test_that_a_small_plot_shows_the_chosen_run(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    plot.set_small(True)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2, selected=1)
    plot.show_picture(picture)
    assert plot.now.isVisible()
    assert [entry.text for entry in plot.legend()] == ["start", "B now"]


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_that_names_are_neither_cut_nor_over_each_other(show_plot: ShowPlot, scale: float) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    plot._theme.set_text_scale(scale)
    plot.apply_theme(plot._theme)
    for cards in (1, 2, 4, 6, 9, 12, 14, 30):
        picture = make_picture(cards=cards)
        plot.set_selected_layer(cards)
        for width in (780, 850, 920, 1200):
            plot.resize(width, 130)
            plot.show_picture(picture)
            assert_readable(plot.canvas)
            assert len(texts(plot)) >= cards + 2
            assert any(text.endswith(str(cards)) for text in texts(plot))


def test_that_what_is_not_finite_or_outside_is_said(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    values = np.array([np.nan] * 7 + [np.inf] * 5 + [9.0] * 3 + [0.5] * 985)
    bad = make_layer(Message(N_("Input")), values)
    plot.show_picture(with_layer(make_picture(cards=2), 0, output=make_histogram(values, 1.0), std=bad.std))
    assert any("12 not finite" in text for text in texts(plot))
    assert "3 values outside" in plot.describe()
    assert "12 values not finite" in plot.describe()


def test_that_a_few_zeros_among_very_many_numbers_are_few(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    values = np.ones(50_000)
    values[7] = 0.0
    plot.show_picture(with_layer(make_picture(cards=2), 1, output=make_histogram(values)))
    assert any("<0.01\N{NO-BREAK SPACE}% zero" in text for text in texts(plot))


def test_that_a_layer_of_zeros_has_no_bars(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    plot.show_picture(with_layer(make_picture(cards=2), 1, output=make_histogram(np.zeros(100))))
    assert np.ptp(plot.now.corners[1][:, 1]) == 0
    assert any("100\N{NO-BREAK SPACE}% zero" in text for text in texts(plot))


def test_that_a_click_chooses_a_layer(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    plot.show_picture(make_picture(cards=3))
    with qtbot.waitSignal(plot.layer_clicked) as clicked:
        panel = plot._panels[2]
        plot.canvas.pressed.emit(plot.canvas.to_data(QPointF(panel.x + 10, panel.y + 40)))
    assert clicked.args == [2]


def test_that_now_can_be_hidden(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    plot.show_picture(make_picture())
    plot.set_series_shown(NOW, False)
    assert not plot.now.isVisible()
    assert plot.start.isVisible()
