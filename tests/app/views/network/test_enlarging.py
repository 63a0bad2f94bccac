"""The network over all other views, and back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.app.views.conftest import ShowView
from tests.app.views.network.opened import LARGE, SMALL, Opened, dense, opened


@pytest.fixture
def shown(show_view: ShowView, qtbot: QtBot) -> Iterator[Opened]:
    """The small card in a window, on a page over something else."""
    shown = opened(show_view, "spiral", 20, SMALL, dense(4, 1))
    window, page, below = QWidget(), QWidget(), QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page, 1)
    column.addWidget(below)
    below.setFixedHeight(60)
    shown.card.setParent(page)
    shown.card.setGeometry(600, 0, *SMALL)
    window.resize(*LARGE)
    window.show()
    shown.card.show()
    qtbot.waitExposed(window)
    shown.train(20)
    yield shown
    shown.card.setParent(None)
    window.close()


def test_that_a_double_click_fills_the_page_and_escape_goes_back(shown: Opened, qtbot: QtBot) -> None:
    card, page = shown.card, shown.card.parentWidget()
    assert card.sheet.form == "small"
    assert not card.panel.isVisible()
    qtbot.mouseDClick(card.drawing, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    over = card.over
    assert over is not None
    assert over.geometry() == page.rect()
    qtbot.waitUntil(lambda: card.sheet.form == "wide")
    shown.train(20)
    assert card.panel.isVisible()
    assert card.signal.isVisible()
    assert over.told.text() == "2-4-2, step 20"
    page.parentWidget().resize(1400, 800)
    qtbot.waitUntil(lambda: over.geometry() == page.rect())
    qtbot.keyClick(over, Qt.Key.Key_Escape)
    assert card.over is None
    qtbot.waitUntil(lambda: card.sheet.form == "small")
    assert card.sheet.parentWidget() is card
    assert card.switch.isVisible()


def test_that_a_chosen_unit_offers_its_sum(shown: Opened, qtbot: QtBot) -> None:
    card = shown.card
    assert card.enlarge_button.text() == ""
    assert card.enlarge_button.accessibleName() == "Enlarge the network"
    card.choose_unit((1, 2))
    assert card.enlarge_button.text() == "Show the sum"
    qtbot.mouseClick(card.enlarge_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.sheet.form == "wide")
    shown.train(20)
    assert card.panel.title.text() == "Dense 1, unit 3"
    assert card.over is not None
    qtbot.mouseClick(card.over.back, Qt.MouseButton.LeftButton)
    assert card.over is None


def test_that_what_lies_over_a_page_goes_with_its_card(shown: Opened) -> None:
    shown.card.enlarge()
    shown.card.hide()
    assert shown.card.over is None


def test_that_tab_goes_from_a_unit_to_its_sum_and_reaches_nothing_beneath(shown: Opened, qtbot: QtBot) -> None:
    card = shown.card
    card.window().activateWindow()
    card.enlarge()
    qtbot.waitUntil(lambda: card.sheet.form == "wide")
    card.choose_wire((1, 0, 2))
    shown.train(20)
    assert card.over is not None
    for control in (card.drawing, card.panel.table, card.panel.editor.slider):
        # nobody listens to the field here: there is no run that could be set
        if control.isEnabled():
            card.over.focusNextPrevChild(True)
            assert card.over.focusWidget() is control
    card.over.focusNextPrevChild(True)
    assert card.over.focusWidget() is card.examples.back
    for _ in range(3):
        card.over.focusNextPrevChild(False)
    assert card.over.focusWidget() is card.over.back
