"""What one may do to a network card by card: from one tuple of entries to another, nothing else."""

from typing import Final

import msgspec

from simulator.experiment import Card, cards
from simulator.layers import LAYERS, Activation, Dense, Layer

Network = tuple[Layer, ...]

LINEAR: Final = "linear"
"""The activation of a card that has none; choosing it takes the entry away."""

WEIGHTED: Final = tuple(kind for kind in LAYERS.values() if kind.weighted)
ACTIVATIONS: Final = tuple(kind for kind in LAYERS.values() if issubclass(kind, Activation))
CHOICES: Final = (*ACTIVATIONS, *(kind for kind in WEIGHTED if kind.activates))
"""What may bend the output of a layer with weights: an activation, or a kind of layer that does it by itself."""
EXTRAS: Final = tuple(kind for kind in LAYERS.values() if not kind.weighted and not issubclass(kind, Activation))


def activation_of(card: Card) -> str:
    """Return the kind of what bends the card's output."""
    if card.activation is not None:
        return card.activation.kind
    return card.entries[0].kind if card.entries[0].activates else LINEAR


def with_activation(network: Network, card: Card, kind: str) -> Network:
    """Return the network with another of the `CHOICES` in `card`; its width and weights stay."""
    at, first = card.activation_at, card.entries[0]
    rest = network[at + 1 :] if card.activation is not None else network[at:]
    if LAYERS[kind].activates:
        return (*network[: card.first], _as_kind(first, LAYERS[kind]), *network[card.first + 1 : at], *rest)
    if first.activates:
        network = (*network[: card.first], _as_kind(first, Dense), *network[card.first + 1 :])
    return (*network[:at], *_entries(kind), *rest)


def with_extra(network: Network, card: Card, kind: str, wanted: bool) -> Network:
    """Return the network with or without an entry of `kind` in `card`, in the order in which a card is computed."""
    layer = LAYERS[kind]
    if wanted == card.has(layer):
        return network
    at = card.place_of(layer)
    return (*network[:at], layer(), *network[at:]) if wanted else (*network[:at], *network[at + 1 :])


def with_card(network: Network, after: int, weighted: str, activation: str) -> Network:
    """Return the network with a new card after card number `after` (0 = in front of all).

    It is as wide as its neighbour and starts like it, so that only the depth is different.
    """
    known = cards(network)
    new = _like_neighbour(LAYERS[weighted], known, after)
    at = known[after - 1].last + 1 if after else 0
    return (*network[:at], new, *_entries(activation), *network[at:])


def without_card(network: Network, number: int) -> Network:
    """Return the network without card `number`."""
    card = cards(network)[number - 1]
    return network[: card.first] + network[card.last + 1 :]


def with_copy(network: Network, number: int) -> Network:
    """Return the network with card `number` twice, one after the other."""
    card = cards(network)[number - 1]
    return network[: card.last + 1] + card.entries + network[card.last + 1 :]


def with_move(network: Network, number: int, to: int) -> Network:
    """Return the network with card `number` in the place of card `to`; the others close up."""
    order = [card.entries for card in cards(network)]
    order.insert(to - 1, order.pop(number - 1))
    return tuple(entry for entries in order for entry in entries)


def _entries(activation: str) -> Network:
    return () if activation == LINEAR else (LAYERS[activation](),)


def _as_kind(layer: Layer, kind: type[Layer]) -> Layer:
    """Return a layer of `kind` with the values that both have, such as units, weights and key."""
    shared = set(layer.__struct_fields__) & set(kind.__struct_fields__)
    return kind(**{name: getattr(layer, name) for name in shared})


def _like_neighbour(kind: type[Layer], known: tuple[Card, ...], after: int) -> Layer:
    neighbours = (*reversed(known[:after]), *known[after:])
    same = next((card.entries[0] for card in neighbours if card.entries[0].weighted), None)
    if same is None:
        return kind()
    same = _as_kind(same, kind)
    # key 0 asks for a key of its own: a copy draws other weights than its model
    return msgspec.structs.replace(same, key=0) if hasattr(same, "key") else same
