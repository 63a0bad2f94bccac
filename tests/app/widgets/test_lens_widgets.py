"""Small parts of labs: a table of numbers, a picture of squares, pages behind a switch, how far a measurement is."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.cards.pieces.image_tile import ImageTile
from app.cards.work_bar import WorkBar
from app.running.worker import Task, Worker
from app.theme import Theme
from app.widgets.number_table import NumberRow, NumberTable
from app.widgets.segmented import Choice
from app.widgets.switched_pages import SwitchedPages
from simulator.errors import ObukaError
from simulator.message import Message


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> NumberTable:
    made = NumberTable()
    qtbot.addWidget(made)
    made.show()
    return made


def visible(table: NumberTable) -> list[str]:
    return [label.text() for label in table.findChildren(QLabel) if label.isVisible() and label.text()]


def test_that_a_table_shows_its_rows_and_forgets_the_old_ones(table: NumberTable) -> None:
    rows = [NumberRow("All"), NumberRow("mean", ("1", "2")), NumberRow("std", ("3", "4"))]
    table.show_rows(("before", "after"), rows)
    assert visible(table) == ["before", "after", "All", "mean", "1", "2", "std", "3", "4"]
    assert (table.value("mean"), table.value("std", 1)) == ("1", "4")
    assert "mean 1 2" in table.accessibleDescription()
    table.show_rows(("value",), [NumberRow("mean", ("5",))])
    assert visible(table) == ["value", "mean", "5"]


def test_that_a_lone_number_ends_where_the_last_column_does(table: NumberTable) -> None:
    table.resize(300, 100)
    table.show_rows(("a", "b"), [NumberRow("x", ("1", "2")), NumberRow("y", ("a longer number",))])
    table.grab()
    ends = {label.text(): label.geometry().right() for label in table.findChildren(QLabel)}
    assert ends["2"] == ends["a longer number"]


def test_that_a_tile_shows_numbers_as_squares(qtbot: QtBot, theme: Theme) -> None:
    tile = ImageTile(theme)
    qtbot.addWidget(tile)
    tile.resize(200, 200)
    tile.show_values(np.array([[0.0, 255.0], [127.0, 300.0]]), 0.0, 255.0, "four numbers")
    picture = tile.grab().toImage()
    seen = {picture.pixelColor(x, y).red() for x in (70, 130) for y in (50, 120)}
    assert {0, 127, 255} <= seen
    assert tile.accessibleName() == "four numbers"


def test_that_colours_are_colours(qtbot: QtBot, theme: Theme) -> None:
    tile = ImageTile(theme)
    qtbot.addWidget(tile)
    tile.resize(200, 200)
    tile.show_values(np.tile([200.0, 100.0, 50.0], (2, 2, 1)), 0.0, 255.0, "one colour")
    assert tile.grab().toImage().pixelColor(100, 80).getRgb()[:3] == (200, 100, 50)


def test_that_the_switch_turns_pages_and_offers_some_only(qtbot: QtBot, theme: Theme) -> None:
    pages = SwitchedPages("Pages")
    qtbot.addWidget(pages)
    for name in ("one", "two"):
        pages.add_page(Choice(name, name), QLabel(name))
    pages.show()
    assert pages.page == "one"
    with qtbot.waitSignal(pages.page_changed) as changed:
        qtbot.mouseClick(pages.switch.buttons[1], Qt.MouseButton.LeftButton)
    assert changed.args == [pages.page] == ["two"]
    pages.offer("two", False)
    assert (pages.page, len(pages.switch.buttons)) == ("one", 1)
    pages.offer("two", True)
    assert len(pages.switch.buttons) == 2


@pytest.fixture
def worker(qtbot: QtBot):
    made = Worker("test")
    yield made
    made.close()


def test_that_the_bar_shows_how_far_it_is_and_gives_up(qtbot: QtBot, theme: Theme, worker: Worker) -> None:
    bar = WorkBar(worker, "Training")
    qtbot.addWidget(bar)

    def endless(task: Task) -> None:
        task.report(0.25)
        while not task.stop():
            threading.Event().wait(0.001)

    worker.ask(endless)
    qtbot.waitUntil(lambda: bar.bar.value() == 250)
    assert bar.isVisible()
    assert bar.label.text() == "Training"
    qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not worker.busy)
    assert not bar.isVisible()


def test_that_a_failure_stays_until_the_next_measurement(qtbot: QtBot, theme: Theme, worker: Worker) -> None:
    bar = WorkBar(worker, "Training")
    qtbot.addWidget(bar)

    def fail(_task: Task) -> None:
        raise ObukaError(Message("there are no data"))

    worker.ask(fail)
    qtbot.waitUntil(lambda: bar.label.text() == "there are no data")
    qtbot.waitUntil(lambda: not worker.busy)
    assert bar.isVisible()
    assert not bar.bar.isVisible()
    with qtbot.waitSignal(worker.answered):
        worker.ask(lambda _task: 1)
    qtbot.waitUntil(lambda: not bar.isVisible())
