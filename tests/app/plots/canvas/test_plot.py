"""What holds for every plot."""

import gc

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.plots.canvas.canvas import Canvas
from app.plots.canvas.plot import Plot
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.activations import ActivationsPlot
from app.plots.run.decision_map import DecisionMapPlot
from app.plots.run.gradient_flow import GradientFlowPlot
from app.plots.run.loss import LossPlot
from app.plots.run.update_ratio import UpdateRatioPlot
from app.theme import DARK, Theme
from tests.app.canned import make_facts, make_lanes, make_looks, make_picture
from tests.app.plots.conftest import ShowPlot

pytestmark = pytest.mark.slow

ALL = (ActivationsPlot, LossPlot, AccuracyPlot, GradientFlowPlot, DecisionMapPlot, UpdateRatioPlot)


@pytest.fixture(params=ALL, ids=lambda kind: kind.__name__)
def kind(request: pytest.FixtureRequest) -> type[Plot]:
    return request.param


def test_that_an_empty_plot_says_what_will_be_there(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    assert plot.canvas.is_bare, "axes, as always"
    assert plot.accessibleName() == plot.title
    assert plot.accessibleDescription().endswith(".")
    assert plot.describe() == plot.accessibleDescription()


def test_that_clearing_brings_the_words_back(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    empty = plot.describe()
    plot.set_facts(make_facts())
    plot.show_picture(make_picture())
    assert not plot.canvas.is_bare
    plot.clear()
    assert plot.canvas.is_bare
    assert plot.describe() == plot.accessibleDescription() == empty
    assert plot.subtitle == ""


def test_that_the_words_follow_the_numbers(kind: type[Plot], show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture())
    qtbot.waitUntil(lambda: plot.accessibleDescription() == plot.describe())
    assert any(letter.isdigit() for letter in plot.describe())


def test_that_a_hidden_plot_draws_nothing_until_it_is_shown(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.hide()
    plot.show_picture(make_picture())
    assert plot.canvas.is_bare, "still the axes of an empty plot"
    plot.show()
    assert not plot.canvas.is_bare


@pytest.mark.parametrize("lanes", [1, 4])
def test_that_a_hidden_plot_costs_nothing(
    kind: type[Plot], lanes: int, show_plot: ShowPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(lanes) if lanes > 1 else ())
    plot.show_picture(make_lanes(800, lanes))
    plot.hide()
    touched: list[str] = []
    for item in (pg.PlotCurveItem, pg.ScatterPlotItem):
        monkeypatch.setattr(item, "setData", lambda *_data, **_more: touched.append("setData"))
    for item, name in ((pg.BarGraphItem, "setOpts"), (pg.ImageItem, "setImage"), (Canvas, "set_notes")):
        monkeypatch.setattr(item, name, lambda *_data, name=name, **_more: touched.append(name))
    for step in range(810, 900, 10):
        plot.show_picture(make_lanes(step, lanes))
        plot.mark_step(step)
    assert touched == []
    plot.show()
    assert touched


def test_that_two_hundred_pictures_add_no_items(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    pictures = [make_picture(40 * index, cards=3) for index in range(1, 11)]
    plot.show_picture(pictures[0])
    QTest.qWait(0)
    scene = plot.canvas.scene()
    items, children = len(scene.items()), len(plot.children())
    for index in range(200):
        plot.show_picture(pictures[index % 10])
        if index % 20 == 0:
            QTest.qWait(0)
    gc.collect()
    assert (len(scene.items()), len(plot.children())) == (items, children)


def test_that_another_theme_and_larger_text_are_worn(kind: type[Plot], show_plot: ShowPlot, theme: Theme) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture())
    line = plot.canvas.ink.height()
    theme.set_name("dark")
    theme.set_text_scale(1.5)
    plot.apply_theme(theme)
    assert plot.canvas.ink.height() > 1.3 * line
    ground = plot.canvas.grab().toImage().pixelColor(QPoint(0, 0))
    assert ground in (QColor(DARK.card), QColor(DARK.soft))


def test_that_the_ground_is_the_card(kind: type[Plot], show_plot: ShowPlot, theme: Theme) -> None:
    plot = show_plot(kind)
    assert plot.canvas.grab().toImage().pixelColor(QPoint(1, 1)) == QColor(theme.tokens.card)


def test_that_a_chosen_layer_that_is_not_there_does_no_harm(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.set_selected_layer(9)
    plot.show_picture(make_picture(cards=2))
    plot.grab()
    plot.set_selected_layer(None)
    plot.grab()


def test_that_no_menu_and_no_zoom_answer_the_mouse(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture())
    before = (plot.canvas.x_range, plot.canvas.y_range, plot.canvas.box.viewRange())
    middle = plot.canvas.viewport().rect().center()
    QTest.mousePress(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(plot.canvas.viewport(), middle + QPoint(40, 20))
    QTest.mouseRelease(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 20))
    QTest.mouseClick(plot.canvas.viewport(), Qt.MouseButton.RightButton, pos=middle)
    assert (plot.canvas.x_range, plot.canvas.y_range, plot.canvas.box.viewRange()) == before
    assert not plot.canvas.focusPolicy() & Qt.FocusPolicy.ClickFocus


def test_that_compact_plots_have_no_names_of_axes(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.set_compact(True)
    plot.show_picture(make_picture())
    assert plot.canvas.axes.name == ""


def test_that_another_run_begins_with_ranges_of_its_own(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture(20))
    fresh = (plot.canvas.x_range, plot.canvas.y_range)
    plot.show_picture(make_picture(9000))
    plot.show_picture(make_picture(20, run_id=2))
    assert (plot.canvas.x_range, plot.canvas.y_range) == fresh


def test_that_pixels_and_data_agree(kind: type[Plot], show_plot: ShowPlot) -> None:
    plot = show_plot(kind)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture())
    canvas = plot.canvas
    for share in (0.0, 0.3, 1.0):
        x = canvas.x_range[0] + share * (canvas.x_range[1] - canvas.x_range[0])
        y = canvas.y_range[0] + share * (canvas.y_range[1] - canvas.y_range[0])
        ours = canvas.to_pixels(x, y)
        theirs = canvas.box.mapViewToScene(QPointF(x, y))
        assert (ours - theirs).manhattanLength() < 1e-3 * canvas.width()
        back = canvas.to_data(ours)
        assert (back.x(), back.y()) == pytest.approx((x, y), abs=1e-6)


def test_that_a_still_picture_is_drawn_fine(show_plot: ShowPlot, qtbot: QtBot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture())
    assert not plot.smooths[0].opts["antialias"]
    qtbot.waitUntil(lambda: plot.smooths[0].opts["antialias"], timeout=3000)
    plot.show_picture(make_picture(1000))
    assert not plot.smooths[0].opts["antialias"]
