"""The net under everything."""

import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from app.system.errors import ErrorNet, sentence_of
from simulator.errors import ExperimentError
from simulator.message import Message


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> ErrorNet:
    caught = ErrorNet()
    monkeypatch.setattr(threading, "excepthook", caught.catch_in_thread)
    return caught


def test_that_an_error_of_another_thread_arrives_in_the_windows(
    qtbot: QtBot, net: ErrorNet, caplog: pytest.LogCaptureFixture
) -> None:
    arrived: list[tuple[str, threading.Thread]] = []
    net.error_caught.connect(lambda sentence: arrived.append((sentence, threading.current_thread())))
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(arrived))
    sentence, where = arrived[0]
    assert "division" not in sentence
    assert where is threading.current_thread()
    assert "division" in caplog.text


def test_that_our_own_errors_say_their_sentence() -> None:
    assert sentence_of(ExperimentError(Message("Units must be {least} or more.", {"least": 1}))) == (
        "Units must be 1 or more."
    )


def test_that_an_interrupt_is_not_a_notice(net: ErrorNet, monkeypatch: pytest.MonkeyPatch) -> None:
    passed_on: list[type] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, error, traceback: passed_on.append(kind))
    said: list[str] = []
    net.error_caught.connect(said.append)
    net.catch(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert passed_on == [KeyboardInterrupt]
    assert not said


def test_that_the_hooks_are_given_back() -> None:
    before = (sys.excepthook, threading.excepthook)
    net = ErrorNet()
    net.install()
    assert (sys.excepthook, threading.excepthook) == (net.catch, net.catch_in_thread)
    net.remove()
    assert (sys.excepthook, threading.excepthook) == before
