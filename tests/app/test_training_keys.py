"""The keys that train work after every kind of click: the mouse gives the focus to text and to lists alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.arrangement.presets import PRESETS
from app.arrangement.tabs import TABS
from app.cards.pieces.confusion_table import ConfusionTable
from app.cards.pieces.unit_tiles import UnitTiles
from app.panels.build.build_column import PageName
from app.running.run_state import RunState
from simulator.experiment import names
from simulator.training import StepOnce
from tests.app.conftest import OpenShell, Shell
from tests.app.test_accessibility import describe

pytestmark = pytest.mark.slow

LEFT, PLAIN, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = {
    "play": (Qt.Key.Key_Space, PLAIN),
    "step": (Qt.Key.Key_Right, PLAIN),
    "epoch": (Qt.Key.Key_Right, SHIFT),
    "reset": (Qt.Key.Key_Home, PLAIN),
    "new_weights": (Qt.Key.Key_Home, SHIFT),
}
TYPED = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
GRIDS = (UnitTiles, ConfusionTable)
"""Where arrows choose: they keep Right and Home, and leave what trains otherwise."""
CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QAbstractItemView)
PAGES: tuple[PageName, ...] = ("network", "data", "training")


def one_of_each_kind(shell: Shell, seen: set[object]) -> Iterator[QWidget]:
    """Everything that can be clicked and types nothing, but what is noted in `seen`; of equals the first."""
    for widget in shell.window.findChildren(QWidget):
        kind = (type(widget), type(widget.parentWidget()), widget.property("role"))
        usable = isinstance(widget, CONTROLS) and not isinstance(widget, QScrollBar)
        opens = isinstance(widget, QPushButton | QToolButton) and widget.menu() is not None
        if usable and not opens and kind not in seen and widget.isVisible() and widget.isEnabled():
            seen.add(kind)
            yield widget


def click(widget: QWidget) -> None:
    target = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
    place = QPoint(40, 12) if isinstance(widget, QAbstractItemView) else target.rect().center()
    QTest.mouseClick(target, LEFT, pos=place)
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    # what the window manager of a screen does when a menu closes
    widget.window().activateWindow()
    QTest.qWait(0)


def deaf_keys(shell: Shell) -> list[str]:
    """Which training keys the control that has the focus would keep from the window."""
    focus, kept = shell.window.focusWidget() or shell.window, []
    for name, (key, modifiers) in KEYS.items():
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, " " if name == "play" else "")
        asked.ignore()
        QApplication.sendEvent(focus, asked)
        if asked.isAccepted() and not (isinstance(focus, GRIDS) and name in ("step", "reset")):
            kept.append(f"{name}: {describe(focus)}")
    return kept


def test_that_training_keys_are_kept_by_what_one_types_in(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.window.build_column.show_page("training")
    field = next(part for part in shell.window.build_column.findChildren(QLineEdit) if part.isVisible())
    field.setFocus()
    assert [words.split(":")[0] for words in deaf_keys(shell)] == list(KEYS)


@pytest.mark.parametrize("tab", [preset.id for preset in PRESETS])
def test_that_every_training_key_works_after_every_kind_of_click(open_shell: OpenShell, tab: str) -> None:
    shell = open_shell()
    window = shell.window
    window.build_column.network.select_layer(1)
    window.building.open_form(False)
    found: dict[str, list[str]] = {}
    for page in PAGES if tab == PRESETS[0].id else PAGES[:1]:
        QTest.mouseClick(next(b for b in window.header.tabs.control.buttons if b.text() == title_of(tab)), LEFT)
        window.build_column.show_page(page)
        window.controller.step()
        shell.poll()
        clicked: set[object] = set()
        while (widget := next(one_of_each_kind(shell, clicked), None)) is not None:
            words = describe(widget)
            click(widget)
            # what one types in while it lies over the window keeps the keys, and gives the focus back
            window.key_overlay.leave()
            window.finding.palette.leave()
            shell.poll()
            window.show_tab(tab)
            window.build_column.show_page(page)
            found[words] = deaf_keys(shell)
        assert len(clicked) > 8
    sent = len(shell.runner.sent_of(StepOnce))
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Right)
    assert len(shell.runner.sent_of(StepOnce)) == sent + 1
    assert {words: deaf for words, deaf in found.items() if deaf} == {}


def title_of(tab: str) -> str:
    return next(each.title for each in TABS if each.id == tab)


def test_that_a_click_gives_the_focus_to_nothing_but_text_and_lists(open_shell: OpenShell) -> None:
    shell = open_shell()
    window = shell.window
    found = set()
    for tab in TABS:
        window.show_tab(tab.id)
        QTest.qWait(0)
        for widget in window.findChildren(QWidget):
            takes = bool(widget.focusPolicy() & Qt.FocusPolicy.ClickFocus & ~Qt.FocusPolicy.TabFocus)
            allowed = isinstance(widget, (*TYPED, QAbstractItemView)) or widget is window.centralWidget()
            if takes and not allowed and widget.isVisible() and widget.focusProxy() is None:
                found.add(describe(widget))
    assert found == set()


def test_that_opening_an_experiment_leaves_no_control_that_a_training_key_would_edit(open_shell: OpenShell) -> None:
    shell = open_shell()
    window = shell.window
    window.build_column.show_page("training")
    sliders = [part for part in window.build_column.findChildren(QAbstractSlider) if part.isVisible()]
    fields = [part for part in window.build_column.findChildren(QLineEdit) if part.isVisible()]
    first, second = names()[:2]
    for part in (*[part for part in sliders if not isinstance(part, QScrollBar)], *fields):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        shell.open_built_in(first)
        shell.poll()
        first, second = second, first
        opened = window.document.experiment
        assert deaf_keys(shell) == [], describe(part)
        assert window.document.experiment.training == opened.training


def test_that_a_control_that_goes_away_leaves_the_focus_to_nobody(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell()
    window = shell.window
    window.build_column.network.select_layer(1)
    window.building.open_form(False)
    field = next(part for part in window.build_column.drawer.findChildren(QLineEdit) if part.isVisible())
    field.setFocus(Qt.FocusReason.TabFocusReason)
    window.activateWindow()
    qtbot.waitUntil(field.hasFocus)
    window.build_column.network.select_layer(None)
    assert window.focusWidget() is window.centralWidget()
    assert deaf_keys(shell) == []


def test_that_the_list_of_keys_closes_after_its_control_has_gone(open_shell: OpenShell) -> None:
    shell = open_shell()
    window = shell.window
    field = QLineEdit(window.centralWidget())
    field.show()
    field.setFocus()
    window.key_overlay.toggle()
    field.deleteLater()
    QApplication.sendPostedEvents(field, 52)
    window.key_overlay.toggle()
    assert not window.key_overlay.isVisible()
    assert window.controller.state is not RunState.FAILED
