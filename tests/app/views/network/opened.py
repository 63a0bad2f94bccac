"""A network card over a run that is really trained."""

from dataclasses import dataclass

import msgspec
import numpy as np

from app.document.document import Document
from app.views.network.card import NetworkCard
from simulator.experiment import Run, load
from simulator.layers import Layer
from simulator.layers.dense import Dense
from simulator.layers.tanh import Tanh
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.tracks import trained_picture
from tests.app.views.conftest import ShowView

SMALL = (476, 276)
LARGE = (1180, 720)


@dataclass
class Opened:
    """A card, its document, and the run that it shows."""

    card: NetworkCard
    document: Document
    timeline: Timeline

    def train(self, steps: int) -> None:
        """Train up to a step, and show it as a resting runner does: again where other units are asked for."""
        for _ in range(3):
            self.card.show_picture(trained_picture(self.timeline, steps, 1000, parts=self.card.wanted_parts))

    def block(self, number: int, role: str = "weight") -> np.ndarray:
        """Return the trainer's weights, or biases, of a layer."""
        trainer = self.timeline.trainer
        placed = [each for each in trainer.program.placed if each.block.role == role][number]
        return trainer.state.parameters[placed.span].reshape(placed.block.shape).astype(np.float64)


def opened(
    show_view: ShowView, name: str, steps: int, size: tuple[int, int] = SMALL, network: tuple[Layer, ...] = ()
) -> Opened:
    """Show a run of a built-in experiment, with another network where one is given, after so many steps."""
    run = load(name)
    if network:
        run = Run(msgspec.structs.replace(run.experiment, network=network))
    timeline = Timeline(Trainer(run))
    shown = show_view("network", run.experiment, size, timeline)
    assert isinstance(shown.card, NetworkCard)
    made = Opened(shown.card, shown.document, timeline)
    made.train(steps)
    return made


def dense(units: int, key: int) -> tuple[Layer, ...]:
    """Return a tanh layer."""
    return Dense(units=units, key=key), Tanh()
