"""The gap is named and answered with a twin (H3), and updates are held against weights (H4): all by clicks."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.cards.plot_card import PlotCard
from app.look.numbers import scientific
from app.running.run_state import RunState
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from simulator.experiment import load
from simulator.training import Runner
from simulator.training.run.trainer import Trainer
from tests.app.conftest import theme  # noqa: F401 (a fixture)
from tests.scenarios.clicks import click_entry, open_experiment, train_to_the_end, words_of

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


def show_tab(qtbot: QtBot, window: MainWindow, text: str) -> None:
    control = window.header.tabs.control
    qtbot.mouseClick(next(button for button in control.buttons if button.text() == text), LEFT)


def ratio_of_the_last_update(trainer: Trainer) -> float:
    """Return |dW| / |W| of the first layer for the step that comes, by plain NumPy."""
    item = next(item for item in trainer.program.placed if item.block.role == "weight")
    before = trainer.state.parameters[item.span].astype(np.float64)
    trainer.advance(1)
    after = trainer.state.parameters[item.span].astype(np.float64)
    return float(np.sqrt(((after - before) ** 2).sum()) / np.sqrt((before**2).sum()))


@pytest.mark.timeout(180)
def test_that_overfitting_is_named_measured_and_answered_with_a_twin(qtbot: QtBot, theme: Theme) -> None:  # noqa: F811
    window = make_window(theme, Runner(), Settings())
    qtbot.addWidget(window)
    window.resize(QSize(1600, 900))
    window.show()
    qtbot.waitExposed(window)
    run = load("H3")
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=60_000)
    open_experiment(qtbot, window, run.experiment.name)
    qtbot.waitUntil(lambda: window.document.experiment == run.experiment, timeout=10_000)
    train_to_the_end(qtbot, window)
    show_tab(qtbot, window, "Diagnose")

    apart = Trainer(run)
    total = window.controller.newest
    apart.advance(total - 1)
    ratio = ratio_of_the_last_update(apart)
    over_time = window.stage.card("update_ratio_time")
    assert isinstance(over_time, PlotCard)
    qtbot.waitUntil(lambda: bool(words_of(over_time)), timeout=10_000)
    assert f"Dense 1, {scientific(ratio)}".replace("\N{NO-BREAK SPACE}", " ") in words_of(over_time)

    click_entry(qtbot, window, window.menus.views, "Gap")
    gap = window.stage.card("gap")
    qtbot.waitUntil(gap.isVisible)
    readings = apart.readings.readings()
    training, validation = readings.training_accuracy[-1], readings.validation_accuracy[-1]
    said = gap.verdict.accessibleName().replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("Overfitting")
    assert f"{100 * training:.0f} % right in training" in said
    assert f"{100 * validation:.0f} % in validation" in said

    remedy = next(button for button in gap.buttons.widgets if isinstance(button, QPushButton))
    qtbot.mouseClick(remedy, LEFT)
    qtbot.waitUntil(lambda: len(window.document.state.lanes) == 2)
    twin = window.document.state.run_id
    qtbot.waitUntil(lambda: window.document.runs[twin].run is not None, timeout=30_000)
    window.close()
