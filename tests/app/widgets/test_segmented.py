"""A few choices side by side."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from app.theme import Theme
from app.widgets.segmented import Choice, Segmented


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.6])
def test_that_the_chosen_word_fits_and_nothing_moves(qtbot: QtBot, theme: Theme, scale: float) -> None:
    theme.set_text_scale(scale)
    words = ("Activation functions", "Batch norm", "positive")
    segmented = Segmented()
    qtbot.addWidget(segmented)
    segmented.set_choices([Choice(word, word) for word in words])
    segmented.resize(segmented.sizeHint())
    segmented.show()
    qtbot.waitExposed(segmented)
    before = [button.geometry() for button in segmented.buttons]
    for word, button in zip(words, segmented.buttons, strict=True):
        segmented.set_value(word)
        option = QStyleOptionButton()
        button.initStyleOption(option)
        inside = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
        assert QFontMetrics(theme.font("value")).horizontalAdvance(word) <= inside.width()
    assert [button.geometry() for button in segmented.buttons] == before
