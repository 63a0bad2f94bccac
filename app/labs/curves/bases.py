"""What the rates are tried on: the experiment of slide H1, whose four rates are built in."""

from functools import cache
from typing import Final

import msgspec

from app.document.built_in import built_in
from simulator.experiment import Experiment
from simulator.message import N_

_BUILT_IN: Final = ("H1-low", "H1", "H1-high", "H1-very-high")
NAME: Final = N_("Four learning rates")


@cache
def rates_at_first() -> tuple[float, ...]:
    """Return the lecture's four rates, the low one first."""
    return tuple(built_in(name).experiment.training.learning_rate for name in _BUILT_IN)


@cache
def base() -> Experiment:
    """Return the experiment that all rates are tried on."""
    return msgspec.structs.replace(built_in("H1").experiment, name=NAME)


def at_rate(rate: float) -> Experiment:
    """Return the experiment at one rate."""
    experiment = base()
    return msgspec.structs.replace(
        experiment, training=msgspec.structs.replace(experiment.training, learning_rate=rate)
    )
