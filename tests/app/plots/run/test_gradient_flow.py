import math
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.plots.run.gradient_flow import OUTPUTS, WEIGHTS, GradientFlowPlot
from simulator.training import Gradient, Picture
from tests.app.canned import make_facts, make_gradient, make_picture
from tests.app.plots.conftest import ShowPlot, assert_readable, texts


def with_gradients(picture: Picture, index: int, weights: Gradient | None, outputs: Gradient | None) -> Picture:
    layers = list(picture.frame.layers)
    layers[index] = replace(layers[index], weight_gradient=weights, output_gradient=outputs)
    return replace(picture, frame=replace(picture.frame, layers=tuple(layers)))


def test_that_bars_and_marks_are_the_logarithms(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    picture = make_picture(cards=4)
    plot.show_picture(picture)
    layers = picture.frame.layers[1:]
    ends = plot.bars.opts["x0"] + plot.bars.opts["width"]
    assert ends == pytest.approx([math.log10(layer.weight_gradient.rms) for layer in layers])
    x, y = plot.marks.getData()
    assert x == pytest.approx([math.log10(layer.output_gradient.rms) for layer in layers])
    assert np.all(np.diff(y) > 0), "the output is on top"
    assert plot.canvas.axes.left[-1].text == "Output"
    assert plot.canvas.axes.left[0].text == "Dense 1"


def test_that_values_are_written_with_powers(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    picture = with_gradients(make_picture(cards=2), 1, make_gradient(4.5e-4), make_gradient(1.2e-2))
    plot.show_picture(picture)
    assert {"4.5 × 10⁻⁴", "1.2 × 10⁻²"} <= {text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(plot)}
    words = plot.describe().replace("\N{NO-BREAK SPACE}", " ")
    assert "Dense 1: dL/dW 4.5 × 10⁻⁴, dL/dh 1.2 × 10⁻²." in words


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(360, 150), (405, 190), (455, 230)])
def test_that_nothing_is_cut_or_over_each_other(show_plot: ShowPlot, size: tuple[int, int], scale: float) -> None:
    plot = show_plot(GradientFlowPlot, size)
    plot._theme.set_text_scale(scale)
    plot.apply_theme(plot._theme)
    plot.set_selected_layer(2)
    for cards in (1, 3, 4, 6, 9, 12, 14, 30):
        plot.show_picture(make_picture(cards=cards, run_id=cards))
        assert_readable(plot.canvas)
        ticks = plot.canvas.axes.left
        rows = [plot.canvas.pixel_y(tick.at) for tick in ticks]
        assert np.all(-np.diff(rows) > 0.8 * plot.canvas.ink.height())
        assert any(tick.strong for tick in ticks)
        names = max(plot.canvas.ink.width(tick.text, "strong tick") for tick in ticks)
        assert names < plot.canvas.area.left()


def test_that_zero_and_infinity_are_words(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    picture = make_picture(cards=4)
    picture = with_gradients(picture, 1, make_gradient(0.0), None)
    picture = with_gradients(picture, 2, make_gradient(math.nan), make_gradient(math.inf))
    picture = with_gradients(picture, 3, None, None)
    plot.show_picture(picture)
    plot.grab()
    assert "exactly 0" in texts(plot)
    assert "not finite" in texts(plot)
    assert "Dense 3: no gradient." in plot.describe()
    assert np.all(np.isfinite(plot.bars.opts["width"]))
    assert np.all(np.isfinite(plot.canvas.x_range))


def test_that_gradients_of_nothing_but_zero_do_no_harm(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    picture = make_picture(cards=1)
    for index in (1, 2):
        picture = with_gradients(picture, index, make_gradient(0.0), make_gradient(0.0))
    plot.show_picture(picture)
    plot.grab()
    assert not plot.bars.opts["width"].any()


def test_that_a_click_chooses_a_layer(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.show_picture(make_picture(cards=3))
    with qtbot.waitSignal(plot.layer_clicked) as clicked:
        plot.canvas.pressed.emit(plot.canvas.to_data(plot.canvas.to_pixels(-2, 3.5)))
    assert clicked.args == [4], "the top row is the output, the last of Frame.layers"


def test_that_each_mark_can_be_hidden(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.show_picture(make_picture(cards=2))
    plot.set_series_shown(WEIGHTS, False)
    assert not plot.bars.isVisible()
    plot.set_series_shown(OUTPUTS, False)
    assert not plot.marks.isVisible()
    assert texts(plot) == []


def test_that_the_sample_is_said(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture())
    assert plot.subtitle == "rms, 210 examples"


def test_that_rows_without_room_for_words_are_told_together(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    picture = make_picture(cards=30)
    for index in (3, 4, 9):
        picture = with_gradients(picture, index, make_gradient(0.0), make_gradient(1e-3))
    picture = with_gradients(picture, 12, make_gradient(math.inf), make_gradient(1e-3))
    plot.show_picture(picture)
    assert texts(plot) == ["3 gradients are exactly 0", "1 gradient is not finite"]
    assert_readable(plot.canvas)
