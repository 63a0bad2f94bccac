"""What the plots of the initialisation bench draw."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.look.ticks import Tick
from simulator.analysis.signal import LayerSignal, Reading, Spread


@dataclass(frozen=True, eq=False)
class BenchPicture:
    """A reading, and what it is compared with.

    Attributes
    ----------
    name, other_name
        What the schemes are called.
    other
        The grey one; its row has the same bins.
    spread
        Of other draws of the same recipe.
    """

    reading: Reading
    name: str
    other: Reading | None = None
    other_name: str = ""
    spread: Spread | None = None

    @property
    def layers(self) -> tuple[LayerSignal, ...]:
        """The layers that were measured."""
        return self.reading.signal.layers


def exponents(values: Sequence[float | None]) -> list[float]:
    """Return the logarithms to base 10; NaN for what has none."""
    return [math.log10(value) if value is not None and 0 < value < math.inf else math.nan for value in values]


def sizes(reading: Reading | None, size: Callable[[LayerSignal], float | None]) -> list[float]:
    """Return the logarithms of a size of every layer; nothing without a reading."""
    return [] if reading is None else exponents([size(layer) for layer in reading.signal.layers])


def layer_ticks(layers: int, first: str = "") -> tuple[Tick, ...]:
    """Return ticks at a few layers, counted from 1; with `first`, also one at 0 of that name."""
    if layers <= 6:
        places = list(range(1, layers + 1))
    elif layers <= 12:
        places = list(range(1, layers + 1, 3 if layers % 3 == 1 else 2))
    else:
        step = 5 if layers <= 20 else 10
        places = [1, *range(step, layers + 1, step)]
    if first and len(places) > 1:
        # its name takes the room of the first layer's
        places = places[1:]
    return (*((Tick(0, first),) if first else ()), *(Tick(place, str(place)) for place in places))
