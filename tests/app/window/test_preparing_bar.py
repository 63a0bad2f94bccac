"""While kernels are compiled a bar says how many of how many; nothing is said where it is quick."""

import pytest
from PySide6.QtCore import QObject, Signal

from app.window import preparing_bar
from app.window.preparing_bar import PreparingBar
from simulator.training import Preparing


class Controller(QObject):
    preparing = Signal(object)
    loaded = Signal(object)
    rejected = Signal(object)


@pytest.fixture
def controller():
    return Controller()


@pytest.fixture
def bar(qtbot, controller, monkeypatch):
    monkeypatch.setattr(preparing_bar, "PATIENCE", 30)
    monkeypatch.setattr(preparing_bar, "GONE", 30)
    made = PreparingBar(controller)
    qtbot.addWidget(made)
    return made


def test_that_it_counts_parts_and_goes_when_the_network_is_there(qtbot, bar, controller):
    controller.preparing.emit(Preparing(3, 17))
    assert bar.isHidden()
    qtbot.waitUntil(bar.isVisible)
    assert "3 of 17 parts" in bar.words.text()
    assert "build your network meanwhile" in bar.accessibleName()
    assert (bar.bar.value(), bar.bar.maximum()) == (3, 17)
    controller.loaded.emit(None)
    assert bar.isHidden()


def test_that_a_quick_start_shows_nothing(qtbot, bar, controller):
    controller.preparing.emit(Preparing())
    controller.preparing.emit(Preparing(1, 2))
    controller.loaded.emit(None)
    qtbot.wait(80)
    assert bar.isHidden()


def test_that_it_goes_by_itself_after_the_last_part(qtbot, bar, controller):
    controller.preparing.emit(Preparing(1, 2))
    qtbot.waitUntil(bar.isVisible)
    controller.preparing.emit(Preparing(2, 2))
    qtbot.waitUntil(bar.isHidden)
