from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.look import facts
from app.plots.canvas.curve import MOST_POINTS
from app.plots.canvas.ends import spread
from app.plots.canvas.notes import Note
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.splits import VALIDATION
from simulator.training import Picture, WholeReading
from tests.app.canned import make_facts, make_picture
from tests.app.plots.conftest import ShowPlot, assert_readable, texts


def with_accuracies(picture: Picture, training: float, validation: float) -> Picture:
    size = picture.readings.epoch.size
    readings = replace(
        picture.readings,
        training_accuracy=np.full(size, training),
        validation_accuracy=np.full(size, validation),
    )
    return replace(picture, readings=readings)


def test_that_the_curves_are_the_readings(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    picture = make_picture(1800)
    plot.show_picture(picture)
    for curve, values in (
        (plot.splits.training, picture.readings.training_accuracy),
        (plot.splits.validation, picture.readings.validation_accuracy),
    ):
        x, y = curve.getData()
        assert np.array_equal(x, picture.readings.epoch)
        assert np.array_equal(y, values)
    assert plot.splits.gap.polygon.size() == 2 * picture.readings.epoch.size
    assert plot.splits.validation.opts["pen"].style() == Qt.PenStyle.CustomDashLine


def test_that_long_runs_are_thinned_to_their_ends(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    picture = make_picture(21 * 5000)
    plot.show_picture(picture)
    x, y = plot.splits.validation.getData()
    assert x.size == MOST_POINTS
    assert (x[0], x[-1]) == (0, 5000)
    assert y[-1] == picture.readings.validation_accuracy[-1]
    assert plot.readings.isVisible()
    assert np.array_equal(plot.readings.getData()[1], picture.readings.validation_accuracy), "all of them, pale"


def test_that_ends_and_gap_are_written(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.show_picture(with_accuracies(make_picture(1800), 0.98, 0.91))
    assert texts(plot) == ["train 98\N{NO-BREAK SPACE}%", "val 91\N{NO-BREAK SPACE}%"]
    assert plot.subtitle == "gap 7 points · 90 examples of each"
    assert "gap 7 points, on 90 examples of each, read at step 1\N{NO-BREAK SPACE}785" in plot.describe()
    plot.set_compact(True)
    assert plot.subtitle == "gap 7 points · 90 examples of each · by epoch"


@pytest.mark.parametrize(
    ("training", "validation", "words"),
    [
        (0.98, 0.91, "gap 7 points"),
        (0.9, 0.9, "gap 0 points"),
        (0.89, 0.91, "gap −2 points"),
        (0.999, 0.995, "gap 0.4 points"),
    ],
)
def test_that_a_small_plot_says_the_gap_in_its_title_line(
    show_plot: ShowPlot, training: float, validation: float, words: str
) -> None:
    plot = show_plot(AccuracyPlot, (190, 85))
    plot.set_small(True)
    plot.show_picture(with_accuracies(make_picture(1800), training, validation))
    assert plot.value[0] == words
    assert plot.subtitle == ""
    assert plot.legend() == ()
    assert_readable(plot.canvas)


def test_that_a_cut_axis_says_so(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot, (290, 120))
    plot.set_small(True)
    picture = with_accuracies(make_picture(1800), 0.98, 0.93)
    plot.show_picture(picture)
    assert plot.canvas.y_range[0] == 0.8
    assert not any("axis" in text for text in texts(plot)), "nothing is cut off"
    values = picture.readings.training_accuracy.copy()
    values[0] = 0.1
    plot.show_picture(replace(picture, readings=replace(picture.readings, training_accuracy=values)))
    assert plot.canvas.y_range[0] == 0.8
    [words] = [note for note in plot.canvas.notes if isinstance(note, Note) and note.text.startswith("axis from 80")]
    assert words.x > plot.canvas.pixel_x(picture.readings.epoch[1]), "behind the climb"
    assert_readable(plot.canvas)
    values[-1] = 0.7
    plot.show_picture(replace(picture, readings=replace(picture.readings, training_accuracy=values)))
    assert plot.canvas.y_range[0] < 0.7


def test_that_the_gap_of_a_past_step_is_that_of_its_reading(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    picture = make_picture(1800)
    plot.show_picture(replace(picture, at=50, frame=make_picture(50).frame))
    found = facts.read(replace(picture, at=50, frame=make_picture(50).frame))
    assert (found.step, found.training) == (42, picture.readings.training_accuracy[2])
    assert plot.subtitle == f"{found.gap} · 90 examples of each · step 42"


def test_that_whole_sets_have_marks_of_their_own_and_are_no_part_of_the_curve(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    picture = with_accuracies(make_picture(1800), 0.98, 0.91)
    whole = WholeReading(1800, 1800 / 21, 0.75, 0.91, 0.5, 0.6, 210, 90)
    plot.show_picture(replace(picture, whole=whole))
    assert "all train 75\N{NO-BREAK SPACE}%" in texts(plot)
    assert not any(text.startswith("all val") for text in texts(plot)), "all validation examples are the sample"
    assert_readable(plot.canvas)
    assert plot.splits.training.getData()[1].min() == 0.98
    assert plot.subtitle == "gap 7 points · 90 examples of each"
    assert "75\N{NO-BREAK SPACE}% of 210 in training, 91\N{NO-BREAK SPACE}% of 90 in validation" in plot.describe()
    plot.show_picture(picture)
    assert not any(text.startswith("all ") for text in texts(plot))


@pytest.mark.parametrize(("training", "validation"), [(1, 1), (0.99, 0.98), (0.4, 0.41), (0, 0), (1, 0)])
def test_that_values_at_the_ends_keep_apart(show_plot: ShowPlot, training: float, validation: float) -> None:
    plot = show_plot(AccuracyPlot)
    plot.show_picture(with_accuracies(make_picture(400), training, validation))
    assert_readable(plot.canvas)


def test_that_nothing_validates_is_said(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.set_facts(make_facts(validation=False))
    plot.show_picture(make_picture(400, validation=False))
    assert plot.subtitle == "no validation examples · 300 training examples"
    assert plot.splits.gap.polygon.size() == 0
    assert len(plot.legend()) == 1
    assert len(texts(plot)) == 1


def test_that_a_missing_reading_leaves_a_hole(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    picture = make_picture(1800)
    values = picture.readings.validation_accuracy.copy()
    values[[3, -1]] = np.nan
    plot.show_picture(replace(picture, readings=replace(picture.readings, validation_accuracy=values)))
    plot.grab()
    assert plot.splits.gap.polygon.size() == 2 * (values.size - 2)
    assert plot.subtitle == ""
    assert "2 readings have no place on this axis" in texts(plot)
    assert plot.axis.floor.getData()[0].reshape(-1, 2).mean(axis=1) == pytest.approx(picture.readings.epoch[[3, -1]])


def test_that_one_reading_is_a_point(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.show_picture(make_picture(0))
    plot.grab()
    assert plot.canvas.words == ""
    assert_readable(plot.canvas)


def test_that_the_mouse_reads_both_curves(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.show_picture(with_accuracies(make_picture(1800), 0.98, 0.91))
    plot.canvas.pointed.emit(QPointF(40.3, 0.7))
    assert "epoch 40 · train 98\N{NO-BREAK SPACE}% · val 91\N{NO-BREAK SPACE}%" in texts(plot)
    plot.canvas.pointed.emit(QPointF(-5, 0.7))
    assert any(text.startswith("epoch 0 ·") for text in texts(plot))


def test_that_validation_can_be_hidden(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.show_picture(make_picture(1800))
    plot.set_series_shown(VALIDATION, False)
    assert not plot.splits.validation.isVisible()
    assert not plot.splits.gap.isVisible()
    assert len(texts(plot)) == 1


def test_that_rows_are_spread_and_stay_inside() -> None:
    assert spread([10, 12], 16, 0, 100) == [10, 26]
    assert spread([99, 98], 16, 0, 100) == [100, 84]
    assert spread([50], 16, 0, 100, taken=[55]) == [39]
    assert spread([60], 16, 0, 100, taken=[55]) == [71]
