"""Every control has a name, can be reached by Tab in the order of reading, and shows that it has the focus."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QSlider, QToolButton, QWidget

from app.panels.build.build_column import PageName
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

PAGES: tuple[PageName, ...] = ("network", "data", "training")
SIZES = {"roomy": QSize(1600, 900), "small": QSize(1024, 640)}

every_page = pytest.mark.parametrize("page", PAGES)
every_size = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


def open_page(open_shell: OpenShell, size: QSize, page: PageName) -> Shell:
    shell = open_shell(size)
    shell.window.controller.step()
    shell.window.build_column.show_page(page)
    shell.window.build_column.network.select_layer(1)
    shell.window.building.open_form(False)
    shell.poll()
    return shell


def spoken(widget: QWidget) -> str:
    """The name as a screen reader hears it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface else ""


def takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def controls(shell: Shell) -> list[QWidget]:
    return [part for part in shell.window.findChildren(QWidget) if takes_tab(part) and part.focusProxy() is None]


def describe(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {spoken(widget)!r} in {type(parent).__name__}"


def tabbed(shell: Shell) -> list[QWidget]:
    """The controls in the order in which Tab visits them, from the window's first."""
    seen: list[QWidget] = []
    shell.window.time.transport.take_focus()
    for _ in range(200):
        focused = shell.window.focusWidget()
        if focused is None or focused in seen:
            break
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return seen


@every_page
@every_size
def test_that_every_control_has_a_name(open_shell: OpenShell, size: QSize, page: PageName) -> None:
    shell = open_page(open_shell, size, page)
    assert [describe(part) for part in controls(shell) if not spoken(part).strip()] == []


@every_page
def test_that_every_control_is_reached_by_tab(open_shell: OpenShell, page: PageName) -> None:
    shell = open_page(open_shell, SIZES["roomy"], page)
    reached = tabbed(shell)
    missed = [part for part in controls(shell) if part not in reached and not another_of_its_group(part, reached)]
    assert [describe(part) for part in missed] == []


def another_of_its_group(part: QWidget, reached: list[QWidget]) -> bool:
    """Tab reaches one of several buttons of which one is on; the arrows the others."""
    group = part.group() if isinstance(part, QAbstractButton) else None
    return group is not None and any(button in reached for button in group.buttons())


def test_that_tab_goes_header_left_middle_right_bottom(open_shell: OpenShell) -> None:
    shell = open_page(open_shell, SIZES["roomy"], "network")
    window = shell.window
    drawer = window.build_column.drawer
    top = [window.menuBar(), window.header]
    areas: list[QWidget] = [*top, window.build_column, drawer, window.stage, window.story, window.time]
    visits = [next(place for place, area in enumerate(areas) if area.isAncestorOf(part)) for part in tabbed(shell)]
    first = visits.index(0)
    visits = visits[first:] + visits[:first]
    assert visits == sorted(visits)
    assert {0, 1, 2, 4, 6} <= set(visits)


def test_that_the_focus_is_seen(open_shell: OpenShell) -> None:
    shell = open_page(open_shell, SIZES["roomy"], "training")
    parts = [part for part in controls(shell) if isinstance(part, QPushButton | QToolButton | QSlider)]
    assert parts
    invisible = []
    for part in parts:
        shell.window.story.setFocus()
        QApplication.focusWidget()
        before = picture(part)
        part.setFocus(Qt.FocusReason.TabFocusReason)
        if picture(part) == before and shell.window.focusWidget() is part:
            invisible.append(describe(part))
    assert invisible == []


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_that_icons_without_words_say_what_they_do(open_shell: OpenShell) -> None:
    window = open_shell(SIZES["small"]).window
    bare = [part for part in window.findChildren(QPushButton) if part.isVisible() and not part.text()]
    assert bare
    assert [describe(part) for part in bare if not part.toolTip() or not part.accessibleName()] == []
