import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from app.system.notifier import Notifier


class Follower:
    def __init__(self, heard: list[object]) -> None:
        self.heard = heard

    def hear(self, value: object) -> None:
        self.heard.append(value)


class QtFollower(QObject):
    def __init__(self, heard: list[object]) -> None:
        super().__init__()
        self.heard = heard

    def hear(self, value: object) -> None:
        self.heard.append(value)
        self.objectName()  # raises where Qt has deleted this


@pytest.fixture
def notifier() -> Notifier[object]:
    return Notifier()


def test_that_followers_hear_the_values_in_the_order_in_which_they_came(notifier: Notifier[object]) -> None:
    heard: list[object] = []
    notifier.connect(lambda value: heard.append(("first", value)))
    notifier.connect(lambda value: heard.append(("second", value)))
    notifier.emit(3)
    assert heard == [("first", 3), ("second", 3)]


def test_that_following_keeps_nobody_alive(notifier: Notifier[object]) -> None:
    heard: list[object] = []
    gone, stays = Follower(heard), Follower(heard)
    notifier.connect(gone.hear)
    notifier.connect(stays.hear)
    del gone
    notifier.emit(1)
    assert heard == [1]


def test_that_one_whom_qt_has_deleted_is_dropped(notifier: Notifier[object], qapp: object) -> None:
    heard: list[object] = []
    follower = QtFollower(heard)
    notifier.connect(follower.hear)
    notifier.emit(1)
    delete(follower)
    notifier.emit(2)
    assert heard == [1]


def test_that_one_who_comes_meanwhile_hears_the_next_one(notifier: Notifier[object]) -> None:
    heard: list[object] = []

    def come(_value: object) -> None:
        notifier.connect(heard.append)

    notifier.connect(come)
    notifier.emit(1)
    assert heard == []
    notifier.disconnect(come)
    notifier.emit(2)
    assert heard == [2]


def test_that_one_who_is_sent_away_meanwhile_hears_nothing(notifier: Notifier[object]) -> None:
    heard: list[object] = []
    follower = Follower(heard)
    notifier.connect(lambda _value: notifier.disconnect(follower.hear))
    notifier.connect(follower.hear)
    notifier.emit(1)
    assert heard == []


def test_that_the_others_hear_of_it_whatever_one_of_them_does(
    notifier: Notifier[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    caught: list[object] = []

    def fail(_value: object) -> None:
        raise ValueError

    monkeypatch.setattr("sys.excepthook", lambda kind, *_: caught.append(kind))
    notifier.connect(fail)
    notifier.connect(heard.append)
    notifier.emit(1)
    assert (heard, caught) == ([1], [ValueError])
