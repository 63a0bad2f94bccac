"""What the sweep over init scale and learning rate trains, and what it finds: no numba (slide E3)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import from_plain
from simulator.message import N_, Message

SCALES: Final = (0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 1.0)
RATES: Final = (0.01, 0.03, 0.1, 0.3, 1.0)


@dataclass(frozen=True)
class SweepPlan:
    """Deep tanh networks, without and with batch norm, at every pair of scale and rate.

    Attributes
    ----------
    data, divisor
        Id of a built-in set of pictures, and what its pixels are divided by after centring.
    depth, width
        Hidden layers, and units of each.
    steps, batch_size
        Plain SGD steps of every network, and examples of each.
    scales, rates
        Standard deviations of all first weights, and learning rates; rising.
    """

    data: str = "digits"
    divisor: float = 16.0
    depth: int = 10
    width: int = 50
    steps: int = 300
    batch_size: int = 100
    scales: tuple[float, ...] = SCALES
    rates: tuple[float, ...] = RATES

    @property
    def cells(self) -> int:
        """Networks to train."""
        return 2 * len(self.scales) * len(self.rates)

    @property
    def title(self) -> Message:
        """The network in the lecture's way: "784-10×500-10"."""
        pixels = {"digits": 64, "fashion": 784}[self.data]
        text = N_("{pixels}-{depth}×{width}-10")
        return Message(text, {"pixels": pixels, "depth": self.depth, "width": self.width})

    @property
    def kept_scale(self) -> float:
        """The scale at which a layer hands on the size of small signals: 1 / sqrt(width)."""
        return float(1 / np.sqrt(self.width))

    def experiment(self, scale: float, rate: float, normalised: bool) -> Experiment:
        """Return one of the networks."""
        weights = {"kind": "normal", "scale": scale}
        network: list[dict[str, object]] = []
        for key in range(1, self.depth + 1):
            network.append({"kind": "dense", "units": self.width, "weights": weights, "key": key})
            if normalised:
                network.append({"kind": "batch_norm"})
            network.append({"kind": "tanh"})
        return from_plain(
            {
                "data": {"kind": self.data},
                "preprocessing": {"kind": "centre", "divisor": self.divisor},
                "network": network,
                "output": {"weights": weights},
                "training": {"learning_rate": rate, "batch_size": self.batch_size, "optimizer": {"kind": "sgd"}},
            }
        )


SMALL: Final = SweepPlan()
MIDDLE: Final = SweepPlan(data="fashion", divisor=255.0, width=100, steps=150)
LECTURE: Final = SweepPlan(data="fashion", divisor=255.0, width=500, steps=150)
SWEEP_PLANS: Final = (SMALL, MIDDLE, LECTURE)
"""From seconds to minutes; the last one is the lecture's."""


@dataclass(frozen=True, eq=False)
class SweepResult:
    """What the networks reached.

    Attributes
    ----------
    plan
        What was planned.
    accuracy
        Share of training examples that is right after the steps, shape (2, rates, scales): without batch norm, then
        with it; NaN where the network is not trained yet.
    diverged
        Where training ended in no finite number, or in an exploding loss; bool, the same shape.
    examples
        How many training examples are judged.
    chance
        The share of the largest class among them.
    """

    plan: SweepPlan
    accuracy: NDArray[np.float64]
    diverged: NDArray[np.bool_]
    examples: int
    chance: float

    @property
    def made(self) -> int:
        """Networks that are trained."""
        return int(np.sum(np.isfinite(self.accuracy)))
