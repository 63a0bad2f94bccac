"""The parameters at the start: one stream of random numbers for (weight seed, key of the layer)."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Any, Final

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.initializers import Initializer
from simulator.machine.program import PlacedBlock, Program, Real

MOST_KEPT: Final = 160_000_000
"""Bytes of drawn numbers that are kept: ten layers of 500 units have 20 million."""

THREADS: Final = 2

_What = tuple[Initializer, int, int, tuple[int, ...]]
_Drawn = tuple[NDArray[np.float64], Any]


def draw_parameters(program: Program) -> Real:
    """Return the parameters at the start, drawn in float64 and then rounded."""
    return Draws(most=0).parameters(program)


class Draws:
    """Draws parameters and keeps what was drawn: another size of the weights costs a multiplication.

    A kept draw gives the same bits as a new one.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._bytes = 0
        self._kept: OrderedDict[_What, _Drawn] = OrderedDict()

    def parameters(self, program: Program) -> Real:
        """Return the parameters (parameters,) at the start of `program`."""
        parameters = np.zeros(program.parameter_size, program.dtype)
        # the streams are independent, and drawing lets go of the interpreter
        with ThreadPoolExecutor(THREADS, "obuka-draws") as pool:
            operations = groupby(program.placed, key=lambda item: item.operation)
            drawn = [pool.submit(self._draw, program, list(blocks), parameters) for _, blocks in operations]
        for each in drawn:
            each.result()
        return parameters

    def _draw(self, program: Program, blocks: Sequence[PlacedBlock], parameters: Real) -> None:
        """Draw the blocks of one operation, from one stream."""
        seed = program.experiment.seeds.weights
        rng = np.random.default_rng([seed, blocks[0].key])
        for item in blocks:
            parameters[item.span] = self._weights(rng, seed, item).ravel()

    def _weights(self, rng: np.random.Generator, seed: int, item: PlacedBlock) -> NDArray[np.float64]:
        block = item.block
        scheme, size = block.initializer, block.initializer.size
        if not self._most or block.role != "weight":
            return scheme.draw(rng, block.shape, block.fan_in, block.fan_out)
        unit = replace(scheme, **{size: 1.0}) if size else scheme
        what = (unit, seed, item.key, block.shape)
        if what in self._kept:
            self._kept.move_to_end(what)
            drawn, rng.bit_generator.state = self._kept[what]
        else:
            drawn = unit.draw(rng, block.shape, block.fan_in, block.fan_out)
            self._keep(what, (drawn, rng.bit_generator.state))
        return np.asarray(getattr(scheme, size) * drawn) if size else drawn

    def _keep(self, what: _What, drawn: _Drawn) -> None:
        self._kept[what] = drawn
        self._bytes += drawn[0].nbytes
        while self._bytes > self._most and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][0].nbytes
