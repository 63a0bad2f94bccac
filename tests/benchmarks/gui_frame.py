"""How much CPU time of the window's thread a frame costs: the whole stage, painting included; one run and four lanes.

Run it from the project's root: ``python -m tests.benchmarks.gui_frame``. It fails where the best round is above 12 ms
with one run of twelve cards, or above 16 ms with four lanes, whichever preset is shown.
Neighbours on a shared machine can only lengthen a round (they empty its caches), so the best one is what the code
costs; the median says how the machine was.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.arrangement.presets import PRESETS, Preset
from app.cards.plot_card import PlotCard
from app.document.document import Document
from app.running.context import Context
from app.running.run_controller import RunController
from app.stage.stage import Stage
from app.theme import Theme
from simulator.training import Picture, RunFacts
from tests.app.canned import make_facts, make_lanes, make_looks, make_picture, make_track
from tests.app.fake_runner import FakeRunner

CARDS = 12
TRACK_FRAMES = 1000
FRAMES = 30
ROUNDS = 15
LANES = 4
LIMIT = 12.0
LANES_LIMIT = 16.0
"""Milliseconds, with one run and with four lanes."""
SIZE = (970, 760)
"""What is left for the stage of a window of 1600 by 900."""


def main() -> int:
    """Print milliseconds a frame: of all, and of each plot alone."""
    application = QApplication([])
    theme = Theme("light")
    theme.install(application)
    failed = False
    for name, width, classes in (("plane, 2 classes", 2, 2), ("plane, 5 classes", 2, 5), ("digits", 64, 10)):
        pictures = [make_picture(3000 + 40 * index, CARDS, classes, decision=width == 2) for index in range(FRAMES)]
        failed |= judge(
            application, theme, f"{name}, {PRESETS[0].id}", PRESETS[0], make_facts(classes, width), pictures
        )
    steps = [3000 + 40 * index for index in range(FRAMES)]
    lanes = [
        replace(make_lanes(step, LANES, cards=CARDS), track=make_track(CARDS, TRACK_FRAMES, step)) for step in steps
    ]
    for preset in PRESETS:
        failed |= judge(application, theme, f"{LANES} lanes, {preset.id}", preset, make_facts(), lanes)
    return int(failed)


def judge(
    application: QApplication,
    theme: Theme,
    name: str,
    preset: Preset,
    facts: RunFacts,
    pictures: Sequence[Picture],
) -> bool:
    """Print milliseconds a frame of a preset and of each of its plots; tell whether that is too much."""
    document = Document()
    context = Context(theme, document, RunController(FakeRunner(), document), lambda tab: None)
    stage = Stage(context, preset)
    stage.resize(*SIZE)
    stage.show()
    stage.set_facts(facts)
    several = len(pictures[0].beside) + 1
    limit = LIMIT if several == 1 else LANES_LIMIT
    stage.set_lanes(make_looks(several) if several > 1 else ())

    def show_all(picture: Picture) -> None:
        for card in stage.cards:  # not by the stage, whose cards would take turns
            card.show_picture(picture)

    best, median = measure(application, show_all, pictures)
    print(f"{name}: {best:.1f} ms a frame, median {median:.1f} (at most {limit:.0f})")
    for card in (card for card in stage.cards if isinstance(card, PlotCard)):
        for plot in (plot for plot in card.plots if plot.isVisible()):
            print(f"    {plot.title}: {measure(application, plot.show_picture, pictures)[0]:.2f}")
    stage.close()
    return best > limit


def measure(
    application: QApplication, show: Callable[[Picture], None], pictures: Sequence[Picture]
) -> tuple[float, float]:
    """Return milliseconds a frame in the best and in the median round."""
    means = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        for picture in pictures:
            show(picture)
            # paints what was marked for painting, as the window's event loop does
            application.processEvents()
        means.append(1000 * (time.thread_time() - began) / len(pictures))
    return min(means), statistics.median(means)


if __name__ == "__main__":
    raise SystemExit(main())
