"""Judges single entries of a gradient against differences, and keeps the books of every layer."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.clock import Clock
from simulator.analysis.differences import Array, Differences
from simulator.machine.program import PlacedBlock
from simulator.message import N_, Message
from simulator.training.meters import layer_names

ENTRIES = 40  # of every block of parameters, at most
MOST_WRONG = 5  # a block with so many wrong entries needs no more of them
LIMIT = 1e-5  # a relative error from here on is wrong
GOOD = 1e-6  # under this no other step size is tried
FLOOR = 1e-8  # what an error is compared with at least
SHARE = 1e-3  # of its block's typical gradient: a smaller gradient is compared with that
# A quotient errs by the third derivative times step^2 and by rounding / step: the first step is right for most
# entries, smaller ones where the loss bends sharply or a kink is near, larger ones where the gradient is tiny.
# Given as powers of a tenth.
FIRST, SMALLER, LARGER = 5, (6, 7, 8), (2, 3, 4)
FIRST_STEP = 10.0**-FIRST
LARGE_STEP = 1e-3  # what rounding hides from here on can be seen nowhere
CLEAR = 10  # an error so many times what two step sizes differ by is no matter of rounding
ROUNDING = 20 * float(np.finfo(np.float64).eps)  # of a loss, relative


@dataclass
class LayerGradients:
    """One layer's share of the check.

    Attributes
    ----------
    largest
        The largest relative error among the entries that were judged.
    judged, wrong
        How many entries were compared, and how many of them are wrong.
    kinks
        How many were left out because a slope jumps within the smallest steps.
    unclear
        How many were left out because rounding hides their gradient, or the quotients of no two steps agree.
    """

    name: Message
    largest: float = 0.0
    judged: int = 0
    wrong: int = 0
    kinks: int = 0
    unclear: int = 0

    def note(self, error: float) -> bool:
        """Enter a judged entry; tell whether it is wrong."""
        self.judged += 1
        self.largest = max(self.largest, error)
        self.wrong += error >= LIMIT
        return error >= LIMIT


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
        """Look at a sample of every block in turn; return False where the clock ended it."""
        sampled = [(item, _sample(rng, item)) for item in self.program.placed]
        wrong: Counter[int] = Counter()
        for round_ in range(ENTRIES):
            self.differences.loss()
            # From the top down: what lies below the operation that is moved stays as it is.
            for item, entries in reversed(sampled):
                if round_ < entries.size and wrong[item.offset] < MOST_WRONG:
                    if clock.over:
                        return False
                    wrong[item.offset] += self._look_at(int(entries[round_]), item)
            clock.report((round_ + 1) / ENTRIES)
        return True

    def _look_at(self, index: int, item: PlacedBlock) -> bool:
        """Judge one parameter; tell whether its gradient is wrong."""
        operation = item.operation
        layer = self._books[operation]
        error, unclear = self._error(lambda: self.differences.loss(operation), index, self.analytic, self.loss, item)
        if error >= LIMIT:
            place = self.differences.kink(index, operation, FIRST_STEP)
            if place is not None:
                layer.kinks += 1
                self.jumps[place] += 1
                return False
            if unclear:
                layer.unclear += 1
                return False
        return layer.note(error)

    def _error(
        self, function: Callable[[], float], index: int, gradients: Array, value: float, item: PlacedBlock
    ) -> tuple[float, bool]:
        """Return the least relative error over the step sizes, and whether the quotients are no surer than that."""
        analytic = float(gradients[index])
        typical = float(np.sqrt(np.mean(np.square(gradients[item.span]))))
        floor = max(SHARE * typical, FLOOR)
        rounding = ROUNDING * abs(value)
        tiny = rounding / FIRST_STEP > LIMIT * max(abs(analytic), floor)
        best = spread = math.inf
        hidden = False
        found: dict[int, float] = {}
        for power in (FIRST, *LARGER, *SMALLER) if tiny else (FIRST, *SMALLER, *LARGER):
            step = 10.0**-power
            found[power] = numeric = self.differences.quotient(function, index, step)
            hidden = hidden or (step >= LARGE_STEP and abs(analytic - numeric) < rounding / step)
            coarse = found.get(power - 1)
            estimates = [numeric]
            if coarse is not None:
                estimates.append((100 * numeric - coarse) / 99)  # free of the error in step^2
                spread = min(spread, abs(numeric - coarse) / max(abs(analytic), abs(numeric), floor))
            for estimate in estimates:
                best = min(best, abs(analytic - estimate) / max(abs(analytic), abs(estimate), floor))
            if best < (GOOD if power == FIRST else LIMIT):
                break
        return best, hidden or best < CLEAR * spread

    def name_of(self, operation: int) -> Message:
        """Say what jumps: "ReLU, Dense 1"."""
        if operation == self.program.operations:
            return Message(self.program.experiment.loss.label)
        entry = Message(self.program.entries[operation].label)
        return Message(N_("{kind}, {layer}"), {"kind": entry, "layer": self._books[operation].name})

    def penalties(self, rng: np.random.Generator) -> LayerGradients:
        """Judge the gradients of the penalties."""
        layer = LayerGradients(Message(N_("Penalty")))
        value, analytic = self.differences.penalty(), self.differences.penalty_gradients()
        for item in self.program.placed:
            if item.block.role == "weight":
                for index in _sample(rng, item).tolist():
                    error, _unclear = self._error(self.differences.penalty, index, analytic, value, item)
                    layer.note(error)
        return layer


def _sample(rng: np.random.Generator, item: PlacedBlock) -> NDArray[np.int64]:
    """Return the indices of up to `ENTRIES` parameters of a block."""
    return item.offset + rng.permutation(item.size)[:ENTRIES]
