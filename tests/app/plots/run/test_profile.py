"""Plots of layers with several lanes: a curve a lane over the layers."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from app.look.healthy import HEALTHY
from app.look.lane_look import LANE_MARKS
from app.plots.canvas.notes import MarkNote, RuleNote
from app.plots.run.activations import ActivationsPlot
from app.plots.run.decision_map import DecisionMapPlot
from app.plots.run.gradient_flow import OUTPUTS, WEIGHTS, GradientFlowPlot
from app.plots.run.layered_plot import QUANTITY, LayeredPlot
from app.plots.run.update_ratio import UpdateRatioPlot
from simulator.training import Picture
from tests.app.canned import make_facts, make_gradient, make_lane, make_lanes, make_looks
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

kinds = pytest.mark.parametrize("kind", [ActivationsPlot, GradientFlowPlot, UpdateRatioPlot])


def with_layer(picture: Picture, index: int, **changes: object) -> Picture:
    layers = list(picture.frame.layers)
    layers[index] = replace(layers[index], **changes)
    return replace(picture, frame=replace(picture.frame, layers=tuple(layers)))


def curves(plot: LayeredPlot) -> dict[int, np.ndarray]:
    return {curve.look: curve.y for curve in plot.profiles.item.curves}


@pytest.mark.parametrize(
    ("kind", "value", "first"),
    [
        (ActivationsPlot, lambda layer: layer.std, 0),
        (GradientFlowPlot, lambda layer: layer.weight_gradient.rms, 1),
        (UpdateRatioPlot, lambda layer: layer.update_ratio, 1),
    ],
)
def test_that_each_lane_is_a_curve_over_the_layers(kind: type[LayeredPlot], value, first, show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_lanes(make_looks(3))
    picture = make_lanes(900, 3)
    plot.show_picture(picture)
    for look, run in enumerate((picture, *picture.beside)):
        expected = [math.log10(value(layer)) for layer in run.frame.layers[first:]]
        assert curves(plot)[look] == pytest.approx(expected)
    assert plot.profiles.item.isVisible()
    assert plot.legend() == ()


@kinds
def test_that_one_run_looks_as_before(kind: type[LayeredPlot], show_plot: ShowPlot) -> None:
    plot, other = show_plot(kind), show_plot(kind)
    for each in (plot, other):
        each.set_facts(make_facts())
    plot.set_lanes(make_looks(2))
    plot.show_picture(make_lanes(900, 2))
    assert plot.grab().toImage() != other.grab().toImage()
    plot.set_lanes(())
    alone = make_lanes(900, 1)
    for each in (plot, other):
        each.show_picture(alone)
    assert plot.legend() == other.legend()
    assert plot.options() == ()
    assert texts(plot) == texts(other)
    assert plot.grab().toImage() == other.grab().toImage()


def test_that_lanes_differ_in_colour_dash_and_mark(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.set_lanes(make_looks(4))
    plot.show_picture(make_lanes(900, 4))
    pens = plot.profiles.item.pens
    assert [pen.color().name().upper() for pen in pens] == list(plot._theme.tokens.lanes)
    assert len({tuple(pen.dashPattern()) for pen in pens}) == 4
    assert pens[0].style() == Qt.PenStyle.SolidLine
    ends = [note.shape for note in plot.canvas.notes if isinstance(note, MarkNote)]
    assert sorted(ends) == sorted(LANE_MARKS)


def test_that_the_other_gradient_can_be_compared(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    plot.show_picture(picture)
    (option,) = plot.options()
    assert [answer.id for answer in option.answers] == [WEIGHTS, OUTPUTS]
    plot.set_option(QUANTITY, OUTPUTS)
    expected = [math.log10(layer.output_gradient.rms) for layer in picture.frame.layers[1:]]
    assert curves(plot)[0] == pytest.approx(expected)
    assert plot.subtitle == "rms of dL/dh"


def test_that_means_stand_on_a_linear_axis_with_0(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot)
    plot.set_lanes(make_looks(2))
    picture = with_layer(make_lanes(900, 2), 1, mean=-0.4)
    plot.show_picture(picture)
    plot.set_option(QUANTITY, "mean")
    assert curves(plot)[0] == pytest.approx([layer.mean for layer in picture.frame.layers])
    low, high = plot.canvas.y_range
    assert low <= -0.4 < 0 < high


def test_that_histograms_are_those_of_the_selected_lane(show_plot: ShowPlot) -> None:
    plot = show_plot(ActivationsPlot, (920, 130))
    plot.set_lanes(make_looks(2))
    plot.show_picture(make_lanes(900, 2, selected=1))
    assert not plot.now.isVisible()
    plot.set_option(QUANTITY, "histograms")
    assert plot.now.isVisible()
    assert not plot.profiles.item.isVisible()
    assert "B He" in texts(plot)
    plot.set_option(QUANTITY, "std")
    assert not plot.now.isVisible()


def test_that_the_factor_stands_where_it_is_greatest(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    (other,) = picture.beside
    for index, (one, two) in enumerate([(1e-3, 5e-4), (1e-3, 2e-4), (3.9e-2, 1e-3), (1e-2, 1e-2), (1, 0.5)], start=1):
        picture = with_layer(picture, index, weight_gradient=make_gradient(one))
        other = with_layer(other, index, weight_gradient=make_gradient(two))
    plot.show_picture(replace(picture, beside=(other,)))
    assert "39 times" in texts(plot)
    (rule,) = [note for note in plot.canvas.notes if isinstance(note, RuleNote)]
    assert rule.x == rule.to_x == pytest.approx(plot.canvas.pixel_x(2.5))


def test_that_zero_and_infinity_are_marks_with_words(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    picture = with_layer(picture, 1, weight_gradient=make_gradient(0.0))
    picture = with_layer(picture, 2, weight_gradient=make_gradient(0.0))
    picture = with_layer(picture, 3, weight_gradient=make_gradient(math.nan))
    plot.show_picture(picture)
    assert {"A exactly 0 in 2 layers", "A not finite in 1 layer"} <= set(texts(plot))
    bottom = plot.canvas.area.bottom()
    columns = [note.x for note in plot.canvas.notes if isinstance(note, MarkNote) and note.y == bottom]
    assert columns == pytest.approx([plot.canvas.pixel_x(column) for column in (0.5, 1.5, 2.5)])
    assert "Dense 1: A exactly 0 · B" in plot.describe()
    assert "Dense 3: A not a number · B" in plot.describe()
    assert_readable(plot.canvas)


def test_that_a_deeper_lane_names_the_layers(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.set_lanes(make_looks(2))
    plot.show_picture(replace(make_lanes(900, 2), beside=(make_lane(900, 1, cards=7),)))
    assert curves(plot)[0].size == 5
    assert curves(plot)[1].size == 8
    assert plot.canvas.axes.bottom[-1].at == 7.5
    assert "Dense 7: B " in plot.describe()


def test_that_the_healthy_band_stays_in_view(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2, cards=2)
    for index in (1, 2, 3):
        picture = with_layer(picture, index, update_ratio=0.4)
    plot.show_picture(picture)
    low, high = plot.canvas.y_range
    assert low <= HEALTHY[0] < HEALTHY[1] <= high
    assert "healthy, about 10⁻³" in texts(plot)


@kinds
def test_that_a_click_and_the_mouse_find_a_layer(kind: type[LayeredPlot], show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(kind)
    plot.set_lanes(make_looks(2))
    plot.show_picture(make_lanes(900, 2))
    first = 0 if kind is ActivationsPlot else 1
    with qtbot.waitSignal(plot.layer_clicked) as clicked:
        plot.canvas.pressed.emit(QPointF(2.5, plot.canvas.y_range[0]))
    assert clicked.args == [2 + first]
    words = plot.canvas.tooltip_at(QPointF(2.5, plot.canvas.y_range[0]))
    assert words.startswith(f"Dense {2 + first}: A ")
    assert " · B " in words
    assert plot.canvas.tooltip_at(QPointF(99.0, 0.0)) == ""


@kinds
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(420, 190), (920, 130)])
def test_that_nothing_is_cut_or_over_each_other(
    kind: type[LayeredPlot], show_plot: ShowPlot, size: tuple[int, int], scale: float
) -> None:
    plot = show_plot(kind, size)
    plot._theme.set_text_scale(scale)
    plot.apply_theme(plot._theme)
    plot.set_selected_layer(2)
    plot.set_lanes(make_looks(4))
    for cards in (1, 4, 9, 14, 30):
        plot.show_picture(make_lanes(900, 4, cards=cards))
        ticks = plot.canvas.axes.bottom
        edges = [(plot.canvas.pixel_x(tick.at), plot.canvas.ink.width(tick.text, "strong tick") / 2) for tick in ticks]
        assert all(b - a > wide + other for (a, wide), (b, other) in pairwise(edges))
        assert edges[0][0] - edges[0][1] >= 0
        assert edges[-1][0] + edges[-1][1] <= size[0]
        whole = [tick.text in ("Input", "Output") or tick.text.startswith("Dense ") for tick in ticks]
        assert all(whole) or not any(whole), "all names are shortened, or none"
        assert ticks[-1].text in ("Output", "Out")


def test_that_the_map_says_whose_it_is(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(2))
    plot.show_picture(make_lanes(900, 2, selected=1))
    assert "B He" in texts(plot)
    assert plot.describe().startswith("B He: ")
    plot.set_lanes(())
    assert texts(plot) == []


@kinds
def test_that_lanes_at_different_moments_have_no_factor(kind: type[LayeredPlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    wide = [(index, make_gradient(1e-6), 1e-6, 1e-6) for index in range(1, 6)]
    (other,) = picture.beside
    for index, gradient, std, ratio in wide:
        other = with_layer(other, index, weight_gradient=gradient, std=std, update_ratio=ratio)
    plot.show_picture(replace(picture, beside=(other,)))
    assert any("times" in text for text in texts(plot))
    assert "at step" not in plot.subtitle + plot.describe()
    behind = replace(other, frame=replace(other.frame, step=300, examples=other.frame.examples // 3))
    plot.show_picture(replace(picture, beside=(behind,)))
    assert not any("times" in text for text in texts(plot))
    assert plot.subtitle.startswith("A at step 900, B at step 300 · ")
    assert plot.describe().startswith("A at step 900, B at step 300.")


def test_that_lanes_of_other_batch_sizes_are_of_one_moment_after_as_many_examples(show_plot: ShowPlot) -> None:
    plot = show_plot(UpdateRatioPlot)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    (other,) = picture.beside
    plot.show_picture(replace(picture, beside=(replace(other, frame=replace(other.frame, step=450)),)))
    assert "at step" not in plot.subtitle
