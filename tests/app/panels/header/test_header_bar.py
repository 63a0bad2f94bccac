"""The top row: letter, name, neighbours, and what gives way."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.panels.header.fitting import room_for
from simulator.experiment import load
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier


def wait_for(shell: Shell, name: str) -> None:
    """Wait until a built-in experiment is open: its file may be read beside the window."""
    for _attempt in range(200):
        if shell.window.document.state.built_in == name:
            break
        QTest.qWait(10)
    assert shell.window.document.state.built_in == name
    shell.poll()


def open_built_in(shell: Shell, name: str) -> None:
    shell.window.files.open_built_in(name)
    wait_for(shell, name)


def test_that_parts_give_way_from_the_least_important_on() -> None:
    assert [room_for(width, 100, (30, 50)) for width in (99, 129, 130, 179, 180)] == [0, 0, 1, 1, 2]


def test_that_the_letter_leads_the_name_of_a_slide_and_stays_when_it_is_changed(open_shell: OpenShell) -> None:
    shell = open_shell()
    header, document = shell.window.header, shell.window.document
    assert header.letter.isHidden()
    open_built_in(shell, "A4-linear")
    assert header.letter.isVisible()
    assert (header.letter.text(), header.letter.accessibleName()) == ("A4", "Slide A4")
    assert "Layers bend the border" in header.letter.toolTip()
    document.edit({"data": {"kind": "circles"}}, "Change data set")
    assert header.letter.text() == "A4"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert header.letter.isHidden()


def test_that_the_neighbours_are_a_key_or_a_click_away(open_shell: OpenShell) -> None:
    shell = open_shell()
    window = shell.window
    open_built_in(shell, "F4")
    assert (window.header.before_button.text(), window.header.after_button.text()) == ("F3", "F5")
    assert "Breaks off" in window.header.after_button.toolTip()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Right, ALT)
    wait_for(shell, "F5")
    assert window.header.letter.text() == "F5"
    QTest.mouseClick(window.header.before_button, LEFT)
    wait_for(shell, "F4")
    assert window.document.experiment == load("F4").experiment


def test_that_letter_and_name_never_give_way(open_shell: OpenShell) -> None:
    shell = open_shell()
    open_built_in(shell, "A4")
    shell.window.document.edit({"training.learning_rate": 0.0123}, "Change learning rate")
    header = shell.window.header
    for scale in (1.0, 1.3, 1.6):
        shell.theme.set_text_scale(scale)
        for width in (1600, 1366, 1280, 1024):
            shell.window.resize(width, 720)
            QTest.qWait(10)
            assert header.letter.width() >= header.letter.sizeHint().width()
            assert not header.visibleRegion().isEmpty()
            parts = [part for part in header.findChildren(QWidget) if part.parent() is header and part.isVisible()]
            assert {header.letter, header.tabs} <= set(parts)
            for one, other in pairwise(sorted(parts, key=lambda part: part.x())):
                assert one.geometry().right() < other.x(), (width, scale)
            assert header.rect().contains(parts[-1].geometry())


def test_that_the_name_does_not_claim_data_that_are_gone(open_shell: OpenShell) -> None:
    shell = open_shell()
    document, header = shell.window.document, shell.window.header
    document.edit({"data": {"kind": "digits"}}, "Change data set")
    assert header.name_text == "Handwritten digits, 16-16 · changed"
    document.undo_stack.undo()
    assert header.name_text == "Spiral"
    document.edit({"network.0.units": 8}, "Change units")
    assert header.name_text == "Spiral · changed"
