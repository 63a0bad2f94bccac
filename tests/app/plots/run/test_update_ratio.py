import math
from dataclasses import replace

import pytest

from app.plots.run.update_ratio import HEALTHY, UpdateRatioPlot
from simulator.training import Picture
from tests.app.canned import make_picture
from tests.app.plots.conftest import ShowPlot, assert_readable, texts


def with_ratio(picture: Picture, index: int, ratio: float | None) -> Picture:
    layers = list(picture.frame.layers)
    layers[index] = replace(layers[index], update_ratio=ratio)
    return replace(picture, frame=replace(picture.frame, layers=tuple(layers)))


def test_that_marks_are_the_logarithms(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    picture = make_picture(cards=4)
    plot.show_picture(picture)
    x, y = plot.marks.getData()
    assert x == pytest.approx([math.log10(layer.update_ratio) for layer in picture.frame.layers[1:]])
    assert list(y) == [4.5, 3.5, 2.5, 1.5, 0.5], "the first layer on top"


def test_that_the_healthy_band_is_in_view_and_named(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    picture = make_picture(cards=2)
    for index in (1, 2, 3):
        picture = with_ratio(picture, index, 0.4)
    plot.show_picture(picture)
    low, high = plot.canvas.x_range
    assert low < HEALTHY[0] < HEALTHY[1] < high
    assert "healthy, about 10⁻³" in texts(plot)


@pytest.mark.parametrize("cards", [1, 4, 8, 14, 30])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_that_nothing_is_cut_or_over_each_other(show_plot: ShowPlot, cards: int, scale: float) -> None:
    plot = show_plot(UpdateRatioPlot, (400, 190))
    plot._theme.set_text_scale(scale)
    plot.apply_theme(plot._theme)
    plot.show_picture(with_ratio(make_picture(cards=cards), 1, 0.99))
    assert_readable(plot.canvas)


def test_that_what_has_no_ratio_is_said(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    picture = make_picture(cards=4)
    for index, ratio in enumerate((None, 0.0, math.inf, math.nan), start=1):
        picture = with_ratio(picture, index, ratio)
    plot.show_picture(picture)
    plot.grab()
    words = texts(plot)
    assert "no ratio: all weights are 0" in words
    assert "exactly 0: the weights stand still" in words
    assert words.count("not finite") == 2
    assert "Dense 1: no ratio: all weights are 0." in plot.describe()
    assert plot.marks.getData()[0].size == 1


def test_that_step_0_has_no_update_yet(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    plot.show_picture(make_picture(0, cards=2))
    assert texts(plot).count("no update yet") == 3


def test_that_rows_without_room_for_words_are_told_together(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    picture = make_picture(cards=30)
    for index, ratio in ((3, 0.0), (4, 0.0), (9, math.nan)):
        picture = with_ratio(picture, index, ratio)
    plot.show_picture(picture)
    assert "2 layers: exactly 0: the weights stand still" in texts(plot)
    assert "1 layer: not finite" in texts(plot)
    assert_readable(plot.canvas)


def test_that_weights_that_are_no_numbers_are_not_called_zeros(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    picture = with_ratio(make_picture(cards=2), 1, None)
    gradient = picture.frame.layers[1].weight_gradient
    assert gradient is not None
    layers = list(picture.frame.layers)
    layers[1] = replace(layers[1], weight_gradient=replace(gradient, norm=math.nan))
    plot.show_picture(replace(picture, frame=replace(picture.frame, layers=tuple(layers))))
    plot.grab()
    assert "Dense 1: not finite." in plot.describe()
