"""What holds for plots over time: the part in view, the scale, reading, the step on display, events."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.plots.canvas.notes import MarkNote, RuleNote
from app.plots.canvas.time_axis import ALL, FIXED, LOG, RECENT, SCALE, SPAN
from app.plots.canvas.time_plot import TimePlot
from app.plots.canvas.time_unit import AXIS, EPOCH, EXAMPLES, STEP
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.loss import LossPlot
from simulator.message import N_, Message
from simulator.training import Mark, Picture, Samples
from tests.app.canned import STEPS_PER_EPOCH, make_facts, make_lanes, make_looks, make_picture
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

both = pytest.mark.parametrize("kind", [LossPlot, AccuracyPlot])


def rules(plot: TimePlot) -> list[RuleNote]:
    return [note for note in plot.canvas.notes if isinstance(note, RuleNote)]


def column(plot: TimePlot, picture: Picture, step: int) -> float:
    """The pixel column of a step, by the axis's own units: steps, or epochs of equal length."""
    return plot.canvas.pixel_x(step if isinstance(plot, LossPlot) else step / STEPS_PER_EPOCH)


@both
def test_that_the_recent_part_ends_at_the_newest_step(kind: type[TimePlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    picture = make_picture(9000)
    plot.show_picture(picture)
    assert plot.canvas.x_range[0] == 0
    plot.set_option(SPAN, RECENT)
    low, high = plot.canvas.x_range
    first = column(plot, picture, 8500)
    assert plot.canvas.area.left() <= first < plot.canvas.area.left() + 0.3 * plot.canvas.area.width()
    assert low > 0
    assert high > (9000 if kind is LossPlot else 9000 / STEPS_PER_EPOCH)
    plot.set_option(SPAN, ALL)
    assert plot.canvas.x_range[0] == 0


def test_that_recent_losses_are_drawn_one_by_one(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_span(RECENT)
    picture = make_picture(9000)
    plot.show_picture(picture)
    x, y = plot.raws[0].getData()
    assert np.array_equal(x[::2], np.arange(8501, 9001))
    assert np.array_equal(y[::2], picture.recent.mean)


def test_that_the_recent_axis_goes_on_in_jumps(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_span(RECENT)
    lows = set()
    for step in range(3000, 3300, 10):
        plot.show_picture(make_picture(step))
        lows.add(plot.canvas.x_range[0])
    assert len(lows) <= 5


@both
def test_that_fixed_axes_stay_where_they_are(kind: type[TimePlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.show_picture(make_picture(900))
    plot.set_span(FIXED)
    before = (plot.canvas.x_range, plot.canvas.y_range, plot.canvas.axes)
    for picture in (make_picture(5000), make_picture(20, run_id=7), make_picture(20_000)):
        plot.show_picture(picture)
        assert (plot.canvas.x_range, plot.canvas.y_range, plot.canvas.axes) == before
    assert any(text.endswith("→") for text in texts(plot)), "the curve left the view, which is said"
    plot.set_span(ALL)
    assert plot.canvas.x_range[1] > before[0][1]


def test_that_a_curve_that_ended_before_the_fixed_part_is_told(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_span(RECENT)
    plot.show_picture(make_picture(9000))
    plot.set_span(FIXED)
    plot.show_picture(make_picture(100, run_id=2))
    assert any(text.startswith("←") for text in texts(plot))


def test_that_another_scale_in_a_fixed_view_keeps_the_time(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(900))
    plot.set_span(FIXED)
    x_range = plot.canvas.x_range
    plot.set_option(SCALE, LOG)
    plot.show_picture(make_picture(2000))
    assert plot.canvas.x_range == x_range
    assert plot.canvas.y_range[1] <= 1, "exponents, not losses"


@both
def test_that_the_options_say_what_is_in_force(kind: type[TimePlot], show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(kind)
    with qtbot.waitSignal(plot.options_changed):
        plot.set_option(SPAN, RECENT)
    plot.set_option(SCALE, LOG)
    native = "step" if kind is LossPlot else "epoch"
    assert [(option.key, option.value, option.words) for option in plot.options()] == [
        (SPAN, RECENT, "recent"),
        (AXIS, native, native),
        (SCALE, LOG, "log"),
    ]


def test_that_a_logarithmic_accuracy_has_percents_for_ticks(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.set_logarithmic(True)
    picture = make_picture(900)
    plot.show_picture(picture)
    assert plot.splits.training.getData()[1] == pytest.approx(np.log10(picture.readings.training_accuracy))
    assert all(tick.text.endswith("%") for tick in plot.canvas.axes.left)


@both
def test_that_arrows_read_point_after_point(kind: type[TimePlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture(900))
    canvas = plot.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    last = plot.reader.words
    assert last
    seen = [last]
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
        seen.append(plot.reader.words)
    assert len(set(seen)) == 4
    assert canvas.accessibleDescription() == plot.reader.words
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert plot.reader.words == seen[2]
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert plot.reader.words.split(" · ")[0] in ("step 1", "epoch 0")
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert plot.reader.words == last
    assert_readable(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert plot.reader.words == ""


def focused(plot: TimePlot, qtbot: QtBot) -> None:
    plot.activateWindow()
    plot.canvas.setFocus()
    qtbot.waitUntil(plot.canvas.hasFocus)


def test_that_the_reading_ends_with_the_focus(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(900))
    focused(plot, qtbot)
    QTest.keyClick(plot.canvas, Qt.Key.Key_Left)
    assert plot.reader.words
    plot.canvas.clearFocus()
    assert plot.reader.words == ""


def test_that_a_focused_plot_shows_a_ring(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(900))
    before = plot.grab().toImage()
    focused(plot, qtbot)
    assert plot.grab().toImage() != before


def test_that_a_step_read_in_one_plot_is_told(show_plot: ShowPlot) -> None:
    loss, accuracy = show_plot(LossPlot), show_plot(AccuracyPlot)
    picture = make_picture(900)
    told: list[int | None] = []
    loss.step_pointed.connect(told.append)
    loss.show_picture(picture)
    accuracy.show_picture(picture)
    accuracy.step_pointed.connect(told.append)
    loss.canvas.pointed.emit(QPointF(450, 0.1))
    loss.canvas.pointed.emit(QPointF(450.1, 0.2))
    loss.canvas.pointed.emit(None)
    accuracy.canvas.pointed.emit(QPointF(20, 0.5))
    nearest = picture.losses.smooth_step[np.argmin(np.abs(picture.losses.smooth_step - 450))]
    assert told == [round(nearest), None, 20 * STEPS_PER_EPOCH]


@both
def test_that_a_step_read_elsewhere_is_marked(kind: type[TimePlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    picture = make_picture(900)
    plot.show_picture(picture)
    whole = texts(plot)
    plot.mark_step(430)
    (rule,) = rules(plot)
    assert rule.x == pytest.approx(column(plot, picture, 430))
    assert texts(plot) == whole, "the words stand in the plot that is read"
    plot.mark_step(None)
    assert rules(plot) == []


@both
def test_that_the_step_on_display_has_a_rule_and_the_curve_stays_whole(
    kind: type[TimePlot], show_plot: ShowPlot
) -> None:
    plot = show_plot(kind)
    picture = make_picture(900)
    plot.show_picture(replace(picture, at=210, frame=replace(picture.frame, step=210)))
    (rule,) = rules(plot)
    assert rule.x == pytest.approx(column(plot, picture, 210))
    curve = plot.smooths[0] if isinstance(plot, LossPlot) else plot.splits.training
    last = 900 if kind is LossPlot else 900 // STEPS_PER_EPOCH
    assert curve.getData()[0][-1] == last


@both
def test_that_events_stand_on_the_time_axis_with_words(kind: type[TimePlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    marks = (
        Mark("fork", 100, Message(N_("Left run {letter}"), {"letter": "A"})),
        Mark("edit", 500, Message(N_("Learning rate {rate}"), {"rate": "0.1"})),
        Mark("diverged", 880, Message(N_("The loss is not finite."))),
    )
    picture = replace(make_picture(900), marks=marks)
    plot.show_picture(picture)
    area = plot.canvas.area
    found = [note for note in plot.canvas.notes if isinstance(note, MarkNote) and note.y == area.bottom()]
    assert [note.x for note in found] == pytest.approx([column(plot, picture, mark.step) for mark in marks])
    assert len({note.shape for note in found}) == 3
    place = plot.canvas.to_data(QPointF(found[1].x + 2, area.bottom() - 3))
    assert plot.canvas.tooltip_at(place) == "Step 500: Learning rate 0.1"
    above = plot.canvas.to_data(QPointF(found[1].x, area.center().y()))
    assert plot.canvas.tooltip_at(above) == ""


@both
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("lanes", [1, 2, 4])
@pytest.mark.parametrize("span", [ALL, RECENT, FIXED])
def test_that_words_are_neither_cut_nor_over_each_other(
    kind: type[TimePlot], show_plot: ShowPlot, scale: float, lanes: int, span: str
) -> None:
    plot = show_plot(kind, (400, 190))
    plot._theme.set_text_scale(scale)
    plot.apply_theme(plot._theme)
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(lanes) if lanes > 1 else ())
    for step in (30, 900, 4000):
        plot.show_picture(make_lanes(step, lanes))
        assert_readable(plot.canvas)
        plot.set_span(span)


@both
@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_that_a_reading_covers_no_value(kind: type[TimePlot], show_plot: ShowPlot, lanes: int) -> None:
    plot = show_plot(kind, (430, 190))
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(lanes) if lanes > 1 else ())
    plot.show_picture(make_lanes(900, lanes))
    low, high = plot.canvas.x_range
    for share in (0.0, 0.2, 0.4, 0.6, 0.8):
        plot.canvas.pointed.emit(QPointF(low + share * (high - low), 0.0))
        assert plot.reader.words
        assert_readable(plot.canvas)


@both
def test_that_the_axis_counts_what_was_chosen_and_the_curve_stays(kind: type[TimePlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    picture = replace(make_picture(900), samples=Samples(210, 90, 210, 90))
    plot.show_picture(picture)
    before = plot.canvas.x_range
    for unit, whole in ((STEP, 1.0), (EPOCH, STEPS_PER_EPOCH), (EXAMPLES, STEPS_PER_EPOCH / 210)):
        plot.set_option(AXIS, unit)
        assert plot.canvas.axes.name == {STEP: "step", EPOCH: "epoch", EXAMPLES: "examples seen"}[unit]
        ticks = [tick for tick in plot.canvas.axes.bottom if tick.at > 0]
        assert len(ticks) >= 2
        for tick in ticks:
            value = float(tick.text.replace("\N{NO-BREAK SPACE}", ""))
            assert plot.canvas.pixel_x(tick.at) == pytest.approx(column(plot, picture, value * whole), abs=0.5)
    assert plot.canvas.x_range == pytest.approx(before)
