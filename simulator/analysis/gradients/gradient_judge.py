"""Judges single entries of a gradient against differences, and keeps the books of every layer."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from operator import le

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.clock import Clock
from simulator.analysis.gradients.comparison import FIRST, LIMIT, SMALLER, Comparison, compare
from simulator.analysis.gradients.differences import Array, Differences
from simulator.machine.program import PlacedBlock
from simulator.message import N_, Message
from simulator.training.run.meters import layer_names

ENTRIES = 40  # of every block of parameters, at most
LEAST = 5  # of every block, whatever they cost
BUDGET = 1e11  # multiply-adds of all entries, beyond those
MOST_OFF = 3  # a block with so many entries off needs no more of them
FEW, MUCH = 0.1, 1e-2  # a smaller share that is off, and by less, may be the differences' own
SHARE = 1e-3  # of its block's root mean square: what a much smaller gradient is compared with
EPSILON = float(np.finfo(np.float64).eps)
ROUNDING = 20 * EPSILON  # of a loss, relative


@dataclass
class LayerGradients:
    """One layer's share of the check.

    Attributes
    ----------
    largest
        The largest relative error among the entries that were judged.
    judged, off
        How many entries were compared, and how many of them are off by more than `LIMIT`.
    kinks
        How many were left out because a slope jumps within the smallest steps.
    unclear
        How many were left out because the quotients themselves are in doubt by as much: rounding, or a sharp bend.
    entries
        Indices of the parameters that were judged.
    """

    name: Message
    largest: float = 0.0
    judged: int = 0
    off: int = 0
    kinks: int = 0
    unclear: int = 0
    entries: list[int] = field(default_factory=list)

    def note(self, index: int, error: float) -> bool:
        """Enter a judged entry; tell whether it is off."""
        self.judged += 1
        self.entries.append(index)
        self.largest = max(self.largest, error)
        self.off += error >= LIMIT
        return error >= LIMIT

    @property
    def wrong(self) -> bool:
        """Whether the backward pass is to blame: much is off, or something by much; a fault spares few entries."""
        return self.off > FEW * self.judged or self.largest >= MUCH


class Judge:
    """Looks at entries one by one.

    Attributes
    ----------
    layers
        Layers with parameters, in order.
    jumps
        At which operations a slope jumped, and how often; the number of operations stands for the loss.
    """

    def __init__(self, differences: Differences) -> None:
        self.differences = differences
        self.program = differences.program
        self.loss = differences.loss()
        self.analytic = differences.gradients()
        # What rounding does to the loss: to its value, and to every parameter's share on the way there.
        shares = float(np.linalg.norm(self.analytic * differences.parameters))
        self.rounding = ROUNDING * abs(self.loss) + EPSILON * shares
        self.jumps: Counter[int] = Counter()
        self._books: dict[int, LayerGradients] = {}  # by operation
        for name, group in zip(layer_names(self.program)[1:], self.program.groups, strict=True):
            self._books |= dict.fromkeys(range(group.first, group.last + 1), LayerGradients(name))
        with_parameters = {item.operation for item in self.program.placed}
        firsts = {id(self._books[operation]): self._books[operation] for operation in sorted(with_parameters)}
        self.layers = tuple(firsts.values())

    @property
    def finite(self) -> bool:
        """Whether there is anything to compare."""
        return math.isfinite(self.loss) and bool(np.isfinite(self.analytic).all())

    def look_at_all(self, rng: np.random.Generator, clock: Clock) -> bool:
        """Look at a sample of every block in turn, smaller where entries are dear; return False where stopped."""
        sampled = [(item, _sample(rng, item)) for item in self.program.placed]
        off: Counter[int] = Counter()
        for round_ in range(ENTRIES):
            if round_ >= LEAST and self.differences.effort > BUDGET:
                break
            self.differences.loss()
            # From the top down: what lies below the operation that is moved stays as it is.
            for item, entries in reversed(sampled):
                if round_ < entries.size and off[item.offset] < MOST_OFF:
                    if clock.over:
                        return False
                    off[item.offset] += self._look_at(int(entries[round_]), item)
            clock.report(max((round_ + 1) / ENTRIES, min(self.differences.effort / BUDGET, 1.0)))
        return True

    def _look_at(self, index: int, item: PlacedBlock) -> bool:
        """Judge one parameter; tell whether its gradient is off."""
        differences, operation = self.differences, item.operation
        layer = self._books[operation]
        found = self._compare(lambda: differences.loss(operation), index, self.analytic, self.rounding, item)
        if found.error >= LIMIT and found.is_unclear(lambda _step: False):
            layer.unclear += 1  # dear to look into, and nothing to gain
            return False
        if found.error >= LIMIT:
            kinks = (differences.kink(index, operation, 10.0**-power) for power in (FIRST, *SMALLER))
            place = next((kink for kink in kinks if kink is not None), None)
            if place is not None:
                layer.kinks += 1
                self.jumps[place] += 1
                return False
            if found.is_unclear(lambda step: self._is_spoiled(index, operation, step)):
                layer.unclear += 1
                return False
        return layer.note(index, found.error)

    def _is_spoiled(self, index: int, operation: int, step: float) -> bool:
        """Tell whether something is not smooth within a step larger than the first."""
        differences = self.differences
        large = step > 2 * 10.0**-FIRST
        return large and (
            differences.crosses(index, operation, step) or differences.kink(index, operation, step) is not None
        )

    def _compare(
        self, function: Callable[[], float], index: int, gradients: Array, rounding: float, item: PlacedBlock
    ) -> Comparison:
        """Compare the gradient of `function`, known to about `rounding`, with quotients."""
        typical = SHARE * float(np.sqrt(np.mean(np.square(gradients[item.span]))))
        differences = self.differences
        return compare(
            lambda step: differences.quotient(function, index, step), float(gradients[index]), typical, rounding
        )

    def name_of(self, operation: int) -> Message:
        """Say what jumps: "ReLU in Dense 1"."""
        if operation == self.program.operations:
            return Message(self.program.experiment.loss.label)
        entry = Message(self.program.entries[operation].label)
        return Message(N_("{kind} in {layer}"), {"kind": entry, "layer": self._books[operation].name})

    def penalties(self, rng: np.random.Generator) -> LayerGradients:
        """Judge the gradients of the penalties, each by itself; L1 has its kink at w = 0."""
        layer = LayerGradients(Message(N_("Penalty")))
        differences = self.differences
        rounding = ROUNDING * differences.penalty()
        analytic = differences.penalty_gradients()
        for item in self.program.placed:
            if item.block.role == "weight":
                for index in _sample(rng, item).tolist():
                    size = abs(float(differences.parameters[index]))
                    found = self._compare(differences.penalty, index, analytic, rounding, item)
                    if found.error >= LIMIT and found.is_unclear(partial(le, size)):
                        layer.unclear += 1
                    else:
                        layer.note(index, found.error)
        return layer


def _sample(rng: np.random.Generator, item: PlacedBlock) -> NDArray[np.int64]:
    """Return the indices of up to `ENTRIES` parameters of a block."""
    return item.offset + rng.permutation(item.size)[:ENTRIES]
