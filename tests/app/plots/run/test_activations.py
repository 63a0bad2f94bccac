from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.plots.canvas.notes import Note
from app.plots.run.activations import NOW, ActivationsPlot
from simulator.message import N_, Message
from simulator.training import BINS, Picture
from tests.app.canned import make_histogram, make_layer, make_picture
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

WIDE = (920, 130)


def with_layer(picture: Picture, index: int, **changes: object) -> Picture:
    layers = list(picture.frame.layers)
    layers[index] = replace(layers[index], **changes)
    return replace(picture, frame=replace(picture.frame, layers=tuple(layers)))


def test_that_bars_are_the_counts_of_now_and_of_the_start(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    picture = make_picture(cards=4)
    plot.show_picture(picture)
    for item, frame in ((plot.now, picture.frame), (plot.start, picture.start)):
        heights = np.reshape(item.opts["height"], (6, BINS))
        for row, layer in zip(heights, frame.layers, strict=True):
            assert row == pytest.approx(layer.output.counts / layer.output.counts.max())


def test_that_each_layer_has_its_column_and_the_start_its_own_width(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    picture = make_picture(cards=2)
    picture = with_layer(picture, 2, output=make_histogram(np.linspace(-3.9, 3.9, 500), 4.0))
    start = replace(picture.start.layers[2], output=make_histogram(np.linspace(-1.9, 1.9, 500), 2.0))
    layers = (*picture.start.layers[:2], start, picture.start.layers[3])
    plot.show_picture(replace(picture, start=replace(picture.start, layers=layers)))
    left = np.reshape(plot.now.opts["x0"], (4, BINS))
    assert np.all(np.floor(left[:, 0]) == np.arange(4))
    now, ghost = left[2], np.reshape(plot.start.opts["x0"], (4, BINS))[2]
    assert (2.5 - ghost[0]) == pytest.approx((2.5 - now[0]) / 2)


def test_that_zeros_and_ranges_are_written(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    picture = make_picture(cards=3)
    plot.show_picture(picture)
    share = round(100 * picture.frame.layers[1].output.zero_share)
    assert any(f"{share}\N{NO-BREAK SPACE}% zero" in text and "±" in text for text in texts(plot))
    assert not any("zero" in text and "Input" in text for text in texts(plot))


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


def test_that_bounds_too_long_for_their_columns_are_written_for_some(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, (860, 110))
    plot.set_selected_layer(7)
    picture = make_picture(cards=30)
    for index in range(1, 31):
        picture = with_layer(picture, index, output=make_histogram(np.full(100, 1e-4), 2.0**-index))
    plot.show_picture(picture)
    assert_readable(plot.canvas)
    bounds = [note for note in plot.canvas.notes if isinstance(note, Note) and note.text.startswith("±")]
    assert 5 < len(bounds) < 31
    assert any(note.x == pytest.approx(plot.canvas.pixel_x(7.5)) for note in bounds), "the chosen layer's is there"


def test_that_what_is_not_finite_or_outside_is_said(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    values = np.array([np.nan] * 7 + [np.inf] * 5 + [9.0] * 3 + [0.5] * 985)
    bad = make_layer(Message(N_("Input")), values)
    plot.show_picture(with_layer(make_picture(cards=2), 0, output=make_histogram(values, 1.0), std=bad.std))
    assert any("12 not finite" in text for text in texts(plot))
    assert "% outside" in plot.subtitle
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
    assert not np.reshape(plot.now.opts["height"], (4, BINS))[1].any()
    assert any("100\N{NO-BREAK SPACE}% zero" in text for text in texts(plot))


def test_that_a_click_chooses_a_layer(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    plot.show_picture(make_picture(cards=3))
    with qtbot.waitSignal(plot.layer_clicked) as clicked:
        plot.canvas.pressed.emit(plot.canvas.to_data(plot.canvas.to_pixels(2.5, 0.5)))
    assert clicked.args == [2]


def test_that_now_can_be_hidden(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, WIDE)
    plot.show_picture(make_picture())
    plot.set_series_shown(NOW, False)
    assert not plot.now.isVisible()
    assert plot.start.isVisible()
