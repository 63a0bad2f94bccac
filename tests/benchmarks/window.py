"""What the window costs training: four runs at full speed, with and without the window, in one process.

Run it from the project's root: ``python -m tests.benchmarks.window [--profile]``. For every preset it prints

- the share of speed: steps a second with the window drawing over those of the same runs, with the same frames, while
  the window's thread sleeps (at least 80 % is asked for on two cores);
- the share of a core that the window's thread is busy (at most 45 %);
- pictures a second of the large view (8 or more) and of the rarest other (2 or more).

Rounds alternate, so that a neighbour on a shared machine slows both. `--profile` prints where the window's thread
spends its time instead.
"""

import cProfile
import os
import pstats
import statistics
import sys
import time
from collections import Counter
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.arrangement.presets import PRESETS
from app.bootstrap import make_window
from app.cards.view_card import ViewCard
from app.running.run_state import RunState
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from simulator.training import Runner

ROUNDS = 5
SECONDS = 3.0
RATES = (0.02, 0.01, 0.005)
LEAST_SHARE, MOST_BUSY = 0.80, 0.45
LARGE_RATE, OTHER_RATE = 8.0, 2.0


class Round(NamedTuple):
    """One round with the window: steps a second, share of a core, pictures a second of the large and rarest view."""

    speed: float
    busy: float
    large: float
    rarest: float


def main() -> int:
    """Print a line a preset; return 1 if one misses what is asked for."""
    application = QApplication([])
    theme = Theme("light")
    theme.install(application)
    window = make_window(theme, Runner(), Settings())
    window.resize(1600, 900)
    window.show()
    settle(window)
    window.files.open_built_in("digits")
    for rate in RATES:
        settle(window)
        window.document.what_if({"training.learning_rate": rate}, f"{rate:g}")
    settle(window)
    window.document.viewpoint.select(0)
    window.document.edit({"training.epochs": None}, "Train on")
    settle(window)
    slider = window.time.transport.speed.slider
    slider.setValue(slider.maximum())
    failed = False
    for preset in PRESETS:
        window.show_tab(preset.id)
        settle(window)
        if "--profile" in sys.argv:
            profiled(window, preset.id)
            continue
        alone, rounds = [], []
        for _ in range(ROUNDS):
            alone.append(headless(window))
            rounds.append(drawn(window))
        share = statistics.median(one.speed / other for one, other in zip(rounds, alone, strict=True))
        busy, large, rarest = (statistics.median(column) for column in list(zip(*rounds, strict=True))[1:])
        failed |= share < LEAST_SHARE or busy > MOST_BUSY or large < LARGE_RATE or rarest < OTHER_RATE
        print(
            f"{preset.id}: {statistics.median(alone):,.0f} steps/s alone, {share:.0%} of it with the window; "
            f"busy {busy:.0%} of a core; large view {large:.1f}, rarest view {rarest:.1f} pictures/s",
            flush=True,
        )
    window.close()
    return int(failed)


def headless(window: MainWindow) -> float:
    """Return steps a second while the window's thread sleeps: nothing is polled, nothing drawn."""
    controller = window.controller
    controller.play()
    wait_for(window, RunState.PLAYING)
    before, began = controller.newest, time.perf_counter()
    time.sleep(SECONDS)
    controller.poll()
    made, seconds = controller.newest - before, time.perf_counter() - began
    controller.pause()
    wait_for(window, RunState.PAUSED)
    return made / seconds


def drawn(window: MainWindow) -> Round:
    """Return what a round with the window drawing comes to."""
    controller = window.controller
    count: Counter[str] = Counter()
    kept = [(card, card.show_picture) for card in window.stage.cards]
    for card, show in kept:
        card.show_picture = counted(count, card, show)  # type: ignore[method-assign]
    controller.play()
    wait_for(window, RunState.PLAYING)
    run_for(1.0)  # until the turns have found their pace
    count.clear()
    before, began, busy = controller.newest, time.perf_counter(), time.thread_time()
    run_for(SECONDS)
    busy = time.thread_time() - busy
    made, seconds = controller.newest - before, time.perf_counter() - began
    controller.pause()
    wait_for(window, RunState.PAUSED)
    rates = [count[card.accessibleName()] / seconds for card, _show in kept]
    for card, show in kept:
        card.show_picture = show  # type: ignore[method-assign]
    return Round(made / seconds, busy / seconds, max(rates), min(rates))


def counted(count: "Counter[str]", card: ViewCard, show: object) -> object:
    """Return `show_picture` of a card, counting."""

    def show_picture(picture: object) -> None:
        count[card.accessibleName()] += 1
        show(picture)  # type: ignore[operator]

    return show_picture


def profiled(window: MainWindow, name: str) -> None:
    """Print where the window's thread spends its time while four runs train."""
    window.controller.play()
    wait_for(window, RunState.PLAYING)
    run_for(1.0)
    profile = cProfile.Profile(time.thread_time)
    profile.enable()
    run_for(2 * SECONDS)
    profile.disable()
    window.controller.pause()
    wait_for(window, RunState.PAUSED)
    print(f"== {name}")
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


def run_for(seconds: float) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def wait_for(window: MainWindow, state: RunState) -> None:
    """Run the event loop until the run on display is in `state`."""
    deadline = time.monotonic() + 120
    while window.controller.state is not state:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{window.controller.state} and not {state}")
        QTest.qWait(10)


def settle(window: MainWindow) -> None:
    """Run the event loop until the runner shows what the document holds, and has come to rest."""
    deadline = time.monotonic() + 120
    QTest.qWait(300)
    while (
        window.controller.state not in (RunState.READY, RunState.PAUSED)
        or window.controller._sync.pending is not None
        or not window.controller._in_step()
    ):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{window.controller.state} after two minutes")
        QTest.qWait(20)
    QTest.qWait(600)


if __name__ == "__main__":
    raise SystemExit(main())
