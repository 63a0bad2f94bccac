"""Several runs drawn over each other."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.look.lane_look import LANE_MARKS
from app.plots.canvas.curve import MOST_POINTS
from app.plots.canvas.lanes import lanes_of
from app.plots.canvas.notes import MarkNote, Note, RuleNote
from app.plots.canvas.time_axis import RECENT
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.loss import LossPlot
from app.plots.run.splits import TRAINING
from simulator.training import LossCurve, Picture
from tests.app.canned import STEPS_PER_EPOCH, make_facts, make_lanes, make_looks, make_picture, scaled_losses
from tests.app.plots.conftest import ShowPlot, texts

kinds = pytest.mark.parametrize("kind", [LossPlot, AccuracyPlot])


def marks(plot: LossPlot | AccuracyPlot) -> list[str]:
    return [note.shape for note in plot.canvas.notes if isinstance(note, MarkNote)]


def test_that_lanes_come_in_their_order_whichever_is_selected() -> None:
    for selected in range(3):
        picture = make_lanes(100, 3, selected)
        lanes = lanes_of(picture, make_looks(3))
        assert [lane.look.letter for lane in lanes] == ["A", "B", "C"]
        assert [lane.picture.run_id for lane in lanes] == [1, 2, 3]


def test_that_one_run_or_a_stranger_is_no_lane() -> None:
    assert lanes_of(make_lanes(100, 2), ()) == ()
    assert lanes_of(make_lanes(100, 2), make_looks(1)) == ()
    assert lanes_of(make_picture(100, run_id=9), make_looks(2)) == ()


def test_that_a_lane_without_a_picture_is_left_out() -> None:
    lanes = lanes_of(make_lanes(100, 1), make_looks(2))
    assert [lane.look.letter for lane in lanes] == ["A"]


@kinds
def test_that_each_lane_has_a_colour_a_dash_and_a_mark(kind: type[LossPlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_lanes(make_looks(4))
    plot.show_picture(make_lanes(900, 4))
    curves = plot.smooths if isinstance(plot, LossPlot) else plot.lane_curves
    pens = [curve.opts["pen"] for curve in curves]
    tokens = plot._theme.tokens
    assert [pen.color().name().upper() for pen in pens] == list(tokens.lanes)
    assert [pen.style() for pen in pens] == [Qt.PenStyle.SolidLine] + 3 * [Qt.PenStyle.CustomDashLine]
    assert len({tuple(pen.dashPattern()) for pen in pens}) == 4
    assert sorted(marks(plot)) == sorted(LANE_MARKS)
    assert all(curve.isVisible() for curve in curves)


@kinds
def test_that_dashed_curves_are_one_short_polyline(kind: type[LossPlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_lanes(make_looks(4))
    plot.show_picture(make_lanes(21 * 1500, 4))
    curves = plot.smooths if isinstance(plot, LossPlot) else plot.lane_curves
    for curve in curves[1:]:
        assert curve.getData()[0].size <= MOST_POINTS
        assert curve.opts["segmentedLineMode"] == "off", "segments would begin the dashes anew"


def test_that_raw_data_losses_lie_pale_under_each_lane(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(3))
    picture = make_lanes(150, 3)
    penalised = replace(picture, losses=scaled_losses(picture.losses, 7.0))
    plot.show_picture(penalised)
    for raw, lane in zip(plot.raws, (picture, *picture.beside), strict=False):
        assert raw.isVisible()
        assert np.array_equal(raw.getData()[1][1::2], lane.data_losses.high)
    assert not plot.raws[3].isVisible()
    assert plot.legend() == ()
    assert "data" in plot.subtitle


def test_that_values_with_letters_stand_at_the_ends(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot, (600, 230))
    plot.set_lanes(make_looks(2))
    plot.show_picture(make_lanes(900, 2))
    assert any(text.startswith("A Xavier 0.1") for text in texts(plot))
    assert any(text.startswith("B He 0.0") for text in texts(plot))
    plot.resize(240, 230)
    assert any(text.startswith("A 0.1") for text in texts(plot)), "names give way"
    plot.set_lanes(())
    assert any(text.startswith("0.1") for text in texts(plot)), "one run needs no letter"


def with_ends(picture: Picture, a: float, b: float) -> Picture:
    def flat(one: Picture, value: float) -> Picture:
        return replace(one, data_losses=replace(one.data_losses, smooth=np.full(one.data_losses.smooth.size, value)))

    (other,) = picture.beside
    return replace(flat(picture, a), beside=(flat(other, b),))


def test_that_the_factor_between_two_lanes_is_drawn(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(2))
    plot.show_picture(with_ends(make_lanes(900, 2), 0.78, 0.02))
    assert "39 times" in texts(plot)
    (rule,) = [note for note in plot.canvas.notes if isinstance(note, RuleNote)]
    assert rule.x == rule.to_x == pytest.approx(plot.canvas.pixel_x(900))
    for close in ((0.5, 0.45), (0.0, 0.5)):
        plot.show_picture(with_ends(make_lanes(900, 2), *close))
        assert not any("times" in text for text in texts(plot))


def test_that_the_factor_is_of_one_moment_where_a_lane_is_a_little_ahead(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(2))
    picture = with_ends(make_lanes(900, 2), 0.78, 0.02)
    curve = picture.data_losses
    # ahead, lane A has fallen steeply: beside B's end it is still at 0.6
    steps = np.array([1.0, 900.0, 910.0])
    ahead = replace(curve, smooth_step=steps, smooth=np.array([0.78, 0.6, 0.3]))
    plot.show_picture(replace(picture, data_losses=ahead))
    assert "30 times" in texts(plot)


def test_that_another_batch_size_makes_epochs_the_time(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    plot.show_picture(picture)
    assert plot.canvas.axes.name == "step"
    (other,) = picture.beside
    half = replace(
        other,
        steps_per_epoch=2 * STEPS_PER_EPOCH,
        readings=replace(other.readings, epoch=other.readings.step / (2 * STEPS_PER_EPOCH)),
    )
    plot.show_picture(replace(picture, beside=(half,)))
    assert plot.canvas.axes.name == "epoch"
    assert plot.smooths[0].getData()[0][-1] == pytest.approx(900 / STEPS_PER_EPOCH)
    assert plot.smooths[1].getData()[0][-1] == pytest.approx(900 / STEPS_PER_EPOCH / 2)


def test_that_one_reading_has_the_values_of_all_lanes(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(3))
    picture = make_lanes(900, 3)
    plot.show_picture(picture)
    plot.canvas.pointed.emit(QPointF(450, 0.1))
    step, *values = plot.reader.words.split(" · ")
    at = int(np.argmin(np.abs(picture.data_losses.smooth_step - 450)))
    assert step == f"step {round(picture.data_losses.smooth_step[at])}"
    expected = [lane.data_losses.smooth[at] for lane in (picture, *picture.beside)]
    assert [value[0] for value in values] == ["A", "B", "C"]
    assert [float(value[2:]) for value in values] == pytest.approx(expected, rel=0.01)


def test_that_a_lane_that_ended_early_is_not_read_far_from_its_end(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(2))
    early = make_lanes(200, 2).beside
    plot.show_picture(replace(make_lanes(900, 2), beside=early))
    plot.canvas.pointed.emit(QPointF(600, 0.1))
    assert "A " in plot.reader.words
    assert "B " not in plot.reader.words


def test_that_the_first_bad_step_names_its_lane(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(2))
    picture = make_lanes(400, 2)
    (other,) = picture.beside
    bad = replace(other, data_losses=replace(other.data_losses, first_bad_step=301))
    plot.show_picture(replace(picture, beside=(bad,)))
    assert "B not finite from step 301" in texts(plot)
    assert "B He: from step 301 on the loss is not finite." in plot.describe()


def test_that_recent_losses_of_lanes_are_one_a_step_unless_penalised(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_lanes(make_looks(2))
    plot.set_span(RECENT)
    picture = make_lanes(9000, 2)
    plot.show_picture(picture)
    assert plot.raws[0].getData()[0].size == 2 * 500
    plot.show_picture(replace(picture, frame=replace(picture.frame, penalty=0.2)))
    assert np.array_equal(plot.raws[0].getData()[0][::2], picture.data_losses.step)


def test_that_validation_is_compared_and_training_is_thin(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    plot.show_picture(picture)
    for lane, run in enumerate((picture, *picture.beside)):
        assert np.array_equal(plot.lane_curves[lane].getData()[1], run.readings.validation_accuracy)
        assert np.array_equal(plot.lane_readings[lane].getData()[1], run.readings.training_accuracy)
    assert [entry.key for entry in plot.legend()] == [TRAINING]
    plot.set_series_shown(TRAINING, False)
    assert not plot.lane_readings[0].isVisible()
    assert plot.subtitle == "validation · 90 examples"
    plot.set_lanes(())
    assert not plot.lane_curves[0].isVisible()
    assert plot.splits.gap.isVisible() is False, "training is hidden"
    assert plot.splits.validation.isVisible()


def test_that_training_is_compared_where_nothing_validates(show_plot: ShowPlot) -> None:
    plot = show_plot(AccuracyPlot)
    plot.set_facts(make_facts(validation=False))
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2, validation=False)
    plot.show_picture(picture)
    assert np.array_equal(plot.lane_curves[0].getData()[1], picture.readings.training_accuracy)
    assert plot.subtitle == "training: no validation examples · 300 examples"


@kinds
def test_that_choosing_another_lane_moves_no_axis(kind: type[LossPlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(3))
    plot.show_picture(make_lanes(900, 3))
    before = (plot.canvas.x_range, plot.canvas.y_range)
    plot.show_picture(make_lanes(900, 3, selected=2))
    assert (plot.canvas.x_range, plot.canvas.y_range) == before


@kinds
def test_that_words_have_the_lanes_ink(kind: type[LossPlot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_lanes(make_looks(4))
    plot.show_picture(make_lanes(900, 4))
    ends = [note for note in plot.canvas.notes if isinstance(note, Note) and note.style == "curve_end"]
    inks = {note.text[0]: note.colour for note in ends}
    assert inks == {"A": "accent", "B": "warn", "C": "good", "D": plot._theme.tokens.lanes[3]}


def test_that_a_lane_that_explodes_does_not_press_the_others_flat(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    (other,) = picture.beside
    plot.show_picture(replace(picture, beside=(replace(other, data_losses=scaled_losses(other.data_losses, 1e5)),)))
    assert plot.canvas.y_range[1] < 3
    assert any(text.startswith("cut at ") and ", B reached " in text for text in texts(plot))
    assert any(text.startswith("B He ") and text.endswith("↑") for text in texts(plot))
    both = replace(picture, data_losses=scaled_losses(picture.data_losses, 5.0))
    plot.show_picture(both)
    assert plot.canvas.y_range[1] > 3, "five times guessing is no explosion"


@pytest.mark.parametrize(("times", "pressed"), [(0.9, True), (1.1, False)])
@pytest.mark.parametrize(("low", "reference"), [(0.2, math.log(2)), (3.0, 1.05 * 3.0)])
def test_that_a_lane_is_outshone_at_twenty_times_guessing_or_the_lowest_lane(
    show_plot: ShowPlot, times: float, pressed: bool, low: float, reference: float
) -> None:
    """Whichever of the two is more; flat lanes want 1.05 times their loss."""
    plot = show_plot(LossPlot)
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(2))
    picture = make_lanes(900, 2)
    (other,) = picture.beside
    high = times * 20 * reference / 1.05
    shown = replace(picture, data_losses=_flat(picture.data_losses, low))
    plot.show_picture(replace(shown, beside=(replace(other, data_losses=_flat(other.data_losses, high)),)))
    assert (plot.canvas.y_range[1] >= high) == pressed


def _flat(losses: LossCurve, value: float) -> LossCurve:
    same, smooth = np.full_like(losses.mean, value), np.full_like(losses.smooth, value)
    return replace(losses, low=same, mean=same, high=same, smooth=smooth)
