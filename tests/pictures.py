"""The README's pictures, made anew from runs that are really trained: ``python -m tests.pictures``.

They go to `docs/`. Steps are counted, never timed, and every run has its seeds: the same numbers come out each time.
Look at both pictures before you commit them.
"""

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import WANTED_SIZE, make_window, speak
from app.running.run_state import RunState
from app.theme import Theme
from app.window.main_window import MainWindow
from app.window.settings import Settings
from simulator.training import Picture, Runner

DOCS = Path(__file__).resolve().parents[1] / "docs"
PATIENCE = 120.0
"""Seconds until something that was asked for counts as lost."""


class Photographer:
    """A window on the real runner that trains by whole epochs and waits until they are drawn."""

    def __init__(self, application: QApplication) -> None:
        speak("en")
        theme = Theme("light")
        theme.install(application)
        self.window: MainWindow = make_window(theme, Runner(), Settings())
        self.picture: Picture | None = None
        self.window.controller.picture_changed.connect(self._take)
        self.window.resize(WANTED_SIZE)
        self.window.show()
        self.window.files.open_built_in("spiral")
        self.wait()

    def _take(self, picture: Picture) -> None:
        self.picture = picture

    def wait(self) -> None:
        """Run the event loop until nothing trains and the newest step of the document's runs is drawn."""
        deadline = time.monotonic() + PATIENCE
        QTest.qWait(300)
        while not self._still():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.window.controller.state} after {PATIENCE:.0f} s")
            QTest.qWait(20)
        QTest.qWait(700)  # what is read while nothing trains, and what follows from it

    def _still(self) -> bool:
        controller, picture = self.window.controller, self.picture
        return (
            controller.state in (RunState.READY, RunState.PAUSED)
            and picture is not None
            and picture.run_id == self.window.document.state.run_id
            and picture.newest == picture.frame.step == controller.newest
            and picture.steps_per_second is None
        )

    def train(self, epochs: int) -> None:
        """Train so many epochs more."""
        for _ in range(epochs):
            before = self.window.controller.newest
            self.window.controller.epoch()
            deadline = time.monotonic() + PATIENCE
            while self.window.controller.newest == before or self.window.controller.state is not RunState.PAUSED:
                if time.monotonic() > deadline:
                    raise TimeoutError("an epoch does not end")
                QTest.qWait(2)
        self.wait()

    def save(self, name: str) -> None:
        """Write the window to `docs/`."""
        self.window.setFocus()
        QTest.qWait(100)
        if not self.window.grab().save(str(DOCS / f"{name}.png"), "PNG"):
            raise OSError(f"{DOCS / name}.png cannot be written")
        print(f"docs/{name}.png: step {self.window.controller.newest}")


def window(photographer: Photographer) -> None:
    """One run, a layer chosen."""
    photographer.train(146)
    photographer.window.build_column.network.select_layer(2)
    photographer.save("window")


def compare(photographer: Photographer) -> None:
    """Three lanes: as built, another activation from the start, another rate from the middle."""
    document = photographer.window.document
    photographer.window.files.open_built_in("spiral")
    photographer.wait()
    photographer.window.show_tab("compare")
    photographer.window.build_column.network.select_layer(None)
    tanh = {f"network.{place}": {"kind": "tanh"} for place in (1, 3)}
    document.what_if(tanh, "tanh")
    photographer.wait()
    document.viewpoint.select(0)
    photographer.wait()
    photographer.train(115)
    document.what_if({"training.learning_rate": 0.1}, "rate 0.1")
    photographer.wait()
    document.viewpoint.select(0)
    photographer.wait()
    photographer.train(80)
    photographer.save("compare")


def main() -> int:
    """Make the pictures whose names the command line gives, or all."""
    application = QApplication([])
    photographer = Photographer(application)
    made = {"window": window, "compare": compare}
    for name in sys.argv[1:] or made:
        made[name](photographer)
    photographer.window.controller.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
