"""Meters and update ratios over time: what the curves, the image and the words show."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.look.healthy import HEALTHY
from app.look.lane_look import LaneLook
from app.plots.canvas.notes import MarkNote
from app.plots.run.layer_time import LayerTimePlot
from app.plots.run.meter import Meter
from app.plots.run.meters import blocked, dead, saturated
from app.plots.run.ratio_meter import update_ratio
from app.theme import Theme
from simulator.training import Picture
from tests.app.canned import make_facts, make_picture, make_track
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

pytestmark = pytest.mark.slow

SIZES = [(520, 260), (372, 150)]


def made(cards: int = 3, frames: int = 60, step: int = 590) -> Picture:
    """Return a picture with a track: the dead share of card i climbs to i tenths, ratios fall from 0.1."""
    return replace(make_picture(step, cards=cards), track=make_track(cards, frames, step))


def over_time(meter: Callable[[], Meter]) -> Callable[[Theme], LayerTimePlot]:
    return lambda theme: LayerTimePlot(theme, meter())


def show(plot: LayerTimePlot, picture: Picture) -> None:
    plot.set_facts(make_facts())
    plot.show_picture(picture)


def press(qtbot: QtBot, plot: LayerTimePlot, x: float, y: float) -> None:
    place = QPoint(round(x), round(y))
    qtbot.mouseClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_a_curve_a_layer_shows_the_track(show_plot: ShowPlot) -> None:
    plot, picture = show_plot(over_time(dead)), made()
    show(plot, picture)
    assert plot.layers == (1, 2, 3)
    for layer, curve in zip(plot.layers, plot.lines.curves, strict=False):
        x, y = curve.getData()
        assert x == pytest.approx(picture.track.step)
        assert y == pytest.approx(picture.track.dead[:, layer])
    assert [curve.isVisible() for curve in plot.lines.curves] == [True] * 3 + [False] * 3


def test_that_names_and_values_stand_at_the_ends(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(dead), (520, 260))
    show(plot, made())
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(plot)] == [
        "Dense 1, 10 %",
        "Dense 2, 20 %",
        "Dense 3, 30 %",
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", [dead, blocked, update_ratio])
@pytest.mark.parametrize("cards", [1, 5, 12, 30])
def test_that_all_words_can_be_read(
    show_plot: ShowPlot, kind: Callable[[], Meter], size: tuple[int, int], cards: int
) -> None:
    plot = show_plot(over_time(kind), size)
    show(plot, made(cards))
    assert_readable(plot.canvas)


def test_that_a_click_on_a_curve_or_its_words_means_its_layer(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot, picture = show_plot(over_time(dead), (520, 260)), made()
    show(plot, picture)
    with qtbot.waitSignal(plot.layer_clicked) as clicked:
        press(qtbot, plot, plot.canvas.pixel_x(500), plot.canvas.pixel_y(0.3 * 500 / 590))
    assert clicked.args == [3]
    note = next(note for note in plot.canvas.notes if getattr(note, "text", "").startswith("Dense 2"))
    with qtbot.waitSignal(plot.layer_clicked) as clicked:
        press(qtbot, plot, note.x + 20, note.y)
    assert clicked.args == [2]
    with qtbot.assertNotEmitted(plot.layer_clicked):
        press(qtbot, plot, plot.canvas.pixel_x(100), plot.canvas.pixel_y(0.9))


def test_that_the_chosen_layer_is_thick_and_the_others_pale(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(dead))
    show(plot, made())
    plain = [QColor(curve.opts["pen"].color()) for curve in plot.lines.curves[:3]]
    plot.set_selected_layer(2)
    widths = [curve.opts["pen"].width() for curve in plot.lines.curves[:3]]
    assert widths[1] > widths[0] == widths[2]
    assert plot.lines.curves[1].opts["pen"].color() == plain[1]
    assert plot.lines.curves[0].opts["pen"].color() != plain[0]


def test_that_every_curve_has_a_dash_of_its_own(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(dead))
    show(plot, made(6))
    patterns = {tuple(curve.opts["pen"].dashPattern()) for curve in plot.lines.curves}
    assert len(patterns) == 6


def test_that_more_than_six_layers_are_an_image_of_layers_by_time(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot, picture = show_plot(over_time(dead), (520, 300)), made(10)
    show(plot, picture)
    assert plot.is_image
    assert not any(curve.isVisible() for curve in plot.lines.curves)
    # darker in light colours: the share grows with time and from layer to layer
    light = plot.image.item.image[..., :3].astype(int).sum(axis=2)
    assert (np.diff(light[-1]) <= 0).all()
    assert (np.diff(light[:, -1]) <= 0).all()
    assert light[-1, -1] < light[0, 0]
    with qtbot.waitSignal(plot.layer_clicked) as clicked:
        press(qtbot, plot, plot.canvas.pixel_x(100), plot.canvas.pixel_y(6.5))
    assert clicked.args == [7]


def test_that_the_mouse_reads_the_value_of_the_nearest_layer(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot, picture = show_plot(over_time(dead), (520, 260)), made()
    show(plot, picture)
    x, y = plot.canvas.pixel_x(picture.track.step[30]), plot.canvas.pixel_y(float(picture.track.dead[30, 2]))
    qtbot.mouseMove(plot.canvas.viewport(), QPoint(round(x), round(y)))
    step, share = int(picture.track.step[30]), round(100 * float(picture.track.dead[30, 2]))
    words = [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(plot)]
    assert words[-1] == f"step {step} · Dense 2 {share} %"


def test_that_a_meter_that_no_layer_has_says_so(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(saturated))
    show(plot, made())
    assert "bounds" in plot.canvas.words


def test_that_without_frames_the_plot_says_what_will_come(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(dead))
    show(plot, make_picture())
    assert plot.canvas.words == plot.describe()


def test_that_ratios_lie_on_a_logarithmic_axis_round_the_healthy_band(show_plot: ShowPlot) -> None:
    plot, picture = show_plot(over_time(update_ratio), (520, 260)), made()
    show(plot, picture)
    low, high = plot.canvas.y_range
    assert low <= -4 < HEALTHY[0] < HEALTHY[1] < -2 <= high
    _x, y = plot.lines.curves[0].getData()
    assert y[1:] == pytest.approx(np.log10(picture.track.update_ratio[1:, 1]))
    assert any("healthy" in text for text in texts(plot))
    band = plot.grab().toImage().pixelColor(round(plot.canvas.pixel_x(20)), round(plot.canvas.pixel_y(-2.65)))
    outside = plot.grab().toImage().pixelColor(round(plot.canvas.pixel_x(20)), round(plot.canvas.pixel_y(-3.9)))
    assert band.green() > band.red() + 10
    assert abs(outside.green() - outside.red()) <= 3


def test_that_a_ratio_of_0_has_words_and_no_point(show_plot: ShowPlot) -> None:
    plot, picture = show_plot(over_time(update_ratio), (520, 260)), made()
    ratio = picture.track.update_ratio.copy()
    ratio[40:, 1] = 0
    show(plot, replace(picture, track=replace(picture.track, update_ratio=ratio)))
    assert any("exactly 0" in text for text in texts(plot))
    assert np.isnan(plot.lines.curves[0].getData()[1][40:]).all()


def test_that_many_frames_keep_their_extremes_behind_the_curve(show_plot: ShowPlot) -> None:
    plot, picture = show_plot(over_time(dead)), made(frames=2000, step=1999)
    shares = picture.track.dead.copy()
    shares[1000, 1] = 0.9
    show(plot, replace(picture, track=replace(picture.track, dead=shares)))
    assert plot.lines.raws[0].isVisible()
    assert np.nanmax(plot.lines.raws[0].getData()[1]) == pytest.approx(0.9)
    assert np.nanmax(plot.lines.curves[0].getData()[1]) < 0.9


def test_that_the_words_for_a_screen_reader_hold_every_value(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(dead))
    show(plot, made())
    words = plot.describe().replace("\N{NO-BREAK SPACE}", " ")
    assert words == "Dead units at step 590. Dense 1: 10 %, Dense 2: 20 %, Dense 3: 30 %."


def test_that_no_rules_run_through_the_values_beside_an_image(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(dead))
    show(plot, made(10))
    assert plot.canvas.axes.rules == ()


def test_that_the_recent_part_of_an_image_ends_with_the_newest_step(show_plot: ShowPlot) -> None:
    plot, picture = show_plot(over_time(dead), (520, 300)), made(10)
    recent = replace(picture.losses, step=np.arange(400.0, 591.0))
    show(plot, replace(picture, recent=recent))
    plot.set_option("span", "recent")
    low, high = plot.canvas.x_range
    assert 300 < low <= 400 < 590 <= high
    assert plot.image.item.mapRectToParent(plot.image.item.boundingRect()).right() == pytest.approx(590)


def test_that_among_lanes_the_selected_one_is_drawn_and_named(show_plot: ShowPlot) -> None:
    plot, picture = show_plot(over_time(dead)), made()
    other = replace(made(), run_id=2)
    looks = (LaneLook(1, "A", "Xavier", 0), LaneLook(2, "B", "He", 1))
    show(plot, replace(picture, beside=(other,)))
    plot.set_lanes(looks)
    assert "Xavier" in plot.subtitle
    assert len(texts(plot)) == 3


def test_that_few_frames_are_marked_one_by_one(show_plot: ShowPlot) -> None:
    plot = show_plot(over_time(dead))
    show(plot, made(frames=5))
    marks = [note for note in plot.canvas.notes if isinstance(note, MarkNote)]
    assert len(marks) == 5 * 3 + 3
    show(plot, made(frames=60))
    assert len([note for note in plot.canvas.notes if isinstance(note, MarkNote)]) == 3
