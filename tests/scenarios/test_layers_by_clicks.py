"""The spiral with hidden layers, and without them: all by clicks, with the real runner (A4)."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.look.numbers import percent
from app.plots.canvas.notes import Note
from app.plots.run.accuracy import AccuracyPlot
from app.running.run_state import RunState
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from simulator.experiment import Run, load
from simulator.training import Picture, Runner
from simulator.training.run.trainer import Trainer
from tests.app.conftest import theme  # noqa: F401 (a fixture)
from tests.scenarios.clicks import open_experiment

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


def delete_hidden_layers(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.build_column.network
    while window.document.experiment.network:
        left = len(window.document.experiment.network)
        place = panel.layers.visualRect(panel.layers.layers.index(1)).topLeft() + QPoint(60, 15)
        qtbot.mouseClick(panel.layers.viewport(), LEFT, pos=place)
        qtbot.mouseClick(panel.drawer.delete, LEFT)
        assert len(window.document.experiment.network) < left


def words_of_accuracy(window: MainWindow) -> list[str]:
    window.stage.hierarchy.promote("accuracy")  # a small one has no room for both words
    plot = next(plot for plot in window.stage.card("accuracy").plots if isinstance(plot, AccuracyPlot))
    notes = [note.text for note in plot.canvas.notes if isinstance(note, Note)]
    return [text for text in notes if text.startswith(("train", "val"))]


def train_until(qtbot: QtBot, window: MainWindow, pictures: list[Picture], enough: Callable[[Picture], bool]) -> None:
    """Press Play, wait, press it again unless the run has ended by itself, and wait until all stands still."""
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=60_000)
    run = window.document.state.run_id
    play = window.time.transport.buttons["play"]
    qtbot.mouseClick(play, LEFT)
    qtbot.waitUntil(lambda: bool(pictures) and pictures[-1].run_id == run and enough(pictures[-1]), timeout=60_000)
    if window.controller.state is RunState.PLAYING:
        qtbot.mouseClick(play, LEFT)
    still = (RunState.PAUSED, RunState.FINISHED)
    qtbot.waitUntil(lambda: window.controller.state in still, timeout=10_000)
    qtbot.waitUntil(
        lambda: pictures[-1].steps_per_second is None and pictures[-1].newest == window.controller.newest,
        timeout=10_000,
    )
    qtbot.wait(100)


def assert_accuracies(window: MainWindow, picture: Picture) -> tuple[float, float]:
    """Compare the accuracies on screen with those of a trainer apart, and return these."""
    trainer = Trainer(Run(window.document.experiment))
    trainer.advance(int(picture.readings.step[-1]))
    trainer.read()
    reading = trainer.readings.last
    assert reading is not None
    training, validation = float(reading[2]), float(reading[3])
    assert words_of_accuracy(window) == [f"train {percent(training)}", f"val {percent(validation)}"]
    return training, validation


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.timeout(120)
def test_that_hidden_layers_separate_the_spiral_and_a_linear_classifier_cannot(
    qtbot: QtBot,
    theme: Theme,  # noqa: F811
) -> None:
    window = make_window(theme, Runner(), Settings())
    qtbot.addWidget(window)
    window.resize(QSize(1600, 900))
    window.show()
    qtbot.waitExposed(window)
    pictures: list[Picture] = []
    window.controller.picture_changed.connect(pictures.append)
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=90_000)
    experiment = load("A4-three").experiment
    open_experiment(qtbot, window, experiment.name)
    qtbot.waitUntil(lambda: window.document.experiment == experiment, timeout=10_000)
    qtbot.keyClick(window.time.transport.speed.slider, Qt.Key.Key_End)
    train_until(qtbot, window, pictures, lambda picture: picture.readings.validation_accuracy[-1] > 0.98)
    training, validation = assert_accuracies(window, pictures[-1])
    assert min(training, validation) > 0.95

    delete_hidden_layers(qtbot, window)
    train_until(qtbot, window, pictures, lambda picture: picture.readings.epoch[-1] >= 60)
    training, validation = assert_accuracies(window, pictures[-1])
    # the few validation points are luckier than the training points
    assert training < 0.75
    assert validation < 0.9
