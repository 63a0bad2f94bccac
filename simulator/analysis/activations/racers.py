"""The field of the activation race: which functions may run, and the same network with each of them (slides B6, B8)."""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.analysis.activations.scalar_functions import SCALAR_FUNCTIONS
from simulator.experiment.cards import cards, with_keys
from simulator.experiment.experiment import Experiment
from simulator.initializers.he import He
from simulator.initializers.xavier import Xavier
from simulator.layers import Activation, Layer
from simulator.layers.dense import Dense
from simulator.layers.maxout import Maxout
from simulator.schedules.constant import ConstantRate

RACERS: Final = tuple(kind for kind in SCALAR_FUNCTIONS if kind != "linear")
"""Kinds of layer that may run: without a bend the network is a linear classifier, and no racer."""
USUAL_EPOCHS: Final = 100
"""Of an experiment that has no end of its own."""

Whose = Literal["mine", "no hidden layers", "too costly"]


@dataclass(frozen=True)
class RaceField:
    """What the race is run on.

    Attributes
    ----------
    experiment
        Its learning rate and its activations count for nothing.
    whose
        "mine", or why it is the lecture's network instead of the user's own.
    """

    experiment: Experiment
    whose: Whose


@dataclass(frozen=True, eq=False)
class RaceRun:
    """One training of the race, as far as it went.

    Attributes
    ----------
    kind
        The activation.
    rate
        The learning rate that leaves the least loss in the range test; None where none of them learns.
    experiment
        What was trained; None without a rate.
    epoch, loss
        Shape (readings,): passes over the training set and the training loss in evaluation mode, before the first step
        and after every epoch; not finite where it has diverged.
    complete
        Whether it was trained to its end.
    """

    kind: str
    rate: float | None
    experiment: Experiment | None
    epoch: NDArray[np.float64]
    loss: NDArray[np.float64]
    complete: bool

    def epochs_to(self, loss: float) -> float | None:
        """Return the epochs until the training loss is `loss` for the first time, or None where it never is.

        Between two readings the logarithm of the loss counts as a straight line.
        """
        reached = np.flatnonzero(self.loss <= loss)
        if not reached.size:
            return None
        after = int(reached[0])
        if after == 0:
            return float(self.epoch[0])
        low, high = float(self.loss[after]), float(self.loss[after - 1])
        share = math.log(high / loss) / math.log(high / low) if np.isfinite(high) and low > 0 else 1.0
        return float(self.epoch[after - 1] + share * (self.epoch[after] - self.epoch[after - 1]))


def race_ready(experiment: Experiment) -> Experiment:
    """Return the experiment without what differs from racer to racer: two with the same network are equal."""
    training = replace(
        experiment.training,
        learning_rate=0.0,
        schedule=ConstantRate(),
        patience=None,
        epochs=experiment.training.epochs or USUAL_EPOCHS,
    )
    return replace(with_activation(experiment, "relu"), name="", training=training)


def with_activation(experiment: Experiment, kind: str) -> Experiment:
    """Return the experiment with this activation in every hidden layer, and weights at the start that suit it.

    He's for functions without bounds, Xavier's for those with; maxout takes the place of the dense layer too.
    """
    network: list[Layer] = []
    for card in cards(experiment.network):
        first = card.entries[0]
        if not isinstance(first, Dense | Maxout):
            network += card.entries
            continue
        others = [entry for entry in card.entries[1:] if not isinstance(entry, Activation)]
        layer = SCALAR_FUNCTIONS[kind]
        if layer is Maxout:
            network += [Maxout(units=first.units, bias=first.bias, weights=He(), key=first.key), *others]
            continue
        weights = He() if layer.bounds is None else Xavier()
        network.append(Dense(units=first.units, bias=first.bias, weights=weights, key=first.key))
        before = [entry for entry in others if entry.place <= layer.place]
        network += [*before, layer(), *others[len(before) :]]
    return replace(experiment, network=with_keys(tuple(network)))
