import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from app.look.numbers import number
from app.plots.canvas.notes import RuleNote
from app.plots.run.loss import RAW, LossPlot
from simulator.training import Picture
from tests.app.canned import make_facts, make_lanes, make_looks, make_picture
from tests.app.plots.conftest import ShowPlot, assert_readable, texts


def with_losses(picture: Picture, **changes: object) -> Picture:
    return replace(picture, losses=replace(picture.losses, **changes))


def test_that_the_curves_are_the_losses(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    picture = make_picture(200)
    plot.show_picture(picture)
    x, y = plot.raws[0].getData()
    assert np.array_equal(x[::2], picture.losses.step)
    assert np.array_equal(y[::2], picture.losses.low)
    assert np.array_equal(y[1::2], picture.losses.high)
    x, y = plot.smooths[0].getData()
    assert np.array_equal(x, picture.losses.smooth_step)
    assert np.array_equal(y, picture.losses.smooth)


def test_that_more_points_than_pixels_lose_no_extreme(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    picture = make_picture(3500)
    high, low = picture.losses.high.copy(), picture.losses.low.copy()
    high[[400, 611]], low[[402, 873]] = 9.0, 0.001
    high[500:504] = low[500:504] = np.nan
    plot.show_picture(with_losses(picture, high=high, low=low))
    x, y = plot.raws[0].getData()
    drawn = plot.canvas.pixel_x(x[-1]) - plot.canvas.pixel_x(x[0])
    assert drawn <= x.size / 2 < picture.losses.step.size
    for at, value in ((400, 9.0), (611, 9.0), (402, 0.001), (873, 0.001)):
        near = np.abs(x - picture.losses.step[at]) <= 2 * 3500 / drawn
        assert value in y[near]
    assert np.nanmax(y) == 9.0
    assert np.nanmin(y) == 0.001


def test_that_a_logarithmic_axis_shows_exponents(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    picture = make_picture(500)
    plot.show_picture(picture)
    plot.set_logarithmic(True)
    assert plot.smooths[0].getData()[1] == pytest.approx(np.log10(picture.losses.smooth))
    assert 3 <= len(plot.canvas.axes.left) <= 5
    plot.set_logarithmic(False)
    assert np.array_equal(plot.smooths[0].getData()[1], picture.losses.smooth)


def test_that_guessing_and_the_last_value_are_written(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_facts(make_facts(classes=10))
    plot.show_picture(make_picture(1000, classes=10))
    assert "guessing · ln 10" in texts(plot)
    assert any(text.startswith("0.1") for text in texts(plot))
    assert plot.canvas.y_range[1] > math.log(10)
    assert "2.30 = ln 10" in plot.describe()


@pytest.mark.parametrize("logarithmic", [False, True])
def test_that_the_last_value_keeps_clear_of_guessing(show_plot: ShowPlot, logarithmic: bool) -> None:
    plot = show_plot(LossPlot)
    plot.set_logarithmic(logarithmic)
    plot.set_facts(make_facts())
    picture = make_picture(1000)
    for value in (0.1, 0.6, 0.68, 0.6931, 0.7, 0.76):
        plot.show_picture(with_losses(picture, smooth=np.full_like(picture.losses.smooth, value)))
        assert_readable(plot.canvas)


def test_that_a_peak_above_the_axis_is_written(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_facts(make_facts())
    picture = make_picture(900)
    high = picture.losses.high.copy()
    high[100] = 37.4
    plot.show_picture(with_losses(picture, high=high))
    assert any(text.startswith("cut at ") and text.endswith(", reached 37") for text in texts(plot))
    assert plot.canvas.y_range[1] < 3


def test_that_the_first_loss_that_is_not_finite_is_marked(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    picture = make_picture(400)
    for name in ("low", "mean", "high"):
        values = getattr(picture.losses, name).copy()
        values[300:] = np.nan
        picture = with_losses(picture, **{name: values})
    smooth = picture.losses.smooth.copy()
    smooth[200:] = np.inf
    plot.show_picture(with_losses(picture, smooth=smooth, first_bad_step=301))
    assert "not finite from step 301" in texts(plot)
    assert "From step 301 on the loss is not finite." in plot.describe()
    assert all(math.isfinite(end) for end in (*plot.canvas.x_range, *plot.canvas.y_range))


@pytest.mark.parametrize("fill", [0.0, np.nan, np.inf, 1e30, 1e-30])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_that_odd_losses_do_no_harm(show_plot: ShowPlot, fill: float, logarithmic: bool) -> None:
    plot = show_plot(LossPlot)
    plot.set_facts(make_facts())
    plot.set_logarithmic(logarithmic)
    picture = make_picture(50)
    same = np.full_like(picture.losses.mean, fill)
    plot.show_picture(with_losses(picture, low=same, mean=same, high=same, smooth=same))
    plot.grab()
    assert all(math.isfinite(end) for end in (*plot.canvas.x_range, *plot.canvas.y_range))


def test_that_no_step_is_no_empty_box(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(0))
    assert plot.describe().startswith("No step yet")
    assert plot.canvas.is_bare
    assert len(plot.canvas.axes.left) > 1
    plot.show_picture(make_picture(30))
    assert not plot.canvas.is_bare


def test_that_the_legend_names_what_is_drawn(show_plot: ShowPlot) -> None:
    plot, picture = show_plot(LossPlot), make_picture(900)
    plot.show_picture(picture)
    assert [entry.text for entry in plot.legend()] == ["each step", "smoothed"]
    losses = picture.losses
    plot.show_picture(with_losses(picture, smooth=losses.low, smooth_step=losses.step.astype(float)))
    assert [(entry.key, entry.text) for entry in plot.legend()] == [("smooth", "each step")], "too few to smooth"


def test_that_a_small_plot_has_its_value_in_the_title_line(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot, (190, 85))
    plot.set_small(True)
    picture = make_picture(900)
    plot.show_picture(picture)
    assert plot.value == (number(float(picture.losses.smooth[-1])), "accent")
    assert texts(plot) == []
    assert plot.legend() == ()
    plot.set_large(True)
    assert plot.value[0] == "", "alone over the window it is a plot in full"
    assert plot.legend()


@pytest.mark.parametrize("lanes", [2, 4])
@pytest.mark.parametrize("height", [60, 85, 140])
def test_that_small_plots_of_several_runs_are_readable(show_plot: ShowPlot, lanes: int, height: int) -> None:
    plot = show_plot(LossPlot, (190, height))
    plot.set_small(True)
    plot.set_lanes(make_looks(lanes))
    plot.show_picture(make_lanes(900, lanes))
    assert_readable(plot.canvas)


def test_that_the_mouse_reads_the_nearest_point(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    picture = make_picture(900)
    plot.show_picture(picture)
    plot.canvas.pointed.emit(QPointF(450.4, 0.2))
    at = int(np.argmin(np.abs(picture.losses.smooth_step - 450.4)))
    assert any(text.startswith(f"step {round(picture.losses.smooth_step[at])} · loss 0.") for text in texts(plot))
    assert_readable(plot.canvas)
    plot.canvas.pointed.emit(None)
    assert not any(text.startswith("step") for text in texts(plot))


def test_that_a_past_step_is_marked_on_the_whole_curve(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    picture = make_picture(900)
    plot.show_picture(picture)
    whole = texts(plot)
    past = replace(picture, frame=replace(picture.frame, step=300))
    plot.show_picture(past)
    assert not [note for note in plot.canvas.notes if isinstance(note, RuleNote)], "frames are a little behind"
    plot.show_picture(replace(past, at=300))
    (rule,) = [note for note in plot.canvas.notes if isinstance(note, RuleNote)]
    assert rule.x == rule.to_x == pytest.approx(plot.canvas.pixel_x(300))
    assert texts(plot) == whole


def test_that_raw_losses_can_be_hidden(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(900))
    plot.set_series_shown(RAW, False)
    assert not plot.raws[0].isVisible()
    assert plot.smooths[0].isVisible()


def test_that_the_axis_moves_in_coarse_jumps(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    ranges = set()
    for step in range(10, 2000, 30):
        plot.show_picture(make_picture(step))
        ranges.add((plot.canvas.x_range, plot.canvas.y_range))
    assert len(ranges) < 25


@pytest.mark.parametrize(("count", "words"), [(1, "0 in 1 place"), (3, "0 in 3 places")])
def test_that_losses_of_0_are_counted_on_a_logarithmic_axis(show_plot: ShowPlot, count: int, words: str) -> None:
    plot = show_plot(LossPlot)
    plot.set_logarithmic(True)
    picture = make_picture(300)
    low = picture.losses.low.copy()
    low[50 : 50 + count] = 0.0
    plot.show_picture(with_losses(picture, low=low))
    assert f"{words}: below this axis" in texts(plot)
    x, y = plot.axis.floor.getData()
    assert x.reshape(-1, 2).mean(axis=1) == pytest.approx(picture.losses.step[50 : 50 + count])
    assert set(y) == {plot.canvas.y_range[0]}
    plot.set_logarithmic(False)
    assert not plot.axis.floor.isVisible()
    assert not any("place" in text for text in texts(plot))


@pytest.mark.parametrize(("times", "fits"), [(1.3, True), (1.4, False)])
def test_that_the_axis_reaches_a_peak_by_a_third_above_the_rest(show_plot: ShowPlot, times: float, fits: bool) -> None:
    """The rest is flat, so 1.05 times it is wanted; a peak over 1.35 times that is written in words."""
    plot = show_plot(LossPlot)
    picture = make_picture(900)
    high = np.full_like(picture.losses.high, 9.0)
    high[100] = times * 1.05 * 9.0
    flat = np.full_like(picture.losses.mean, 9.0)
    smooth = np.full_like(picture.losses.smooth, 9.0)
    plot.show_picture(with_losses(picture, low=flat, mean=flat, high=high, smooth=smooth))
    assert (plot.canvas.y_range[1] >= high[100]) == fits
    assert any(text.startswith("cut at ") for text in texts(plot)) != fits
