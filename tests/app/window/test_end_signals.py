"""Signals of the system end the window as closing does: in real processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSocketDescriptor, QSocketNotifier
from pytestqt.qtbot import QtBot

from app.window.end_signals import EndSignals
from simulator.experiment import read

pytestmark = pytest.mark.slow

PATIENCE = 60
WINDOW = """
import sys
from PySide6.QtCore import QTimer
from app import bootstrap

show = bootstrap.show


def show_and_edit(window, settings):
    show(window, settings)
    window.document.edit({"training.learning_rate": 0.0123}, "Change learning rate")
    QTimer.singleShot(0, lambda: print("ready", flush=True))


bootstrap.show = show_and_edit
sys.exit(bootstrap.run(["obuka"]))
"""


def start(home: Path) -> "subprocess.Popen[str]":
    homes = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    return subprocess.Popen(
        [sys.executable, "-c", WINDOW],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals to a program without a console")
def test_that_signals_end_the_window_and_keep_what_is_unsaved(tmp_path: Path) -> None:
    names = ("SIGTERM", "SIGHUP", "SIGINT")
    windows = {name: start(tmp_path / name) for name in names}
    try:
        for name, window in windows.items():
            assert window.stdout is not None
            assert window.stdout.readline() == "ready\n"
            window.send_signal(getattr(signal, name))
        for name, window in windows.items():
            _said, log = window.communicate(timeout=PATIENCE)
            assert (name, window.returncode) == (name, 0)
            assert "Traceback" not in log
            [kept] = (tmp_path / name).rglob("last.json")
            assert read(kept).experiment.training.learning_rate == 0.0123
            assert list((tmp_path / name).rglob("settings.json")), "the window's settings are kept too"
    finally:
        for window in windows.values():
            window.kill()
            window.wait()


def test_that_a_socket_that_tells_of_nothing_ends_nothing(qtbot: QtBot) -> None:
    signals = EndSignals()
    with qtbot.assertNotEmitted(signals.asked):
        signals._notifier.activated.emit(QSocketDescriptor(signals._woken.fileno()), QSocketNotifier.Type.Read)
    signals.remove()
