"""Labs: made when they are first wanted, one at a time, with nothing training out of sight."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.arrangement.tabs import BENCH, TABS
from app.labs.catalogue import labs
from simulator.training import Play
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow


@pytest.fixture
def shell(open_shell: OpenShell) -> Shell:
    return open_shell()


def test_that_every_tab_has_its_key(shell: Shell) -> None:
    for number, tab in enumerate(TABS, start=1):
        QTest.keyClick(shell.window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert shell.window.header.tabs.value == tab.id


def test_that_a_lab_is_chosen_by_a_click(qtbot: QtBot, shell: Shell) -> None:
    shell.window.show_tab("explore")
    explore = shell.window.explore
    last = [spec for spec in labs() if spec.id != BENCH][-1]
    control = explore.chooser.control
    qtbot.mouseClick(control.buttons[-1], Qt.MouseButton.LeftButton)
    assert explore.lab is not None
    assert explore.lab.isVisible()
    assert explore.lab.accessibleName() or last.title


def test_that_space_trains_nothing_while_a_lab_is_on_show(shell: Shell) -> None:
    shell.window.show_tab("explore")
    QTest.keyClick(shell.window, Qt.Key.Key_Space)
    assert shell.runner.sent_of(Play) == []
    shell.window.show_tab("watch")
    QTest.keyClick(shell.window, Qt.Key.Key_Space)
    assert len(shell.runner.sent_of(Play)) == 1


@pytest.mark.parametrize("spec", labs(), ids=lambda spec: spec.id)
def test_that_a_lab_says_which_slides_it_shows(spec: object) -> None:
    assert spec.slides
    assert spec.title
    assert spec.tip
