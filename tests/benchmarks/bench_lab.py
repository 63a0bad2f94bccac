"""How fast the initialisation bench follows a slider: from the key that moves it to the picture that is painted.

Run it from the project's root: ``python -m tests.benchmarks.bench_lab``. It fails where the best of the rounds is over
its limit. Neighbours on a shared machine can only lengthen a round; the median says how the machine was. "window" is
the longest time in which the window's thread did nothing else.
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QSlider

from app.document.document import Document
from app.labs.initialise.lab import InitialiseLab
from app.labs.initialise.setup import SLIDES, Setup
from app.running.context import Context
from app.running.run_controller import RunController
from app.theme import Theme
from tests.app.fake_runner import FakeRunner

ROUNDS: Final = 12
SIZE: Final = QSize(1572, 802)
PATIENCE: Final = 20.0


@dataclass(frozen=True)
class Case:
    """A setting, the slider that is moved, and milliseconds until the way forward and the way back are seen."""

    name: str
    setup: Setup
    slider: str
    forward: float
    backward: float


_D4, _D5 = SLIDES["D4"].setup, SLIDES["D5"].setup
CASES: Final = (
    Case("10 x 100 tanh, scale", replace(_D4, units=100), "scale", 100, 100),
    Case("10 x 100 ReLU, scale", replace(_D5, units=100), "scale", 100, 100),
    Case("10 x 100 ReLU, units", replace(_D5, units=100), "units", 100, 100),
    Case("10 x 100 ReLU, layers", replace(_D5, units=100), "layers", 100, 100),
    Case("10 x 500 tanh, scale", _D4, "scale", 150, 400),
    Case("10 x 500 ReLU, scale", _D5, "scale", 150, 400),
    Case("10 x 500 ReLU, layers", _D5, "layers", 150, 400),
    Case("10 x 500 ReLU, units", _D5, "units", 150, 400),
)


def main() -> int:
    """Print milliseconds, best and median, until the way forward and the way back are painted."""
    application = QApplication([])
    theme = Theme("light")
    theme.install(application)
    document = Document()
    lab = InitialiseLab(Context(theme, document, RunController(FakeRunner(), document), lambda _tab: None))
    lab.resize(SIZE)
    lab.show()
    settle(application, lab)
    failed = False
    for case in CASES:
        lab.set_setup(case.setup)
        settle(application, lab)
        rounds = [follow(application, lab, case.slider, 1 if number % 2 else -1) for number in range(ROUNDS)]
        forward, backward, blocked = zip(*rounds, strict=True)
        failed |= min(forward) > case.forward or min(backward) > case.backward
        print(
            f"{case.name:24} forward {words(forward)} (at most {case.forward:.0f})   "
            f"backward {words(backward)} (at most {case.backward:.0f})   window {words(blocked)}"
        )
    lab.close_down()
    lab.close()
    return int(failed)


def follow(application: QApplication, lab: InitialiseLab, name: str, way: int) -> tuple[float, float, float]:
    """Move a slider by one stop; return milliseconds until forward and backward are painted, and the longest turn."""
    slider: QSlider = getattr(lab.controls, name).slider
    # readings that are known would be shown at once
    lab.measure.rest()
    warm(application, lab)
    began = time.perf_counter()
    slider.setValue(slider.value() + way)
    recipe = lab.recipe
    forward = longest = 0.0
    while time.perf_counter() - began < PATIENCE:
        turn = time.perf_counter()
        application.processEvents()
        longest = max(longest, time.perf_counter() - turn)
        reading = lab.measure.reading
        if reading is not None and reading.recipe == recipe:
            forward = forward or time.perf_counter() - began
            if reading.signal.complete:
                break
        time.sleep(0.0005)
    backward = time.perf_counter() - began
    settle(application, lab)
    return 1000 * forward, 1000 * backward, 1000 * longest


def warm(application: QApplication, lab: InitialiseLab) -> None:
    """Measure the present setting with another seed, so that data and memory are there as in the midst of a drag."""
    lab.bar.again.click()
    settle(application, lab)


def settle(application: QApplication, lab: InitialiseLab) -> None:
    """Wait until everything asked for is measured; draws for the band are not waited for."""
    wait(application, lambda: is_whole(lab))
    application.processEvents()


def is_whole(lab: InitialiseLab) -> bool:
    reading, other = lab.measure.reading, lab.measure.other
    if reading is None or reading.recipe != lab.recipe or not reading.signal.complete or other is None:
        return False
    return other.signal.complete and other.recipe.seed == reading.recipe.seed


def wait(application: QApplication, done: Callable[[], bool]) -> None:
    end = time.perf_counter() + PATIENCE
    while not done() and time.perf_counter() < end:
        application.processEvents()
        time.sleep(0.002)


def words(times: tuple[float, ...]) -> str:
    """Return the best and the median."""
    return f"{min(times):4.0f} / {statistics.median(times):4.0f} ms"


if __name__ == "__main__":
    raise SystemExit(main())
