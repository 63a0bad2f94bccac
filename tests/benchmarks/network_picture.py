"""What a drawing of the network costs the window's thread: ``python -m tests.benchmarks.network_picture``.

A drawing is everything from a picture of the run to pixels on the widget, while it trains: every picture has other
weights than the one before. It fails where the best round is above 3 ms, beside the boundary or enlarged. A drawing
with smooth edges, made once where training rests, is printed beside it.
"""

import os
import time
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.plots.run.network.paint_wires import outline
from app.running.context import Context
from app.running.run_controller import RunController
from app.theme import Theme
from app.views.catalogue import views
from simulator.experiment import Run, from_plain, load
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.fake_runner import FakeRunner
from tests.app.tracks import trained_picture

SIZES = {"small": (476, 276), "large": (1180, 720)}
LIMIT = 3.0
"""Milliseconds."""
ROUNDS = 12
PICTURES = 6
APART = 5
"""Steps from picture to picture."""


def network(data: str, *units: int) -> Run:
    """Return a run of ReLU layers of these sizes."""
    layers = []
    for key, size in enumerate(units, start=1):
        layers += [{"kind": "dense", "units": size, "key": key}, {"kind": "relu"}]
    return Run(from_plain({"data": {"kind": data}, "network": layers}))


RUNS = {
    "2-4-2": lambda: network("circles", 4),
    "64-50-10": lambda: network("digits", 50),
    "10 x 500": lambda: network("digits", *(500,) * 10),
    "2-8-8-2": lambda: network("spiral", 8, 8),
    "2-16-16-2": lambda: load("spiral"),
}
PROMISED = ("2-4-2", "64-50-10", "10 x 500")


def main() -> int:
    """Print milliseconds a drawing, and how many things each has."""
    application = QApplication([])
    theme = Theme("light")
    theme.install(application)
    failed = False
    for name, make in RUNS.items():
        timeline = Timeline(Trainer(make()))
        for form, size in SIZES.items():
            best, resting, things = cost(application, theme, timeline, size)
            held = name in PROMISED
            failed |= held and best > LIMIT
            limit = f" (at most {LIMIT:.0f})" if held else ""
            told = f"{best:.2f} ms a drawing{limit}, {resting:.2f} where it rests"
            print(f"{name}, {form}: {told}, {things} units and connections")
    return int(failed)


def cost(
    application: QApplication, theme: Theme, timeline: Timeline, size: tuple[int, int]
) -> tuple[float, float, int]:
    """Return milliseconds a drawing, live and resting, in the best round, and how many things are drawn."""
    document = Document(timeline.run.experiment)
    context = Context(theme, document, RunController(FakeRunner(), document), lambda _tab: None)
    card = views()["network"].make(context)
    card.resize(*size)
    card.show()
    card.set_facts(timeline.trainer.facts)
    for _ in range(3):
        picture = trained_picture(timeline, timeline.step + APART, APART, parts=card.wanted_parts)
        card.show_picture(picture)
        application.processEvents()
    resting = [
        trained_picture(timeline, timeline.step + APART, APART, parts=card.wanted_parts) for _ in range(PICTURES)
    ]
    live = [replace(picture, steps_per_second=100.0) for picture in resting]
    costs = []
    for pictures in (live, resting):
        rounds = []
        for _ in range(ROUNDS):
            # a run that trains shows no picture twice
            outline.cache_clear()
            began = time.thread_time()
            for picture in pictures:
                # as if the pace of drawings had passed
                card._drawn_at = 0.0
                card.show_picture(picture)
                # paints what was marked for painting, as the window's event loop does
                application.processEvents()
            rounds.append(1000 * (time.thread_time() - began) / PICTURES)
        costs.append(min(rounds))
    scene = card.drawing.scene
    card.close()
    return costs[0], costs[1], scene.drawn


if __name__ == "__main__":
    raise SystemExit(main())
