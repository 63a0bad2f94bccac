"""The extremes of `tests.robots.room`: the largest text on a small laptop, and large text in the smallest window."""

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.running.run_state import RunState
from app.theme import Theme
from app.window.settings import Settings
from simulator.training import Runner
from tests.app.conftest import theme  # noqa: F401 (a fixture)
from tests.robots.room import Finding, walk

EXTREMES = ((1366, 768, 1.6), (1024, 680, 1.3))
ACCEPTED = ("CardTitle “Network”", "CardTitle “Units”", "CardTitle “Unit maps”")
"""Titles that end in an ellipsis, and are whole in their tooltip: two choices stand beside them."""
LONG = 60_000


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_nothing_lacks_room_at_the_extremes(qtbot: QtBot, theme: Theme) -> None:  # noqa: F811
    window = make_window(theme, Runner(), Settings())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=LONG)
    window.controller.epoch()
    qtbot.waitUntil(lambda: window.controller.newest > 0, timeout=LONG)
    qtbot.waitUntil(lambda: window.controller.state is RunState.PAUSED, timeout=LONG)
    found: list[Finding] = []
    for width, height, scale in EXTREMES:
        theme.set_text_scale(scale)
        window.resize(width, height)
        qtbot.wait(100)
        # every view and lab where there is least width for so much text: at both sizes they take twice as long
        least = (width, height) == (1024, 680)
        found += walk(window, f"{width}x{height} at {scale:.0%}", labs=least, every_view=least)
    found = [each for each in found if each.words not in ACCEPTED]
    assert not found, "\n".join(" ".join(each) for each in found)
