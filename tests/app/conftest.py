"""A window on a runner without a thread, for the tests of the window's parts."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.running.run_controller import RunController
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from tests.app.fake_runner import FakeRunner

ROOMY = QSize(1600, 900)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A whole window takes a second to open: the fast lane does without."""
    for item in items:
        if "open_shell" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@dataclass
class Shell:
    """A window and the runner behind it."""

    window: MainWindow
    runner: FakeRunner
    theme: Theme

    @property
    def controller(self) -> RunController:
        return self.window.controller

    def poll(self) -> None:
        """Let the window hear what the runner reports, without waiting for the timer."""
        self.controller.poll()
        QTest.qWait(0)

    def open_built_in(self, name: str) -> None:
        """Choose a built-in experiment, and wait until it is read."""
        before = self.window.document.state.run_id
        self.window.files.open_built_in(name)
        deadline = time.monotonic() + 5
        while self.window.document.state.run_id == before and time.monotonic() < deadline:
            QTest.qWait(1)


OpenShell = Callable[..., Shell]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, worn by the application for one test."""
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    light = Theme("light")
    light.install(qapp)
    yield light
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def open_shell(qtbot: QtBot, theme: Theme) -> OpenShell:
    """Opens a window of a size; `started=False` leaves the runner alone."""

    def open_window(
        size: QSize = ROOMY, *, started: bool = True, prepared: bool = True, settings: Settings | None = None
    ) -> Shell:
        runner = FakeRunner(prepared=prepared)
        window = make_window(theme, runner, settings or Settings())
        qtbot.addWidget(window)
        window.resize(size)
        window.show()
        qtbot.waitExposed(window)
        shell = Shell(window, runner, theme)
        if started:
            qtbot.waitUntil(lambda: runner.started)
            shell.poll()
        return shell

    return open_window
