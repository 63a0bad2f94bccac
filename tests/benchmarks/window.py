"""What the window costs training: four lanes at full speed, with and without the window, in one process.

Run it from the project's root: ``python -m tests.benchmarks.window``. For every preset it prints the steps a second of
the runner alone, those with the window drawing, their ratio (at least 0.75 is asked for on two cores), and the CPU time
that the window's thread spends on a picture (at most 16 ms). Rounds alternate, so that a neighbour on a shared machine
slows both.
"""

import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.arrangement.presets import PRESETS
from app.bootstrap import make_window
from app.running.run_state import RunState
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from simulator.training import Runner

ROUNDS = 5
SECONDS = 3.0
RATES = (0.02, 0.01, 0.005)
LEAST_SHARE = 0.75
MOST_CPU = 16.0
"""Milliseconds a picture."""


def main() -> int:
    """Print a table; return 1 if a preset misses what is asked for."""
    application = QApplication([])
    theme = Theme("light")
    theme.install(application)
    window = make_window(theme, Runner(), Settings())
    window.resize(1600, 900)
    window.show()
    wait_for(window, RunState.READY)
    window.files.open_built_in("digits")
    for rate in RATES:
        settle(window)
        window.document.what_if({"training.learning_rate": rate}, f"{rate:g}")
    settle(window)
    window.document.viewpoint.select(0)
    window.document.edit({"training.epochs": None}, "Train on")
    settle(window)
    window.controller.set_speed(None)
    failed = False
    for preset in PRESETS:
        window.show_tab(preset.id)
        settle(window)
        alone, shown, cpu = [], [], []
        for _ in range(ROUNDS):
            alone.append(headless(window))
            speed, milliseconds = drawn(window)
            shown.append(speed)
            cpu.append(milliseconds)
        share = statistics.median(one / other for one, other in zip(shown, alone, strict=True))
        failed |= share < LEAST_SHARE or min(cpu) > MOST_CPU
        print(
            f"{preset.id}: {statistics.median(alone):,.0f} steps/s alone, {statistics.median(shown):,.0f} with the "
            f"window, {share:.0%}; {min(cpu):.1f} ms CPU a picture in the best round, "
            f"{statistics.median(cpu):.1f} in the median"
        )
    window.close()
    return int(failed)


def headless(window: MainWindow) -> float:
    """Return steps a second while the window's thread sleeps: nothing is polled, nothing drawn."""
    controller = window.controller
    controller.play()
    wait_for(window, RunState.PLAYING)
    before, began = window.controller.newest, time.perf_counter()
    time.sleep(SECONDS)
    controller.poll()
    made, seconds = controller.newest - before, time.perf_counter() - began
    controller.pause()
    wait_for(window, RunState.PAUSED)
    return made / seconds


def drawn(window: MainWindow) -> tuple[float, float]:
    """Return steps a second, and milliseconds of CPU a picture, while the window draws."""
    controller = window.controller
    pictures = 0

    def count(_picture: object) -> None:
        nonlocal pictures
        pictures += 1

    controller.play()
    wait_for(window, RunState.PLAYING)
    controller.picture_changed.connect(count)
    before, began, busy = controller.newest, time.perf_counter(), time.thread_time()
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * SECONDS), loop.quit)
    loop.exec()
    busy = time.thread_time() - busy
    made, seconds = controller.newest - before, time.perf_counter() - began
    controller.picture_changed.disconnect(count)
    controller.pause()
    wait_for(window, RunState.PAUSED)
    return made / seconds, 1000 * busy / max(1, pictures)


def wait_for(window: MainWindow, state: RunState) -> None:
    """Run the event loop until the run on display is in `state`."""
    deadline = time.monotonic() + 120
    while window.controller.state is not state:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{window.controller.state} and not {state}")
        QTest.qWait(10)


def settle(window: MainWindow) -> None:
    """Run the event loop until the runner shows what the document holds."""
    QTest.qWait(600)


if __name__ == "__main__":
    raise SystemExit(main())
