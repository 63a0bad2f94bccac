"""The timeline: a slider over steps, dragged by hand or by key."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.look.marks import DIAMOND
from app.panels.time.timeline import LaneTrack, Timeline, TrackMark
from app.theme import Theme


@pytest.fixture
def timeline(qtbot: QtBot, theme: Theme) -> Timeline:
    made = Timeline(theme)
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    made.show()
    qtbot.waitExposed(made)
    mark = TrackMark(400, DIAMOND, "Step 400: learning rate 0.01 instead of 0.1")
    made.show_tracks([LaneTrack(0, "A", "", 0, 1000, (mark,))], 1000, 10)
    return made


def at(timeline: Timeline, step: int) -> QPoint:
    return QPoint(round(timeline.x_of(step)), timeline.height() // 2)


def test_that_a_press_goes_to_the_step_under_the_mouse(qtbot: QtBot, timeline: Timeline) -> None:
    scrubbed: list[int] = []
    timeline.scrubbed.connect(scrubbed.append)
    with qtbot.waitSignal(timeline.settled) as settled:
        qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, 250))
    assert settled.args[0] == pytest.approx(250, abs=2)
    assert scrubbed == settled.args


def test_that_a_drag_says_every_step_and_settles_once(timeline: Timeline) -> None:
    scrubbed: list[int] = []
    settled: list[int] = []
    timeline.scrubbed.connect(scrubbed.append)
    timeline.settled.connect(settled.append)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, 900))
    for step in (700, 500, 300):
        QTest.mouseMove(timeline, at(timeline, step))
    # new pictures come while the hand is on the handle
    timeline.show_tracks([LaneTrack(0, "A", "", 0, 1000)], 1000, 10)
    assert timeline.value() == pytest.approx(300, abs=2)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, 300))
    assert len(scrubbed) == 4
    assert settled == [scrubbed[-1]]


def test_that_a_press_near_a_mark_goes_to_the_mark(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.waitSignal(timeline.settled) as settled:
        qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, 400) + QPoint(4, 0))
    assert settled.args == [400]


@pytest.mark.parametrize(
    ("key", "step"),
    [(Qt.Key.Key_Left, 999), (Qt.Key.Key_PageDown, 990), (Qt.Key.Key_Home, 0)],
)
def test_that_keys_move_by_steps_epochs_and_to_the_start(timeline: Timeline, key: Qt.Key, step: int) -> None:
    settled: list[int] = []
    timeline.settled.connect(settled.append)
    timeline.setFocus()
    QTest.keyClick(timeline, key)
    assert settled == [step]


def test_that_each_lane_has_a_track_and_a_letter(timeline: Timeline) -> None:
    one = timeline.sizeHint().height()
    timeline.show_tracks([LaneTrack(0, "A", "", 0, 1000), LaneTrack(1, "B", "He", 200, 800)], 1000, 10)
    assert timeline.sizeHint().height() > one
    timeline.grab()


def test_that_the_step_is_spoken(timeline: Timeline) -> None:
    assert "1 000" in timeline.accessibleDescription().replace("\N{NO-BREAK SPACE}", " ")
