"""Dead ReLU units, seen in the meters, looked at one by one, and revived: all by clicks, with the real runner (B7)."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.main_window import MainWindow
from app.plots.notes import Note
from app.run_state import RunState
from app.settings import Settings
from app.theme import Theme
from app.views.units import UnitsCard
from app.widgets.plot_card import PlotCard
from simulator import Runner, load
from simulator.training.trainer import Trainer
from tests.app.conftest import theme  # noqa: F401 (a fixture)

LEFT = Qt.MouseButton.LeftButton


def click_entry(qtbot: QtBot, window: MainWindow, menu: QMenu, *path: str) -> None:
    """Open a menu of the header and its submenus, and click the last entry."""
    button = next(button for button in window.header.findChildren(QPushButton) if button.menu() is menu)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    for depth, text in enumerate(path):
        action = next(action for action in menu.actions() if action.text() == text)
        qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        if depth < len(path) - 1:
            inner = action.menu()
            assert isinstance(inner, QMenu)
            qtbot.waitUntil(inner.isVisible)
            menu = inner
    while QApplication.activePopupWidget() is not None:
        QApplication.activePopupWidget().close()


def train_to_the_end(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=60_000)
    qtbot.keyClick(window.time.transport.speed.slider, Qt.Key.Key_End)
    qtbot.mouseClick(window.time.transport.buttons["play"], LEFT)
    qtbot.waitUntil(lambda: window.controller.state is RunState.FINISHED, timeout=60_000)
    qtbot.wait(200)


def words_of(card: PlotCard) -> list[str]:
    notes = [note.text for note in card.plot.canvas.notes if isinstance(note, Note)]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in notes]


def dead_share(name: str) -> float:
    """Return the share of units of the first layer that are 0 for all training points, by plain NumPy."""
    trainer = Trainer(load(name))
    trainer.advance(100_000)
    weights, bias = (
        trainer.state.parameters[item.span].reshape(item.block.shape) for item in trainer.program.placed[:2]
    )
    points = trainer.setting.dataset.features[trainer.setting.training].astype(np.float64)
    return float((points @ weights.astype(np.float64) + bias <= 0).all(axis=0).mean())


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.timeout(180)
def test_that_dead_units_are_seen_looked_at_and_revived(qtbot: QtBot, theme: Theme) -> None:  # noqa: F811
    window = make_window(theme, Runner(), Settings())
    qtbot.addWidget(window)
    window.resize(QSize(1600, 900))
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=90_000)
    experiment = load("B7").experiment
    click_entry(qtbot, window, window.header.experiments_menu, "Activation functions", experiment.name)
    qtbot.waitUntil(lambda: window.document.experiment == experiment, timeout=10_000)
    click_entry(qtbot, window, window.header.views_menu, "Meters")
    meters = window.stage.card("meters")
    assert isinstance(meters, PlotCard)
    assert meters.isVisible()
    train_to_the_end(qtbot, window)
    dead = dead_share("B7")
    assert dead > 0.3
    assert words_of(meters) == [f"Dense 1, {round(100 * dead)} %"]

    canvas = meters.plot.canvas
    end = next(note for note in canvas.notes if isinstance(note, Note))
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=QPoint(round(end.x + 20), round(end.y)))
    assert any("units" in row for row in window.stage.rows)
    units = window.stage.card("units")
    assert isinstance(units, UnitsCard)
    qtbot.waitUntil(units.tiles.isVisible, timeout=10_000)
    assert units.subtitle_label.text == f"{round(32 * dead)} of 32 silent"
    qtbot.mouseClick(units.detail.button, LEFT)
    qtbot.waitUntil(units.detail.found.isVisible, timeout=60_000)
    assert units.detail.found.text() == "It was never alive: silent at every step from 0 to 1\N{NO-BREAK SPACE}000."

    chooser = window.build_column.network.form.activation.box
    chooser.control.setFocus()
    qtbot.keyClicks(chooser.control, "Leaky")
    qtbot.waitUntil(lambda: window.document.experiment.network[1].kind == "leaky_relu", timeout=10_000)
    train_to_the_end(qtbot, window)
    assert words_of(meters) == ["Dense 1, 0 %"]
