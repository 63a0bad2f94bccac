"""Dead ReLU units, seen in the meters, looked at one by one, and revived: all by clicks, with the real runner (B7)."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.cards.plot_card import PlotCard
from app.plots.canvas.notes import Note
from app.running.run_state import RunState
from app.theme import Theme
from app.views.units.card import UnitsCard
from app.window.settings import Settings
from simulator.experiment import load
from simulator.training import Runner
from simulator.training.run.trainer import Trainer
from tests.app.conftest import theme  # noqa: F401 (a fixture)
from tests.scenarios.clicks import click_entry, open_experiment, train_to_the_end, words_of

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


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
    open_experiment(qtbot, window, experiment.name)
    qtbot.waitUntil(lambda: window.document.experiment == experiment, timeout=10_000)
    click_entry(qtbot, window, window.menus.views, "Dead and saturated")
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

    window.build_column.network.layers.setFocus()
    window.build_column.network.select_layer(1)
    qtbot.keyClick(window.build_column.network.layers, Qt.Key.Key_Return)
    qtbot.mouseClick(window.build_column.drawer.form.activation.tiles["leaky_relu"], LEFT)
    qtbot.mouseClick(window.build_column.drawer.close_button, LEFT)
    qtbot.waitUntil(lambda: window.document.experiment.network[1].kind == "leaky_relu", timeout=10_000)
    train_to_the_end(qtbot, window)
    click_entry(qtbot, window, window.menus.views, "Dead and saturated")  # the units stood in their place
    qtbot.waitUntil(lambda: words_of(meters) == ["Dense 1, 0 %"])
