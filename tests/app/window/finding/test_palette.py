"""Find anything: typed words, arrows, Enter, and what is reached by it."""

import sys
import threading

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.actions.actions import SPECS
from app.labs.catalogue import labs
from app.views.catalogue import views
from simulator.experiment import names
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def type_and_choose(shell: Shell, words: str) -> None:
    window = shell.window
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_K, CTRL)
    QTest.keyClicks(window.finding.palette.field, words)
    QTest.keyClick(window.finding.palette.field, Qt.Key.Key_Return)
    assert not window.finding.palette.isVisible()
    shell.poll()


@pytest.mark.parametrize("words", ["F4", "loss does not fall"])
def test_that_f4_is_found_by_its_letter_and_by_what_it_shows(open_shell: OpenShell, qtbot: QtBot, words: str) -> None:
    shell = open_shell()
    window = shell.window
    type_and_choose(shell, words)
    qtbot.waitUntil(lambda: window.header.letter.text() == "F4")
    assert window.header.letter.isVisible()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.header.letter.text() == "F5")


def test_that_everything_that_is_declared_can_be_found(open_shell: OpenShell) -> None:
    palette = open_shell().window.finding.palette
    palette.open_up()
    found = {(entry.kind, entry.id) for entry in palette._entries}
    assert {("experiment", name) for name in names()} <= found
    assert {("command", spec.id) for spec in SPECS} <= found
    assert {("view", spec.id) for spec in views().values() if not spec.beside} <= found
    assert {("lab", spec.id) for spec in labs() if spec.id != "initialise"} <= found
    assert {("field", path) for path in ("training.learning_rate", "training.optimizer.momentum")} <= found
    assert {("size", "1.3"), ("theme", "dark")} <= found


def test_that_a_click_on_the_field_in_the_menu_bar_opens_it_and_escape_closes_it(open_shell: OpenShell) -> None:
    window = open_shell().window
    before = window.focusWidget()
    QTest.mouseClick(window.finding.button, LEFT)
    assert window.finding.palette.isVisible()
    QTest.keyClick(window.finding.palette.field, Qt.Key.Key_Escape)
    assert not window.finding.palette.isVisible()
    assert window.focusWidget() is before


def test_that_arrows_choose_among_what_was_found(open_shell: OpenShell) -> None:
    shell = open_shell()
    palette = shell.window.finding.palette
    palette.open_up()
    QTest.keyClicks(palette.field, "text size")
    second = palette.found[1]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert second.kind == "size"
    assert shell.theme.text_scale == pytest.approx(float(second.id))


@pytest.mark.parametrize(
    ("words", "path"), [("learning rate", "training.learning_rate"), ("batch size", "training.batch_size")]
)
def test_that_a_field_is_reached_from_anywhere(open_shell: OpenShell, words: str, path: str) -> None:
    shell = open_shell()
    window = shell.window
    window.show_tab("explore")
    type_and_choose(shell, words)
    assert window.header.tabs.value == "watch"
    focus: QWidget | None = window.focusWidget()
    while focus is not None and getattr(focus, "path", "") != path:
        focus = focus.parentWidget()
    assert focus is not None


def test_that_views_labs_and_commands_are_reached(open_shell: OpenShell) -> None:
    shell = open_shell()
    window = shell.window
    type_and_choose(shell, "zig-zag")
    assert window.header.tabs.value == "explore"
    type_and_choose(shell, "confusion")
    assert window.header.tabs.value == "watch"
    assert window.stage.card("confusion").isVisible()
    type_and_choose(shell, "keys")
    assert window.key_overlay.isVisible()


def test_that_rows_are_read_aloud(open_shell: OpenShell) -> None:
    palette = open_shell().window.finding.palette
    palette.open_up()
    QTest.keyClicks(palette.field, "F4")
    row = palette.model.data(palette.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert row == "F4 Flat loss, rising accuracy, slide"
    assert QAccessible.queryAccessibleInterface(palette.field).text(QAccessible.Text.Name) == "Find anything"


def test_that_what_is_found_is_read_once(open_shell: OpenShell) -> None:
    """Opening again and typing touch no file: that is what would take longer than a blink."""
    palette = open_shell().window.finding.palette
    palette.open_up()
    palette.leave()
    listening, opened = True, []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event == "open" and threading.current_thread() is threading.main_thread():
            opened.append(arguments[0])

    sys.addaudithook(note)  # it cannot be taken away again
    palette.open_up()
    QApplication.sendPostedEvents()
    palette.field.setText("loss does not fall")
    listening = False
    assert opened == []


def test_that_a_field_of_a_layer_opens_its_form(open_shell: OpenShell) -> None:
    shell = open_shell()
    type_and_choose(shell, "units field")
    assert shell.window.build_column.network.selected == 1


def test_that_other_names_lead_to_the_same_things(open_shell: OpenShell) -> None:
    palette = open_shell().window.finding.palette
    palette.open_up()
    for words in ("he vs xavier", "he against xavier", "initialisation"):
        palette.field.setText(words)
        first = [(entry.kind, entry.id) for entry in palette.found[:8]]
        assert first[0] == ("command", "tab_initialise"), words
        assert {("slide", "D5"), ("slide", "D6"), ("slide", "D7")} <= set(first), words
    palette.field.setText("experiments")
    assert palette.found[0].id == "experiments"


def test_that_nothing_found_is_said_in_a_small_box_and_few_rows_need_little_room(open_shell: OpenShell) -> None:
    palette = open_shell().window.finding.palette
    palette.open_up()
    full = palette.height()
    palette.field.setText("zzzz")
    assert palette.nothing.isVisible()
    assert palette.nothing.text().startswith("Nothing found")
    assert palette.height() < full / 3
    palette.field.setText("reset zoom")
    assert not palette.nothing.isVisible()
    assert palette.height() < full / 2
    palette.field.clear()
    assert palette.height() == full


def test_that_page_keys_move_in_the_palette_and_else_change_the_slide(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell()
    window = shell.window
    type_and_choose(shell, "F4")
    qtbot.waitUntil(lambda: window.header.letter.text() == "F4")
    window.finding.palette.open_up()
    QTest.keyClick(window.finding.palette.field, Qt.Key.Key_PageDown)
    assert window.finding.palette.list.currentIndex().row() == 10
    window.finding.palette.leave()
    assert window.header.letter.text() == "F4"
    for key, letter in ((Qt.Key.Key_PageDown, "F5"), (Qt.Key.Key_PageUp, "F4")):
        QTest.keyClick(window.focusWidget() or window, key)
        qtbot.waitUntil(lambda letter=letter: window.header.letter.text() == letter)


def test_that_the_list_of_keys_begins_with_names_and_fits(open_shell: OpenShell) -> None:
    window = open_shell(QSize(1366, 768)).window
    window.key_overlay.toggle()
    shown = [label.text() for label in window.key_overlay.findChildren(QLabel)]
    assert any(text.startswith("Watch: ") for text in shown)
    assert any(text.startswith("Copy the plot's picture") for text in shown)
    assert window.centralWidget().rect().contains(window.key_overlay.geometry())
