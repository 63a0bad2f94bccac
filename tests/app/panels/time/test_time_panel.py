"""The bottom of the window: looking back, and going on from there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from simulator.training import Arrange, Fork, Play, Rebuilding, Scrub
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shell(open_shell: OpenShell) -> Shell:
    made = open_shell()
    made.runner.train(400)
    made.poll()
    return made


def look_back(qtbot: QtBot, shell: Shell, step: int) -> None:
    timeline = shell.window.time.history.timeline
    qtbot.mouseClick(timeline, LEFT, pos=QPoint(round(timeline.x_of(step)), timeline.height() // 2))
    shell.poll()


def settle(shell: Shell) -> None:
    for _ in range(4):
        shell.poll()


def test_that_a_click_on_the_timeline_shows_that_step(qtbot: QtBot, shell: Shell) -> None:
    look_back(qtbot, shell, 100)
    assert [command.exact for command in shell.runner.sent_of(Scrub)] == [False, True]
    at = shell.window.document.viewpoint.at
    assert at == pytest.approx(100, abs=1)
    assert f"step {at} of 400" in shell.window.time.place.text()
    assert not shell.window.build_column.network.isEnabled()


def test_that_the_wheel_over_the_focused_timeline_shows_the_step_under_the_handle(shell: Shell) -> None:
    timeline = shell.window.time.history.timeline
    timeline.setFocus()
    place = QPointF(timeline.rect().center())
    turn = QWheelEvent(
        place,
        timeline.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(timeline, turn)
    shell.poll()
    assert timeline.value() < 400
    assert shell.window.document.viewpoint.at == timeline.value()


def test_that_back_to_the_present_is_one_click(qtbot: QtBot, shell: Shell) -> None:
    history = shell.window.time.history
    look_back(qtbot, shell, 100)
    qtbot.mouseClick(history.ways.now_button, LEFT)
    shell.poll()
    assert shell.window.document.viewpoint.at is None
    assert not history.ways.now_button.isVisible()
    assert shell.window.build_column.network.isEnabled()


def test_that_only_the_way_back_to_a_step_can_be_cancelled(qtbot: QtBot, shell: Shell) -> None:
    history = shell.window.time.history
    picture = shell.runner.latest()
    assert picture is not None
    history.show_picture(replace(picture, rebuilding=Rebuilding(400, 0.5, None)))

    assert not history.ways.cancel_button.isVisible()
    look_back(qtbot, shell, 100)
    picture = shell.runner.latest()
    assert picture is not None
    history.show_picture(replace(picture, rebuilding=Rebuilding(100, 0.5, None)))
    qtbot.mouseClick(history.ways.cancel_button, LEFT)
    assert not shell.runner.sent_of(Scrub)[-1].exact


def test_that_continue_from_here_leaves_the_later_steps_behind(qtbot: QtBot, shell: Shell) -> None:
    look_back(qtbot, shell, 100)
    at = shell.window.document.viewpoint.at
    qtbot.mouseClick(shell.window.time.history.ways.continue_button, LEFT)
    settle(shell)
    [fork] = shell.runner.sent_of(Fork)
    assert (fork.step, fork.patch) == (at, {})
    assert shell.controller.newest == at
    shell.window.document.undo_stack.undo()
    settle(shell)
    assert shell.controller.newest == 400


def choose(qtbot: QtBot, text: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if text in action.text())
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def test_that_play_at_a_past_step_offers_to_continue_there(qtbot: QtBot, shell: Shell) -> None:
    look_back(qtbot, shell, 100)
    at = shell.window.document.viewpoint.at
    qtbot.mouseClick(shell.window.time.transport.buttons["play"], LEFT)
    choose(qtbot, f"Continue from step {at}")
    settle(shell)
    assert isinstance(shell.runner.sent[-1], Play)
    assert shell.controller.newest == at


def test_that_play_at_a_past_step_offers_a_twin(qtbot: QtBot, shell: Shell) -> None:
    look_back(qtbot, shell, 100)
    qtbot.mouseClick(shell.window.time.transport.buttons["play"], LEFT)
    choose(qtbot, "Open a twin")
    settle(shell)
    assert len(shell.runner.sent_of(Arrange)[-1].lanes) == 2
    assert isinstance(shell.runner.sent[-1], Play)


def test_that_play_at_a_past_step_offers_to_train_on_from_the_newest(qtbot: QtBot, shell: Shell) -> None:
    look_back(qtbot, shell, 100)
    qtbot.mouseClick(shell.window.time.transport.buttons["play"], LEFT)
    choose(qtbot, "Train on from step 400")
    settle(shell)
    assert shell.runner.sent_of(Fork) == []
    assert shell.window.document.viewpoint.at is None
    assert isinstance(shell.runner.sent[-1], Play)


def test_that_a_restart_is_marked_with_what_changed(shell: Shell) -> None:
    shell.window.document.edit({"network.0.units": 8}, "Change units")
    settle(shell)
    [track] = shell.window.time.history.timeline.tracks
    assert [mark.step for mark in track.marks] == [0]
    assert "8 instead of 16" in track.marks[0].text
