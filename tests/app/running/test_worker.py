"""Long measurements: the newest question is answered, what nobody wants is given up, and the window hears of faults."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from app.running.worker import Task, Worker
from simulator.errors import ObukaError
from simulator.message import Message


@pytest.fixture
def worker(qtbot: QtBot):
    made = Worker("test")
    yield made
    made.close()


def test_that_an_answer_arrives_in_the_window_s_thread(qtbot: QtBot, worker: Worker) -> None:
    threads = []
    worker.answered.connect(lambda _answer: threads.append(threading.current_thread()))
    with qtbot.waitSignal(worker.answered) as answered:
        worker.ask(lambda task: threading.current_thread().name)
    assert answered.args == ["obuka-test"]
    assert threads == [threading.main_thread()]
    assert not worker.busy


def test_that_a_new_question_takes_the_place_of_the_old_one(qtbot: QtBot, worker: Worker) -> None:
    answers: list[object] = []
    worker.answered.connect(answers.append)
    begun = threading.Event()

    def endless(task: Task) -> str:
        begun.set()
        while not task.stop():
            threading.Event().wait(0.001)
        return "old"

    worker.ask(endless)
    assert begun.wait(5)
    worker.ask(lambda task: "in between")
    worker.ask(lambda task: "new")
    qtbot.waitUntil(lambda: answers == ["new"])
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == ["new"]


def test_that_nothing_is_answered_after_a_cancel(qtbot: QtBot, worker: Worker) -> None:
    answers: list[object] = []
    worker.answered.connect(answers.append)
    begun = threading.Event()

    def until_cancelled(task: Task) -> str:
        begun.set()
        while not task.stop():
            threading.Event().wait(0.001)
        return "too late"

    worker.ask(until_cancelled)
    assert begun.wait(5)
    with qtbot.waitSignal(worker.busy_changed):
        worker.cancel()
    assert answers == []


def test_that_progress_and_parts_are_shown(qtbot: QtBot, worker: Worker) -> None:
    shares: list[float] = []
    parts: list[object] = []
    worker.progressed.connect(shares.append)
    worker.shown.connect(parts.append)
    seen = threading.Event()

    def work(task: Task) -> None:
        task.report(0.5)
        task.show("half")
        seen.wait(5)

    worker.ask(work)
    qtbot.waitUntil(lambda: bool(shares and parts))
    seen.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert shares == [0.5]
    assert parts == ["half"]


def test_that_a_fault_is_one_sentence(qtbot: QtBot, worker: Worker) -> None:
    def fail(task: Task) -> None:
        raise ObukaError(Message("there is nothing to measure"))

    with qtbot.waitSignal(worker.failed) as failed:
        worker.ask(fail)
    assert failed.args == ["there is nothing to measure"]


def test_that_what_is_refused_with_a_sentence_is_no_fault_in_the_log(
    qtbot: QtBot, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(task: Task) -> None:
        raise ObukaError(Message("there is no such file"))

    with qtbot.waitSignal(worker.failed) as failed:
        worker.ask(refuse)
    assert failed.args == ["there is no such file"]
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
