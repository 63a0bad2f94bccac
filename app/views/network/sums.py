"""What one unit makes of the example, as a sum that can be added up on paper. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.look.numbers import fixed
from simulator.training import NetworkWiring

MOST_TERMS: Final = 8
"""Terms written out; the others are one row together."""
FEWEST_DECIMALS: Final = 3
MOST_DECIMALS: Final = 5
"""What is measured is known to about seven figures."""


@dataclass(frozen=True)
class Term:
    """One input `source` with its value h, its weight w, and their product."""

    source: int
    h: float
    w: float

    @property
    def product(self) -> float:
        """What it adds to the sum."""
        return self.h * self.w


@dataclass(frozen=True)
class UnitSum:
    """The terms of largest size in their own order, the rest together, the bias, and what becomes of them.

    Attributes
    ----------
    others, rest
        How many inputs are not written out, and what they add together.
    bias
        None where the layer has none.
    total
        h W + b, as measured.
    given, output
        What the activation is given (None without one), and what the unit puts out.
    piece, pieces
        Of a maxout unit: which of how many pieces is the largest; else 0 of 1.
    """

    terms: tuple[Term, ...]
    others: int
    rest: float
    bias: float | None
    total: float
    given: float | None
    output: float
    piece: int
    pieces: int

    @property
    def parts(self) -> list[float]:
        """What is added up, in the order of the rows."""
        return [
            *(term.product for term in self.terms),
            *([self.rest] if self.others else []),
            *([] if self.bias is None else [self.bias]),
        ]

    @property
    def decimals(self) -> int:
        """The fewest decimals at which the rounded parts add up to the rounded sum, or else the fewest of all."""
        fewest = fewest_decimals([*self.parts, self.total])
        for decimals in range(fewest, fewest + MOST_DECIMALS - FEWEST_DECIMALS + 1):
            if self.left_by_rounding(decimals) == 0:
                return decimals
        return fewest

    def left_by_rounding(self, decimals: int) -> float:
        """Return the rounded sum less the sum of the rounded parts."""
        unit = 10**decimals
        if not np.isfinite(self.total) or not np.all(np.isfinite(self.parts)):
            return 0.0
        whole = sum(round(part * unit) for part in self.parts)
        return float((round(self.total * unit) - whole) / unit)


def unit_sum(wiring: NetworkWiring, layer: int, unit: int) -> UnitSum | None:
    """Return the sum of a unit; None where it has no weights, or the frame does not hold them."""
    held = wiring.layers[layer]
    connections = held.connections
    rows = held.drawn.tolist()
    if connections is None or held.sums is None or unit not in rows:
        return None
    sums = held.sums[unit].astype(np.float64)
    piece = int(sums.argmax())
    before = wiring.layers[layer - 1]
    weights = connections.weights.between[rows.index(unit), piece].astype(np.float64)
    sources = before.drawn.tolist()
    every = [Term(source, float(before.outputs[source]), float(w)) for source, w in zip(sources, weights, strict=True)]
    largest = sorted(every, key=lambda term: -abs(term.product))[:MOST_TERMS] if len(every) > MOST_TERMS else every
    terms = tuple(sorted(largest, key=lambda term: term.source))
    bias = None if connections.weights.bias is None else float(connections.weights.bias[rows.index(unit), piece])
    total = float(sums[piece])
    return UnitSum(
        terms=terms,
        others=connections.inputs - len(terms),
        rest=total - sum(term.product for term in terms) - (bias or 0.0),
        bias=bias,
        total=total,
        given=None if held.given is None else float(held.given[unit]),
        output=float(held.outputs[unit]),
        piece=piece,
        pieces=int(sums.size),
    )


def fewest_decimals(values: Sequence[float]) -> int:
    """Return how many decimals numbers of this size need: three up to 100, and one fewer for every figure more."""
    size = max((abs(value) for value in values if np.isfinite(value)), default=0.0)
    return FEWEST_DECIMALS if size < 100 else max(0, FEWEST_DECIMALS + 1 - int(np.log10(size)))


def written(value: float, decimals: int) -> str:
    """Return a number of the table; what is none is said in a word."""
    return fixed(value, decimals) if np.isfinite(value) else str(value)
