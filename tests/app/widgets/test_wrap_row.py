"""Widgets in a row that goes on in the next line."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.theme import Theme
from app.widgets.wrap_row import WrapRow


def test_that_a_button_with_longer_words_gets_the_room_it_needs(qtbot: QtBot, theme: Theme) -> None:
    row = WrapRow()
    qtbot.addWidget(row)
    row.resize(400, 40)
    one, other = QPushButton("a"), QPushButton("b")
    row.set_widgets((one, other))
    row.show()
    qtbot.waitExposed(row)
    one.setText("Proof: a longer title")
    QTest.qWait(0)
    assert one.width() >= one.sizeHint().width()
    assert other.x() > one.geometry().right()
