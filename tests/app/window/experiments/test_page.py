"""The page of experiments: the whole lecture in sight, search that hides nothing, and the way to open one."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lecture.slides import SLIDES
from app.window.experiments.page import ExperimentsPage
from app.window.settings import Settings, read_settings
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def open_page(shell: Shell) -> ExperimentsPage:
    window = shell.window
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_E, CTRL)
    QTest.qWait(10)
    assert window.experiments.isVisible()
    return window.experiments.page


def marked(page: ExperimentsPage) -> set[str]:
    return {name for name, row in page.list.rows.items() if row.is_found}


def test_that_the_whole_lecture_is_in_sight_without_scrolling(open_shell: OpenShell) -> None:
    shell = open_shell(QSize(1600, 900))
    page = open_page(shell)
    assert not page.list.scrolls
    ground = page.rect()
    for row in page.list.rows.values():
        assert row.isVisible()
        assert ground.contains(row.rect().translated(row.mapTo(page, row.rect().topLeft())))
        assert row.height() >= 28
    assert set(page.list.rows) == set(SLIDES)
    assert not shell.window.header.isVisible()


@pytest.mark.parametrize("words", ["F4", "loss does not fall"])
def test_that_typing_hides_nothing_and_enter_opens_what_is_meant(
    open_shell: OpenShell, qtbot: QtBot, words: str
) -> None:
    shell = open_shell()
    window = shell.window
    page = open_page(shell)
    QTest.keyClicks(page.field, words)
    assert marked(page) == set(page.found)
    assert page.found[0] == "F4"
    assert all(row.isVisible() for row in page.list.rows.values())
    assert page.hit.slide is SLIDES["F4"]
    assert page.hit.letter.text() == "F4"
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.header.letter.text() == "F4")
    assert window.header.letter.isVisible()
    assert not window.experiments.isVisible()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.header.letter.text() == "F5")


def test_that_a_chip_marks_what_shows_it(open_shell: OpenShell) -> None:
    page = open_page(open_shell())
    QTest.mouseClick(page.side.chips["dead units"], LEFT)
    assert marked(page) == {"B7", "D6"}
    assert page.hit.slide is SLIDES["B7"]
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    assert page.hit.slide is SLIDES["D6"]


def test_that_a_click_shows_a_slide_large_and_a_double_click_opens_it(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell()
    page = open_page(shell)
    row = page.list.rows["H1"]
    QTest.mouseClick(row, LEFT)
    assert page.hit.slide is SLIDES["H1"]
    QTest.mouseDClick(row, LEFT)
    qtbot.waitUntil(lambda: shell.window.document.state.built_in == "H1")


def test_that_a_slide_that_is_a_lab_opens_the_lab(open_shell: OpenShell) -> None:
    shell = open_shell()
    page = open_page(shell)
    QTest.keyClicks(page.field, "B3")
    QTest.mouseClick(page.hit.open_button, LEFT)
    assert shell.window.header.tabs.value == "explore"
    assert shell.window.header.isVisible()


def test_that_a_slide_without_anything_to_open_says_so(open_shell: OpenShell) -> None:
    page = open_page(open_shell())
    page.show_slide("A5")
    assert not page.hit.open_button.isEnabled()
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.isVisible()


def test_that_escape_goes_back_to_the_tab_of_before(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.window.show_tab("diagnose")
    page = open_page(shell)
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert shell.window.stage.isVisible()
    assert shell.window.header.isVisible()
    assert shell.window.header.tabs.value == "diagnose"
    assert shell.window.time.isVisible()


def test_that_recent_ones_come_first_and_are_kept(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell(settings=Settings(recent=("H1", "A4")))
    shell.window.files.open_built_in("A4-linear")
    qtbot.waitUntil(lambda: shell.window.document.state.built_in == "A4-linear")
    page = open_page(shell)
    assert [row.slide.id for row in page.side.rows] == ["A4", "H1"]
    shell.window.close()
    assert read_settings().recent == ("A4-linear", "H1", "A4")


def test_that_rows_are_reached_and_opened_by_keys(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell()
    page = open_page(shell)
    row = page.list.rows["F1"]
    row.setFocus(Qt.FocusReason.TabFocusReason)
    assert row.accessibleName() == "F1: The first loss"
    QTest.keyClick(row, Qt.Key.Key_Down)
    assert page.list.rows["F2"].hasFocus()
    QTest.keyClick(page.list.rows["F2"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.window.document.state.built_in == "F2")


@pytest.mark.parametrize(("size", "scale"), [(QSize(1366, 768), 1.0), (QSize(1280, 720), 1.3)])
def test_that_no_row_lies_on_another(open_shell: OpenShell, size: QSize, scale: float) -> None:
    shell = open_shell(size)
    shell.theme.set_text_scale(scale)
    page = open_page(shell)
    places = [row.geometry() for row in page.list.rows.values()]
    for one, other in pairwise(sorted(places, key=lambda place: (place.x(), place.y()))):
        assert not one.intersects(other)
