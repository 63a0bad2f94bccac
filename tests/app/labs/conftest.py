"""A lab on screen, without the window round it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.labs.lab import Lab, LabSpec
from app.running.context import Context
from app.running.run_controller import RunController
from app.theme import Theme
from simulator.experiment import Experiment
from tests.app.fake_runner import FakeRunner
from tests.app.samples import spiral

ROOM = QSize(1572, 802)
"""What a lab gets of a window of 1600 x 900."""
SMALL = QSize(1346, 684)
"""What a lab gets of a window of 1366 x 768."""

OpenLab = Callable[..., Lab]


@pytest.fixture
def open_lab(qtbot: QtBot, theme: Theme) -> Iterator[OpenLab]:
    """Opens a lab over an experiment; its threads end with the test."""
    opened: list[Lab] = []

    def open_one(
        spec: LabSpec,
        size: QSize = ROOM,
        experiment: Experiment | None = None,
        go_to: Callable[[str], None] = lambda _tab: None,
    ) -> Lab:
        document = Document(experiment or spiral())
        controller = RunController(FakeRunner(), document)
        lab = spec.make(Context(theme, document, controller, go_to))
        controller.setParent(lab)
        qtbot.addWidget(lab)
        lab.set_compact(size.width() < ROOM.width())
        lab.resize(size)
        lab.show()
        qtbot.waitExposed(lab)
        opened.append(lab)
        return lab

    yield open_one
    for lab in opened:
        lab.close_down()
