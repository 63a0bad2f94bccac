"""How the flat network falls into cards: a weighted entry with what follows it."""

from dataclasses import dataclass

import msgspec

from simulator.experiment.experiment import Experiment
from simulator.layers import Activation, Layer, Weighted
from simulator.layers.dense import Dense
from simulator.message import N_, Message


@dataclass(frozen=True, slots=True)
class Card:
    """The entries `first` to `last` (inclusive) of `Experiment.network`; `number` counts from 1."""

    number: int
    first: int
    last: int
    entries: tuple[Layer, ...]

    @property
    def name(self) -> Message:
        """What the card is called: "Dense 2"."""
        return Message(N_("{kind} {number}"), {"kind": Message(self.entries[0].label), "number": self.number})

    @property
    def activation(self) -> Activation | None:
        """The activation of the card, if it has one."""
        return next((entry for entry in self.entries if isinstance(entry, Activation)), None)

    @property
    def activation_at(self) -> int:
        """Index in the network of the activation, or of the place where one would be inserted."""
        return self.place_of(Activation)

    def place_of(self, kind: type[Layer]) -> int:
        """Index in the network of the first entry of `kind`, or of the place where one would be inserted."""
        for offset, entry in enumerate(self.entries):
            if isinstance(entry, kind):
                return self.first + offset
        before = [offset for offset, entry in enumerate(self.entries) if entry.place <= kind.place]
        return self.first + max(before, default=-1) + 1

    def has(self, kind: type[Layer]) -> bool:
        """Tell whether the card holds an entry of `kind`."""
        return any(isinstance(entry, kind) for entry in self.entries)


def cards(network: tuple[Layer, ...]) -> tuple[Card, ...]:
    """Return the cards of a network, in order. Entries before the first weighted one form a card of their own."""
    starts = [index for index, entry in enumerate(network) if index == 0 or entry.weighted]
    ends = [*starts[1:], len(network)]
    return tuple(
        Card(number, start, end - 1, network[start:end])
        for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1)
    )


def with_keys(network: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Give every weighted entry a key of its own: one without, or a copy of an earlier one, gets the next free."""
    used: set[int] = set()
    highest = max((entry.key for entry in network if isinstance(entry, Weighted)), default=0)
    result: list[Layer] = []
    for entry in network:
        if isinstance(entry, Weighted):
            if entry.key <= 0 or entry.key in used:
                highest += 1
                entry = msgspec.structs.replace(entry, key=highest)
            used.add(entry.key)
        result.append(entry)
    return tuple(result)


def parameter_count(experiment: Experiment, width: int, classes: int) -> int:
    """Return the number of parameters, output layer included, for data of `width` features."""
    shape: tuple[int, ...] = (width,)
    total = 0
    for entry in (*experiment.network, Dense(units=classes)):
        total += sum(_size(block.shape) for block in entry.blocks(shape))
        shape = entry.output_shape(shape)
    return total


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for side in shape:
        size *= side
    return size
