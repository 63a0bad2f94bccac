"""From the bench into the laboratory by clicks, with the real runner: what training does to W = 0, and why depth needs
He (slides D1 and D7)."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.labs.initialise.lab import InitialiseLab
from app.running.run_state import RunState
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from simulator.training import Picture, Runner
from tests.app.conftest import theme  # noqa: F401 (a fixture)

LEFT = Qt.MouseButton.LeftButton
pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(180)]


class Seen:
    """A window on the bench, and the pictures its runner has sent."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.pictures: list[Picture] = []
        window.controller.picture_changed.connect(self.pictures.append)

    @property
    def picture(self) -> Picture:
        return self.pictures[-1]

    @property
    def bench(self) -> InitialiseLab:
        lab = self.window.bench.lab
        assert isinstance(lab, InitialiseLab)
        return lab

    @property
    def loss(self) -> float:
        """The newest smoothed loss; infinite before the first step."""
        smooth = self.picture.losses.smooth
        return float(smooth[-1]) if smooth.size else math.inf

    def click(self, area: QWidget, text: str) -> None:
        button = next(each for each in area.findChildren(QPushButton) if each.text() == text and each.isVisible())
        self.qtbot.mouseClick(button, LEFT)

    def start_from_the_bench(self) -> None:
        """Click "Start training from here" and wait until the laboratory is ready with that network."""
        self.click(self.bench, "Start training from here")
        run = self.window.document.state.run_id
        self.wait(lambda: bool(self.pictures) and self.picture.run_id == run)
        self.wait(lambda: self.window.controller.state is RunState.READY)

    def play_until(self, done: Callable[[], bool]) -> None:
        self.qtbot.mouseClick(self.window.time.transport.buttons["play"], LEFT)
        self.wait(done)
        self.qtbot.mouseClick(self.window.time.transport.buttons["play"], LEFT)
        self.wait(lambda: self.window.controller.state is RunState.PAUSED)

    def wait(self, done: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(done, timeout=90_000)


@pytest.fixture
def seen(qtbot: QtBot, theme: Theme) -> Seen:  # noqa: F811
    window = make_window(theme, Runner(), Settings())
    qtbot.addWidget(window)
    window.resize(QSize(1600, 900))
    window.show()
    qtbot.waitExposed(window)
    seen = Seen(qtbot, window)
    seen.click(window.header, "Initialise")
    return seen


def test_that_w_0_stays_0_and_only_the_last_biases_learn(seen: Seen) -> None:
    seen.click(seen.bench.controls, "D1")
    seen.start_from_the_bench()
    seen.play_until(lambda: seen.picture.frame.step >= 60)
    frame = seen.picture.frame
    for layer in frame.layers[1:-1]:
        assert layer.weight_gradient is not None
        assert layer.weight_gradient.norm == 0
        assert layer.std == 0
    # no ratio of update to weights: all weights are 0, before the update and after
    assert [layer.update_ratio for layer in frame.layers[1:]] == [None] * 3
    # biases alone can only learn how frequent the classes are
    digits = seen.window.document.experiment.data.load(0).labels
    share = np.bincount(digits) / digits.size
    assert seen.loss == pytest.approx(-(share * np.log(share)).sum(), abs=0.02)


def test_that_thirty_layers_learn_from_he_and_not_from_xavier(seen: Seen) -> None:
    """Both lanes side by side; the twin from He is selected. What 500 steps come to is tested headless."""
    seen.click(seen.bench.controls, "D7")
    seen.click(seen.bench, "Train both side by side")
    twin = seen.window.document.state.run_id
    seen.wait(lambda: bool(seen.pictures) and seen.picture.run_id == twin and len(seen.picture.beside) == 1)
    seen.wait(lambda: seen.window.controller.state is RunState.READY)
    seen.play_until(lambda: seen.loss < 1.7)
    assert seen.picture.frame.step <= 500
    xavier = seen.picture.beside[0]
    assert xavier.losses.smooth[-1] == pytest.approx(math.log(10), abs=0.01)
    assert xavier.readings.validation_accuracy[-1] < 0.2
