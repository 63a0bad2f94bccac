"""The main job, end to end: a network built by clicks, trained by the real runner, seen in the plots."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QMenu
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.cards.plot_card import PlotCard
from app.forms import EditorForm
from app.forms.kind_editor import KindEditor
from app.forms.number_editor import NumberEditor
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.activations import ActivationsPlot
from app.plots.run.gradient_flow import GradientFlowPlot
from app.plots.run.loss import LossPlot
from app.plots.run.panels import steps
from app.running.run_state import RunState
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from simulator.training import Picture, Runner
from tests.app.conftest import theme  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


def show_page(qtbot: QtBot, window: MainWindow, text: str) -> None:
    button = next(button for button in window.build_column.switch.buttons if button.text() == text)
    qtbot.mouseClick(button, LEFT)


def choose(qtbot: QtBot, window: MainWindow, field: str, text: str) -> None:
    """Choose a kind for a field of the experiment itself, on the page that is open."""
    forms = [form for form in window.build_column.findChildren(EditorForm) if form.isVisible() and form.path == ""]
    editors = [editor for form in forms for editor in form.editors if editor.declared.name == field]
    editor = next(editor for editor in editors if isinstance(editor, KindEditor))
    control = editor.control
    if isinstance(control, QComboBox):
        control.showPopup()
        control.view().setCurrentIndex(control.model().index(control.findText(text), 0))
        qtbot.keyClick(control.view(), Qt.Key.Key_Return)
    else:
        qtbot.mouseClick(next(button for button in control.buttons if button.text() == text), LEFT)


def add_layer(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.mouseClick(window.build_column.network.add_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == text)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def empty_the_network(qtbot: QtBot, window: MainWindow) -> None:
    layers = window.build_column.network.layers
    for _card in range(2):
        place = layers.visualRect(layers.layers.index(1)).topLeft() + QPoint(60, 15)
        qtbot.mouseClick(layers.viewport(), LEFT, pos=place)
        qtbot.mouseClick(window.build_column.drawer.delete, LEFT)
    assert window.document.experiment.network == ()


@pytest.mark.timeout(180)
def test_that_a_network_built_by_clicks_learns_the_digits(qtbot: QtBot, theme: Theme) -> None:  # noqa: F811
    window = make_window(theme, Runner(), Settings())
    qtbot.addWidget(window)
    window.resize(QSize(1600, 900))
    window.show()
    qtbot.waitExposed(window)
    pictures: list[Picture] = []
    window.controller.picture_changed.connect(pictures.append)

    empty_the_network(qtbot, window)
    show_page(qtbot, window, "Data")
    choose(qtbot, window, "data", "Handwritten digits")
    choose(qtbot, window, "preprocessing", "standardise")
    show_page(qtbot, window, "Network")
    add_layer(qtbot, window, "Dense · ReLU")
    units = window.build_column.drawer.form.editor("network.0.units")
    assert isinstance(units, NumberEditor)
    units.control.selectAll()
    qtbot.keyClicks(units.control, "50")
    qtbot.keyClick(units.control, Qt.Key.Key_Return)

    assert [entry.kind for entry in window.document.experiment.network] == ["dense", "relu"]
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=90_000)
    qtbot.waitUntil(lambda: bool(pictures) and pictures[-1].frame.layers[1].units == 50, timeout=60_000)
    assert [layer.units for layer in pictures[-1].frame.layers] == [64, 50, 10]

    qtbot.mouseClick(window.time.transport.buttons["play"], LEFT)

    def learned() -> bool:
        return bool(np.nanmax(pictures[-1].readings.validation_accuracy) >= 0.95)

    qtbot.waitUntil(learned, timeout=90_000)
    qtbot.mouseClick(window.time.transport.buttons["play"], LEFT)
    qtbot.waitUntil(lambda: window.controller.state is RunState.PAUSED, timeout=10_000)
    qtbot.waitUntil(lambda: pictures[-1].steps_per_second is None, timeout=10_000)
    qtbot.wait(200)
    assert_plots_show(window, pictures[-1])


def assert_plots_show(window: MainWindow, picture: Picture) -> None:
    """Every plot holds the numbers of the picture that it was given."""
    cards = [card for card in window.stage.cards if isinstance(card, PlotCard)]
    plots = {type(plot): plot for card in cards for plot in card.plots}
    activations = plots[ActivationsPlot]
    assert isinstance(activations, ActivationsPlot)
    assert len(activations.now.corners) == 3
    for corners, layer, ends in zip(activations.now.corners, picture.frame.layers, activations._ends, strict=True):
        up = corners[1:-1:2, 1] - corners[0, 1]
        assert up / up.max() == pytest.approx(steps(layer.output, *ends)[1])
    loss = plots[LossPlot]
    assert isinstance(loss, LossPlot)
    assert loss.smooths[0].getData()[1] == pytest.approx(picture.losses.smooth)
    assert picture.losses.smooth[-1] < 0.5 < picture.losses.smooth[0]
    accuracy = plots[AccuracyPlot]
    assert isinstance(accuracy, AccuracyPlot)
    assert accuracy.splits.validation.getData()[1] == pytest.approx(picture.readings.validation_accuracy)
    flow = plots[GradientFlowPlot]
    assert isinstance(flow, GradientFlowPlot)
    x, _y = flow.marks.getData()
    expected = [np.log10(layer.output_gradient.rms) for layer in picture.frame.layers[1:] if layer.output_gradient]
    assert sorted(x) == pytest.approx(sorted(expected))
