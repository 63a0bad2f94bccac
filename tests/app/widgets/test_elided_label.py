"""A label of one line."""

import pytest
from pytestqt.qtbot import QtBot

from app.widgets.elided_label import ElidedLabel


@pytest.mark.parametrize(
    ("text", "room_for", "shown"),
    [
        ("gap 2 points · by epoch", "gap 2 points · by epoch", "gap 2 points · by epoch"),
        ("gap 2 points · by epoch", "gap 2 points · by", "gap 2 points"),
        ("one · two · three", "one · two · ", "one · two"),
        ("gap 2 points · by epoch", "gap 2…", "gap 2…"),
        ("each layer", "each…", "each…"),
    ],
)
def test_that_it_gives_up_whole_parts_first(qtbot: QtBot, text: str, room_for: str, shown: str) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(text)
    label.resize(label.fontMetrics().horizontalAdvance(room_for) + 1, 20)
    assert label.shown_text == shown
