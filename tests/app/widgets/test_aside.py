"""Words beside or below a main thing, and rows that go on in the next line."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.theme import Theme
from app.widgets.aside import Aside
from app.widgets.wrap_row import GAP, WrapRow


@pytest.mark.parametrize(("width", "beside"), [(800, True), (460, True), (459, False), (300, False)])
def test_that_words_stand_beside_where_there_is_width(qtbot: QtBot, theme: Theme, width: int, beside: bool) -> None:
    main, words = QLabel("main"), QLabel("words")
    aside = Aside(theme, main, words)
    qtbot.addWidget(aside)
    aside.resize(width, 300)
    aside.show()
    qtbot.waitExposed(aside)
    assert aside.is_beside == beside
    at = words.mapTo(aside, QPoint(0, 0))
    assert (at.x() >= main.geometry().right()) == beside
    assert (at.y() >= main.geometry().bottom()) != beside


def test_that_words_scroll_where_they_have_too_little_height(qtbot: QtBot, theme: Theme) -> None:
    words = QLabel("A sentence that goes on. " * 40)
    words.setWordWrap(True)
    aside = Aside(theme, QLabel("main"), words)
    qtbot.addWidget(aside)
    aside.resize(500, 120)
    aside.show()
    qtbot.waitExposed(aside)
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert aside.height() == 120
    assert aside.words.verticalScrollBar().maximum() > 0


def test_that_a_full_row_goes_on_in_the_next_line(qtbot: QtBot, theme: Theme) -> None:
    row = WrapRow()
    qtbot.addWidget(row)
    buttons = [QPushButton(text) for text in ("one", "two", "three")]
    row.set_widgets(buttons)
    row.resize(sum(button.sizeHint().width() for button in buttons[:2]) + GAP, 100)
    row.show()
    qtbot.waitExposed(row)
    assert buttons[0].y() == buttons[1].y() < buttons[2].y()
    assert row.height() == 2 * buttons[0].sizeHint().height() + GAP
    row.resize(1000, 100)
    assert buttons[2].y() == 0


def test_that_an_empty_row_takes_no_room(qtbot: QtBot, theme: Theme) -> None:
    row = WrapRow()
    qtbot.addWidget(row)
    row.set_widgets([QPushButton("one")])
    row.set_widgets([])
    assert row.isHidden()
    assert row.sizeHint().height() == 0
