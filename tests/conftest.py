"""What all tests share: no screen, nobody's settings, and a room left clean.

Qt is imported by those tests only that use it: the simulator's run without.
"""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import platformdirs
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Compiled kernels carry a stamp of their sources, so they may be shared; each test's own folder would compile anew.
os.environ.setdefault("OBUKA_CACHE", platformdirs.user_cache_dir("obuka", appauthor=False))

# What Qt's offscreen platform says of itself.
HARMLESS = (r"This plugin does not support .*\(\)", "This plugin does not support grabbing the keyboard")
PATIENCE = 2.0
"""Seconds that a thread gets to end."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A warning of Qt fails the test that caused it."""
    if not config.pluginmanager.hasplugin("pytest-qt"):
        return
    for item in items:
        item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
        item.add_marker(pytest.mark.qt_log_ignore(*HARMLESS))


def pytest_collection() -> None:
    """Let nobody look for garbage while everything is imported."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Put what was imported out of the collector's sight: it would go through all of it again and again."""
    gc.enable()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def small_heap() -> Iterator[None]:
    """Do the same with what a module leaves: looking for timers is as quick in the last one as in the first."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def session_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where icons are recoloured: one a session, because the style sheet keeps pointing at them."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def nobodys_settings(tmp_path: Path, session_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what the person at this computer has."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(session_cache))


@pytest.fixture(autouse=True)
def clean_room(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window behind."""
    threads = set(threading.enumerate())
    uses_qt = {"qtbot", "qapp"} & set(request.fixturenames)
    widgets = _top_level_widgets() if uses_qt else set()
    yield
    left = [str(thread) for thread in _ended(set(threading.enumerate()) - threads)]
    if uses_qt:
        left += _left_in_qt()
        _delete(_top_level_widgets() - widgets)
    assert not left, f"left behind: {left}"


def _ended(threads: set[threading.Thread]) -> list[threading.Thread]:
    for thread in threads:
        thread.join(PATIENCE)
    return [thread for thread in threads if thread.is_alive()]


def _top_level_widgets() -> set[Any]:
    from PySide6.QtWidgets import QApplication

    return set(QApplication.topLevelWidgets()) if QApplication.instance() else set()


def _delete(hidden: set[Any]) -> None:
    """Delete parts without a parent that were never shown: every new style sheet would polish them again."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for widget in hidden:
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _left_in_qt() -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    # pytest-qt has closed what it was given; what waits for its deletion is deleted now.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [str(window) for window in QApplication.topLevelWidgets() if window.isVisible()]
    timers = [
        f"timer of {thing.parent()}"
        for thing in gc.get_objects()
        if type(thing) is QTimer and isValid(thing) and thing.isActive()
    ]
    return windows + timers
