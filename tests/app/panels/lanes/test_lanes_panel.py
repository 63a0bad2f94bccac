"""Twins by clicks: what if, rename, pin, keep, drop, overlay."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.forms.number_editor import NumberEditor
from app.panels.build.build_column import BuildColumn
from app.panels.lanes.lanes_panel import LanesPanel
from simulator.training import Fork
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shell(open_shell: OpenShell) -> Shell:
    made = open_shell()
    made.window.show_tab("compare")
    made.runner.train(50)
    made.poll()
    return made


def settle(shell: Shell) -> None:
    for _ in range(4):
        shell.poll()


def open_twin_with(qtbot: QtBot, shell: Shell, rate: str) -> None:
    """What if the learning rate were another: by clicks and keys alone."""
    window = shell.window
    qtbot.mouseClick(window.lanes.what_if, LEFT)
    column = window.what_if.column
    assert column is not None
    set_rate(qtbot, column, rate)
    qtbot.mouseClick(window.what_if.open_button, LEFT)
    settle(shell)


def set_rate(qtbot: QtBot, column: BuildColumn, rate: str) -> None:
    editor = column.rate.form.editor("learning_rate")
    assert isinstance(editor, NumberEditor)
    editor.control.selectAll()
    qtbot.keyClicks(editor.control, rate)
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)


def choose(qtbot: QtBot, shell: Shell, place: int, text: str) -> None:
    qtbot.mouseClick(shell.window.lanes.rows[place].more, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text().startswith(text))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    settle(shell)


def shown(panel: LanesPanel) -> list[str]:
    return [row.button.accessibleName() for row in panel.rows if row.isVisible()]


def test_that_a_draft_leaves_the_original_alone(qtbot: QtBot, shell: Shell) -> None:
    before = shell.window.document.state
    qtbot.mouseClick(shell.window.lanes.what_if, LEFT)
    assert shell.window.what_if.isVisible()
    assert not shell.window.what_if.open_button.isEnabled()
    qtbot.mouseClick(shell.window.what_if.cancel_button, LEFT)
    assert shell.window.build_column.isVisible()
    assert shell.window.document.state == before


def test_that_what_if_opens_a_twin_that_differs_by_one_change(qtbot: QtBot, shell: Shell) -> None:
    open_twin_with(qtbot, shell, "0.5")
    [fork] = shell.runner.sent_of(Fork)
    assert fork.patch == {"training.learning_rate": 0.5}
    names = shown(shell.window.lanes)
    assert len(names) == 2
    assert "0.5 instead of 0.02" in names[1]
    assert shell.window.compare.isVisible()
    assert "0.5 instead of 0.02" in shell.window.compare.differs[0]


def test_that_the_draft_says_where_the_twin_begins(qtbot: QtBot, shell: Shell) -> None:
    window = shell.window
    qtbot.mouseClick(window.lanes.what_if, LEFT)
    column = window.what_if.column
    assert column is not None
    column.network.select_layer(1)
    units = column.network.drawer.form.editor("network.0.units")
    assert isinstance(units, NumberEditor)
    units.control.selectAll()
    qtbot.keyClicks(units.control, "5")
    qtbot.keyClick(units.control, Qt.Key.Key_Return)
    assert "begins at step 0" in window.what_if.words
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Change something below" in window.what_if.words
    assert not window.document.undo_stack.can_undo


def test_that_the_draft_speaks_of_the_lane_and_step_on_display(qtbot: QtBot, shell: Shell) -> None:
    open_twin_with(qtbot, shell, "0.5")
    settle(shell)
    window = shell.window
    qtbot.mouseClick(window.lanes.rows[0].button, LEFT)
    settle(shell)
    shell.controller.scrub(10, exact=True)
    qtbot.mouseClick(window.lanes.what_if, LEFT)
    draft = window.what_if.column
    assert draft is not None
    set_rate(qtbot, draft, "0.9")
    assert "the weights of step 10" in window.what_if.words
    shell.controller.scrub(None, exact=True)
    assert "the present weights" in window.what_if.words
    qtbot.mouseClick(window.lanes.rows[1].button, LEFT)
    assert "Learning rate 0.9 instead of 0.5" in window.what_if.words


def test_that_a_click_on_a_lane_puts_it_first(qtbot: QtBot, shell: Shell) -> None:
    open_twin_with(qtbot, shell, "0.5")
    qtbot.mouseClick(shell.window.lanes.rows[0].button, LEFT)
    settle(shell)
    assert shell.window.document.state.selected == 0


def test_that_a_lane_is_renamed_in_place(qtbot: QtBot, shell: Shell) -> None:
    row = shell.window.lanes.rows[0]
    row.button.setFocus()
    QTest.keyClick(row.button, Qt.Key.Key_F2)
    qtbot.keyClicks(row.field, "Xavier")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert shell.window.document.state.lane.name == "Xavier"
    assert "Xavier" in row.button.accessibleName()


def test_that_a_lane_is_pinned_kept_laid_over_and_dropped(qtbot: QtBot, shell: Shell) -> None:
    open_twin_with(qtbot, shell, "0.5")
    lanes = shell.window.lanes
    choose(qtbot, shell, 1, "Pin")
    assert shell.window.document.state.at(1).pinned
    choose(qtbot, shell, 1, "Put aside")
    assert len(shown(lanes)) == 1
    assert "1 run put aside" in lanes.overlay.text()
    qtbot.mouseClick(lanes.overlay, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = menu.actions()[1]
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    settle(shell)
    assert len(shown(lanes)) == 2
    choose(qtbot, shell, 1, "Close")
    assert len(shown(lanes)) == 1
    assert not lanes.overlay.isVisible()


def test_that_one_lane_alone_is_no_list_to_watch(shell: Shell) -> None:
    shell.window.show_tab("watch")
    assert not shell.window.lanes.isVisible()
