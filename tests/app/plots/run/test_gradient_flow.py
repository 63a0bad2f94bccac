import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.plots.canvas.notes import Note
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
    starts = plot.start.opts["x0"] + plot.start.opts["width"]
    first = picture.start.layers[1:]
    assert starts == pytest.approx([math.log10(layer.weight_gradient.rms) for layer in first])
    x, y = plot.marks.getData()
    assert x == pytest.approx([math.log10(layer.output_gradient.rms) for layer in layers])
    assert np.all(np.diff(y) < 0), "in the order of the network"
    assert [text for text in texts(plot) if text.startswith(("Dense", "Output"))][::4] == ["Dense 1", "Output"]


def test_that_values_are_written_with_powers(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    picture = with_gradients(make_picture(cards=2), 1, make_gradient(4.5e-4), make_gradient(1.2e-2))
    plot.show_picture(picture)
    assert {"4.5 × 10⁻⁴", "1.2 × 10⁻²"} <= {text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(plot)}
    words = plot.describe().replace("\N{NO-BREAK SPACE}", " ")
    assert "Dense 1: dL/dW 4.5 × 10⁻⁴, dL/dh 1.2 × 10⁻²." in words


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(236, 110), (300, 150), (444, 75), (455, 230), (500, 500)])
def test_that_nothing_is_cut_or_over_each_other(show_plot: ShowPlot, size: tuple[int, int], scale: float) -> None:
    plot = show_plot(GradientFlowPlot, tuple(round(scale * side) for side in size))
    plot._theme.set_text_scale(scale)
    plot.apply_theme(plot._theme)
    plot.set_selected_layer(2)
    for cards in (1, 3, 4, 6, 9, 12, 14, 30):
        plot.show_picture(make_picture(cards=cards, run_id=cards))
        assert_readable(plot.canvas)
        told = [row for row in plot.rows if row.told]
        assert 1 <= len(told) <= cards + 1
        assert plot.rows[-1].top + plot.rows[-1].height <= plot.canvas.area.bottom() + 1


def test_that_values_stand_under_the_entries_of_the_legend(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.show_picture(make_picture(cards=2))
    ends = {note.x for note in plot.canvas.notes if isinstance(note, Note) and "10" in note.text}
    assert len(ends) == 2
    assert max(ends) - min(ends) == plot.legend_pitch + 8


def test_that_rows_without_words_are_told_on_hover(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot, (444, 120))
    plot.set_facts(make_facts())
    plot.show_picture(make_picture(cards=9))
    quiet = next(index for index, row in enumerate(plot.rows) if not row.told)
    words = plot.canvas.tooltip_at(plot.canvas.to_data(QPointF(100, plot.rows[quiet].middle)))
    assert words.startswith(f"Dense {quiet + 1}: dL/dW")
    assert "210 examples" in words


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
        plot.canvas.pressed.emit(plot.canvas.to_data(QPointF(100, plot.rows[3].middle)))
    assert clicked.args == [4], "the last row is the output, the last of Frame.layers"


def test_that_each_mark_can_be_hidden(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    plot.show_picture(make_picture(cards=2))
    plot.set_series_shown(WEIGHTS, False)
    assert not plot.bars.isVisible()
    plot.set_series_shown(OUTPUTS, False)
    assert not plot.marks.isVisible()
    assert not any("10" in text for text in texts(plot))


def test_that_rows_without_room_for_words_are_told_together(show_plot: ShowPlot) -> None:
    plot = show_plot(GradientFlowPlot)
    picture = make_picture(cards=30)
    for index in (3, 4, 9):
        picture = with_gradients(picture, index, make_gradient(0.0), make_gradient(1e-3))
    picture = with_gradients(picture, 12, make_gradient(math.inf), make_gradient(1e-3))
    plot.show_picture(picture)
    assert {"3 gradients are exactly 0", "1 gradient is not finite"} <= set(texts(plot))
    assert_readable(plot.canvas)
