"""Which examples every step looks at: epochs, orders, mini-batches."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Position:
    """Where training stands: `epoch` full passes made, `offset` examples of the present pass used."""

    epoch: int = 0
    offset: int = 0


@dataclass(frozen=True, eq=False)
class Plan:
    """The next steps, for `machine.loop`: rows (begin in `order`, size, whether an epoch ends)."""

    order: NDArray[np.int64]
    steps: NDArray[np.int64]

    @property
    def epoch_ends(self) -> int:
        """How many epochs end within the plan."""
        return int(self.steps[:, 2].sum())


class Orders:
    """Epoch orders drawn from (order seed, epoch), cut into mini-batches. The last one of an epoch may be smaller."""

    def __init__(self, examples: NDArray[np.int64], seed: int, alone: bool = True) -> None:
        """`alone` tells whether an example may make a mini-batch by itself: not where layers need the batch."""
        self.examples = examples
        self.seed = seed
        self.alone = alone
        self._kept: tuple[int, NDArray[np.int64]] | None = None

    def steps(self, batch_size: int, offset: int = 0) -> int:
        """Return the steps from `offset` in an epoch to its end."""
        left = self.examples.size - offset
        joined = not self.alone and 1 < batch_size < left and left % batch_size == 1
        return -(-left // batch_size) - joined

    def seen(self, position: Position) -> int:
        """Return how many examples have been used by then, in all epochs."""
        return position.epoch * self.examples.size + position.offset

    def after(self, position: Position, steps: int, batch_size: int) -> Position:
        """Return the position after `steps` steps of one batch size."""
        left = self.steps(batch_size, position.offset)
        if steps < left:
            return Position(position.epoch, position.offset + steps * batch_size)
        epochs, rest = divmod(steps - left, self.steps(batch_size))
        return Position(position.epoch + 1 + epochs, rest * batch_size)

    def within(self, position: Position, examples: int, batch_size: int) -> int:
        """Return how many whole steps of one batch size the next `examples` examples are enough for."""
        size, left = self.examples.size, self.examples.size - position.offset
        if examples < left:
            return max(min(examples // batch_size, self.steps(batch_size, position.offset) - 1), 0)
        epochs, rest = divmod(examples - left, size)
        whole = self.steps(batch_size, position.offset) + epochs * self.steps(batch_size)
        return whole + min(rest // batch_size, self.steps(batch_size) - 1)

    def order(self, epoch: int) -> NDArray[np.int64]:
        """Return the order of the examples in that epoch."""
        if self._kept is None or self._kept[0] != epoch:
            rng = np.random.Generator(np.random.PCG64([self.seed, epoch]))
            self._kept = epoch, rng.permutation(self.examples)
        return self._kept[1]

    def plan(self, position: Position, steps: int, batch_size: int, epochs: int) -> Plan:
        """Return the next `steps` steps, or fewer: to the end of `epochs` further epoch ends at the most."""
        size = self.examples.size
        orders, rows = [], []
        made, epoch, offset, base = 0, position.epoch, position.offset, 0
        while made < steps and epoch < position.epoch + epochs:
            begins = np.arange(offset, size, batch_size)
            row = np.empty((begins.size, 3), np.int64)
            row[:, 0] = begins + base
            row[:, 1] = np.minimum(batch_size, size - begins)
            if not self.alone and begins.size > 1 and begins[-1] == size - 1 and batch_size > 1:
                row = row[:-1]  # a remainder of one joins the mini-batch before it
                row[-1, 1] += 1
            row[:, 2] = 0
            row[-1, 2] = 1
            row = row[: steps - made]
            orders.append(self.order(epoch))
            rows.append(row)
            made += len(row)
            base += size
            epoch, offset = epoch + 1, 0
        return Plan(np.concatenate(orders), np.concatenate(rows))

    def advance(self, position: Position, plan: Plan, made: int) -> Position:
        """Return the position after the first `made` steps of `plan`."""
        done = plan.steps[:made]
        ends = np.flatnonzero(done[:, 2])
        if ends.size == 0:
            return Position(position.epoch, position.offset + int(done[:, 1].sum()))
        return Position(position.epoch + ends.size, int(done[ends[-1] + 1 :, 1].sum()))
