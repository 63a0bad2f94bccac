"""What the initialisation bench looks at: a network of equal layers, described by a few numbers; loads no numba."""

from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from simulator.data.sources.noise import Noise
from simulator.data.split import Split
from simulator.experiment.experiment import Experiment, Output, Training
from simulator.initializers import Initializer
from simulator.initializers.xavier import Xavier
from simulator.layers import Activation, Layer
from simulator.layers.dense import Dense
from simulator.layers.tanh import Tanh

EXAMPLES: Final = 1000
"""Of the unit Gaussian input."""
CLASSES: Final = 10
MOST_LAYERS: Final = 30
MOST_UNITS: Final = 500


@dataclass(frozen=True)
class Recipe:
    """A network before any training, and what goes into it.

    Attributes
    ----------
    activation
        None: every layer passes its sums on.
    weights
        How the weights of every layer, the output layer included, are drawn.
    base
        The experiment whose data go in and whose training is kept; None: 1,000 examples of a unit Gaussian, as many
        features as units.
    seed
        Of the weights.
    """

    layers: int = 10
    units: int = 500
    activation: Activation | None = field(default_factory=Tanh)
    weights: Initializer = field(default_factory=Xavier)
    base: Experiment | None = None
    seed: int = 0

    def experiment(self) -> Experiment:
        """Return the experiment that trains this network on what goes into it."""
        base = gaussian(self.units) if self.base is None else self.base
        network: list[Layer] = []
        for key in range(1, self.layers + 1):
            network.append(Dense(units=self.units, weights=self.weights, key=key))
            if self.activation is not None:
                network.append(self.activation)
        return replace(
            base,
            network=tuple(network),
            output=Output(weights=self.weights),
            seeds=replace(base.seeds, weights=self.seed),
        )


def gaussian(width: int) -> Experiment:
    """Return an experiment on the lecture's input: 1,000 examples of `width` unit Gaussian numbers."""
    return Experiment(
        data=Noise(examples=EXAMPLES, width=width, classes=CLASSES),
        split=Split(validation=0.0),
        training=Training(learning_rate=0.01, batch_size=100),
    )
