"""The menu bar holds every command, each once, with a key and a letter of its own."""

from collections import Counter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu

from app.actions.actions import EXPERIMENT, FILE, MENUS, RUN, SPECS, VIEW, keys_text
from app.actions.mnemonics import plain
from app.labs.catalogue import labs
from app.views.catalogue import views
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow


def every_menu(menu: QMenu) -> list[QMenu]:
    """A menu and the menus in it, filled as when they are opened."""
    menu.aboutToShow.emit()
    inner = [action.menu() for action in menu.actions()]
    return [menu, *(each for submenu in inner if isinstance(submenu, QMenu) for each in every_menu(submenu))]


def all_menus(shell: Shell) -> list[QMenu]:
    return [each for title in MENUS for each in every_menu(shell.window.menus.bar.menus[title])]


def entry(shell: Shell, title: str, words: str) -> QAction:
    menu = shell.window.menus.bar.menus[title]
    menu.aboutToShow.emit()
    return next(action for action in menu.actions() if plain(action.text()) == words)


def letter(text: str) -> str:
    marked = text.replace("&&", "")
    return marked[marked.index("&") + 1].lower() if "&" in marked else ""


def test_that_every_declared_action_stands_in_one_menu_with_its_key(open_shell: OpenShell) -> None:
    shell = open_shell()
    found = Counter(action.objectName() for menu in all_menus(shell) for action in menu.actions())
    assert {spec.id: found[spec.id] for spec in SPECS} == {spec.id: 1 for spec in SPECS}
    for menu in all_menus(shell):
        for action in menu.actions():
            spec = next((spec for spec in SPECS if spec.id == action.objectName()), None)
            if spec is not None:
                assert action.shortcut().toString(action.shortcut().SequenceFormat.NativeText) == keys_text(spec)


def test_that_no_two_entries_of_a_menu_have_one_letter(open_shell: OpenShell) -> None:
    shell = open_shell()
    for actions in (shell.window.menuBar().actions(), *(menu.actions() for menu in all_menus(shell))):
        letters = Counter(filter(None, (letter(action.text()) for action in actions)))
        assert set(letters.values()) <= {1}, letters


def test_that_no_two_actions_have_one_key() -> None:
    keys = Counter(keys for spec in SPECS for keys in spec.keys)
    assert [key for key, number in keys.items() if number > 1] == []


def test_that_the_list_of_keys_has_every_key(open_shell: OpenShell) -> None:
    shell = open_shell()
    shown = {label.text() for label in shell.window.key_overlay.findChildren(QLabel)}
    assert {keys_text(spec) for spec in SPECS if spec.keys} <= shown


def test_that_views_and_labs_are_within_reach(open_shell: OpenShell) -> None:
    shell = open_shell()
    words = {
        plain(action.text()) for menu in every_menu(shell.window.menus.bar.menus[VIEW]) for action in menu.actions()
    }
    assert {spec.title for spec in views().values() if not spec.beside} <= words
    assert {lab.title for lab in labs()} <= words


def test_that_an_entry_does_what_it_says(open_shell: OpenShell) -> None:
    shell = open_shell()
    entry(shell, VIEW, "Explore").trigger()
    assert shell.window.header.tabs.value == "explore"
    entry(shell, EXPERIMENT, "Add layer…").trigger()
    assert shell.window.header.tabs.value == "watch"
    shell.window.build_column.network.select_layer(1)
    entry(shell, EXPERIMENT, "Duplicate the layer").trigger()
    assert len(shell.window.document.experiment.network) == 6
    assert not entry(shell, FILE, "What was not saved last time").isEnabled()


def test_that_words_that_change_keep_their_letters_out_of_the_buttons(open_shell: OpenShell) -> None:
    shell = open_shell()
    button = shell.window.time.transport.buttons["play"]
    assert button.text() == "Play"
    shell.controller.play()
    shell.poll()
    assert (button.text(), button.accessibleName()) == ("Pause", "Pause")
    assert entry(shell, RUN, "Pause").text() != "Pause"
    assert button.text() == "Pause"


def test_that_a_view_is_made_large_from_the_menu(open_shell: OpenShell) -> None:
    shell = open_shell()
    views_menu = shell.window.menus.views
    views_menu.aboutToShow.emit()
    entries = {plain(action.text()): action for action in views_menu.actions()}
    large = entries["Make large"].menu()
    assert isinstance(large, QMenu)
    next(action for action in large.actions() if plain(action.text()) == "Accuracy").trigger()
    assert shell.window.stage.hierarchy.large == "accuracy"
