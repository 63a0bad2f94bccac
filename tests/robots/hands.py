"""Random hands on the whole window: ``python -m tests.robots.hands --seed 0 --actions 1000``.

The window is the real one, on the real training thread. Afterwards every fault is printed, and the exit code is 1 where
there was one: an exception, a warning of Qt, an error in the log, a document that the engine does not follow, a thread
that stays, an event that takes over 400 ms of the window thread's own CPU time.
"""

import argparse
import faulthandler
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import platformdirs

os.environ.setdefault("OBUKA_CACHE", platformdirs.user_cache_dir("obuka", appauthor=False))

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import make_window
from app.theme import Theme
from app.window.settings import Settings
from simulator.training import Runner
from tests.robots.acts import Hands
from tests.robots.truth import Truth
from tests.robots.watch import Watch, WatchedApplication

BETWEEN_TRUTHS = 25
"""Actions after which document and engine are compared."""
HELD_UP = 2_000
"""Milliseconds after which what an action has opened and waits for is closed."""
END_OF_THREADS = 10.0
TRAIL = 6
"""Actions told before a fault."""


def play(seed: int, actions: int, folder: Path, longest: float, *, talk: bool) -> Watch:
    """Let the hands loose; return what they have found."""
    faulthandler.enable()
    before = set(threading.enumerate())
    watch = Watch(longest)
    watch.install()
    application = WatchedApplication([])
    theme = Theme("light")
    theme.install(application)
    window = make_window(theme, Runner(), Settings())
    window.resize(1600, 900)
    window.show()
    truth = Truth(window, watch)
    truth.settle()
    application.watch = watch
    hands = Hands(window, seed, folder)
    trail: list[str] = []
    for number in range(1, actions + 1):
        watch.number, known = number, len(watch.faults)
        watch.action = "the next action"
        held_up = QTimer(singleShot=True, interval=HELD_UP)
        held_up.timeout.connect(_close_what_is_open)
        held_up.start()
        watch.name_action(hands.act())
        held_up.stop()
        trail = [*trail[-TRAIL:], watch.action]
        if number % BETWEEN_TRUTHS == 0:
            truth.settle()
        if not window.isVisible():
            watch.report("window", "it is closed")
            break
        if talk:
            print(number, watch.action)
        if len(watch.faults) > known:
            print(f"after: {trail}", *watch.faults[known:], sep="\n  ", flush=True)
    watch.action = "the end"
    truth.settle()
    window.close()
    application.watch = None
    _report_threads(before, watch)
    return watch


def _close_what_is_open() -> None:
    for widget in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if widget is not None:
            widget.close()


def _report_threads(before: set[threading.Thread], watch: Watch) -> None:
    end = time.monotonic() + END_OF_THREADS
    while (left := set(threading.enumerate()) - before) and time.monotonic() < end:
        QTest.qWait(50)
    for thread in left:
        watch.report("thread", f"{thread.name} goes on after the end")


def main() -> int:
    """Play one seed and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--longest", type=float, default=400, help="milliseconds that an event may take")
    parser.add_argument("--talk", action="store_true", help="print every action")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        watch = play(chosen.seed, chosen.actions, Path(folder), chosen.longest / 1000, talk=chosen.talk)
    seconds, words = watch.slowest
    print(f"seed {chosen.seed}: {chosen.actions} actions, {len(watch.faults)} faults")
    print(f"slowest event: {1000 * seconds:.0f} ms, {words}")
    return 1 if watch.faults else 0


if __name__ == "__main__":
    sys.exit(main())
