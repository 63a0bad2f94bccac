"""Going nearer and moving about: what is in view, and how one comes back."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.look.ticks import linear_ticks
from app.plots.canvas.axes import Axes
from app.plots.canvas.zoom import STEP, Zoom
from app.plots.lab.function_plot import FunctionPlot
from app.plots.run.gradient_flow import GradientFlowPlot
from app.plots.run.loss import LossPlot
from tests.app.canned import make_picture
from tests.app.plots.conftest import ShowPlot

WHOLE = ((0.0, 10.0), (0.0, 4.0))


def test_that_the_place_under_the_mouse_stays_where_it_is() -> None:
    zoom = Zoom().nearer(3, (2.0, 1.0), WHOLE, "xy")
    (left, right), (low, high) = zoom.shown(*WHOLE)
    assert right - left == pytest.approx(10 / STEP**3)
    assert (2.0 - left) / (right - left) == pytest.approx(0.2)
    assert (1.0 - low) / (high - low) == pytest.approx(0.25)
    assert zoom.nearer(-3, (2.0, 1.0), zoom.shown(*WHOLE), "xy").x == pytest.approx(WHOLE[0])


def test_that_one_axis_follows_while_the_other_is_zoomed() -> None:
    zoom = Zoom().nearer(1, (5.0, 2.0), WHOLE, "x")
    assert zoom.y is None
    assert zoom.shown((0.0, 20.0), (0.0, 8.0))[1] == (0.0, 8.0)
    assert not zoom.without("x")


def test_that_nobody_zooms_to_where_numbers_are_alike() -> None:
    assert Zoom((1.0, 1.1)).is_possible(WHOLE)
    assert not Zoom((1.0, 1.0 + 1e-9)).is_possible(WHOLE)
    assert not Zoom(None, (-1e4, 1e4)).is_possible(WHOLE)


def test_that_ticks_are_made_anew_or_left_out() -> None:
    axes = Axes(linear_ticks(0, 4), linear_ticks(0, 10), up=linear_ticks)
    seen = Zoom((1.0, 5.0), (1.0, 1.5)).axes(axes)
    assert all(1 <= tick.at <= 1.5 for tick in seen.left)
    assert len(seen.left) >= 3
    assert [tick.at for tick in seen.bottom] == [tick.at for tick in axes.bottom if 1 <= tick.at <= 5]


def wheel(plot: LossPlot, place: QPointF, held: Qt.KeyboardModifier) -> None:
    viewport = plot.canvas.viewport()
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        place, viewport.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, held, phase, False
    )
    QApplication.sendEvent(viewport, event)


def test_that_ctrl_and_the_wheel_zoom_and_follow_leads_back(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(900))
    whole = plot.canvas.x_range
    middle = plot.canvas.area.center()
    wheel(plot, middle, Qt.KeyboardModifier.NoModifier)
    assert not plot.canvas.zoom, "a page scrolls"
    wheel(plot, middle, Qt.KeyboardModifier.ControlModifier)
    zoomed = plot.canvas.x_range
    assert zoomed[1] - zoomed[0] == pytest.approx((whole[1] - whole[0]) / STEP)
    plot.show_picture(make_picture(2000))
    assert plot.canvas.x_range == zoomed, "it stays while the run goes on"
    assert plot.follow.isVisible()
    QTest.mouseClick(plot.follow, Qt.MouseButton.LeftButton)
    assert plot.canvas.x_range[1] > 2000
    assert not plot.follow.isVisible()


def test_that_a_drag_moves_what_is_zoomed_and_a_double_click_resets_an_axis(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(900))
    canvas = plot.canvas
    wheel(plot, canvas.area.center(), Qt.KeyboardModifier.ControlModifier)
    before, start = canvas.x_range, canvas.area.center().toPoint()
    width = canvas.area.width()
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas.viewport(), start + QPoint(30, 0))
    QTest.mouseMove(canvas.viewport(), start + QPoint(60, 0))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    moved = (before[0] - canvas.x_range[0]) / (before[1] - before[0]) * width
    assert moved == pytest.approx(60, abs=2)
    below = QPoint(start.x(), int(canvas.area.bottom()) + 8)
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert canvas.zoom.x is None
    assert canvas.zoom.y is not None


def test_that_another_run_is_seen_whole(show_plot: ShowPlot) -> None:
    plot = show_plot(LossPlot)
    plot.show_picture(make_picture(900))
    plot.canvas.set_zoom(Zoom((10.0, 20.0)))
    plot.show_picture(make_picture(30, run_id=9))
    assert not plot.canvas.zoom


def test_that_plots_of_things_do_not_zoom_and_a_ruler_is_dragged(show_plot: ShowPlot) -> None:
    assert not show_plot(GradientFlowPlot).canvas.zooms
    assert show_plot(lambda theme: FunctionPlot(theme, "f", "f(x)")).canvas.drags
