"""What differs between two experiments, in words, from their declarations."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import msgspec

from simulator.declaration import Field, Kind, declared_fields
from simulator.experiment.cards import Card, cards
from simulator.experiment.experiment import Experiment
from simulator.layers import Activation, Layer, Weighted
from simulator.message import N_, InSentence, Message

OUTPUT = -1  # stands for the output layer among the keys of cards


class Exchange(Message):
    """One kind in the place of another: "Weights at the start: He instead of Xavier"."""

    @property
    def short(self) -> Message:
        """Without the field's name: "He instead of Xavier"."""
        return Message(N_("{new} instead of {old}"), self.values)


def what_differs(before: Experiment, after: Experiment) -> tuple[Message, ...]:
    """Return one short sentence for each change from `before` to `after`; a change made in all layers alike is one.

    "Learning rate 0.01 instead of 0.1", "Weights at the start: He instead of Xavier", "Dense 2, units 9 instead of 10".
    The name of an experiment is no difference.
    """
    first, last = ("data", "split", "preprocessing"), ("loss", "training", "seeds")
    return (
        *_changes(before, after, first),
        *_layer_changes(before, after),
        *_changes(before, after, last),
    )


def _changes(before: Any, after: Any, names: tuple[str, ...] | None = None) -> Iterator[Message]:
    """Yield what differs between two structs of one type, in the fields of these names."""
    about = {field.name: field.about for field in declared_fields(type(after))}
    for name in names or after.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(new, msgspec.Struct) and type(old) is type(new):
            yield from _changes(old, new)
        elif name in about:
            yield _change(about[name], old, new)


def _change(about: Field, old: Any, new: Any) -> Message:
    values = {"field": Message(about.label), "new": _value(about, new), "old": _value(about, old)}
    if isinstance(new, Kind) and isinstance(old, Kind):
        return Exchange(N_("{field}: {new} instead of {old}"), values)
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (old, new))
    text = N_("{field} {new} instead of {old}") if numbers else N_("{field}: {new} instead of {old}")
    return Message(text, values)


def _value(about: Field, value: Any) -> object:
    if isinstance(value, Kind):
        return Message(value.label)
    if about.words is not None:
        return Message(about.words[value])
    if value is None:
        return Message(N_("none"))
    if isinstance(value, bool):
        return Message(N_("on") if value else N_("off"))
    return value if isinstance(value, str | int) else f"{value:.10g}"


@dataclass
class _LayerChange:
    """A change, the keys of the cards it was made in, and of those it could have been made in."""

    message: Message
    made: set[int]
    possible: set[int]


def _layer_changes(before: Experiment, after: Experiment) -> Iterator[Message]:
    old, new = _by_key(before), _by_key(after)
    for key, card in old.items():
        if key not in new:
            yield Message(N_("{layer} left out"), {"layer": card.name})
    for key, card in new.items():
        if key not in old:
            yield Message(N_("{layer} added"), {"layer": card.name})
    common = [key for key in new if key in old]
    if common != [key for key in old if key in new]:
        yield Message(N_("The layers stand in another order"))
    names = {**{key: new[key].name for key in common}, OUTPUT: Message(N_("Output"))}
    found: dict[str, _LayerChange] = {}
    for key in common:
        for message, holders in _card_changes(old, new, key):
            found.setdefault(str(message), _LayerChange(message, set(), holders)).made.add(key)
    for message in _changes(before.output, after.output):
        change = found.setdefault(str(message), _LayerChange(message, set(), {OUTPUT, *_weighted(old, common)}))
        change.made.add(OUTPUT)
    for change in found.values():
        yield from _sentences(change, names)


def _by_key(experiment: Experiment) -> dict[int, Card]:
    """Return the cards by the key of their first entry, 0 for those without."""
    return {getattr(card.entries[0], "key", 0): card for card in cards(experiment.network)}


def _weighted(by_key: dict[int, Card], keys: list[int]) -> set[int]:
    return {key for key in keys if isinstance(by_key[key].entries[0], Weighted)}


def _card_changes(old: dict[int, Card], new: dict[int, Card], key: int) -> Iterator[tuple[Message, set[int]]]:
    """Yield what differs in one card, and the keys of all cards where the same could have been changed."""
    common = {other for other in new if other in old}
    weighted = _weighted(old, list(common))
    head, now = old[key].entries[0], new[key].entries[0]
    rest_old, rest_new = old[key].entries, new[key].entries
    if isinstance(head, Weighted) and isinstance(now, Weighted):
        rest_old, rest_new = rest_old[1:], rest_new[1:]
        if type(head) is not type(now):
            yield _replaced(head, now), weighted
        else:
            for name in now.__struct_fields__:
                shared = {OUTPUT} if name in ("weights", "bias") else set()
                for message in _changes(head, now, (name,)):
                    yield message, weighted | shared
    for place in sorted({entry.place for entry in (*rest_old, *rest_new)}):
        holders = {other for other in common if any(entry.place == place for entry in old[other].entries)}
        pairs = zip_longest(_at(rest_old, place), _at(rest_new, place))
        for was, entry in pairs:
            if was is None:
                yield Message(N_("{layer} added"), {"layer": Message(entry.label)}), common
            elif entry is None:
                yield Message(N_("{layer} left out"), {"layer": Message(was.label)}), holders
            elif type(was) is type(entry):
                for message in _changes(was, entry):
                    yield message, holders
            else:
                yield _replaced(was, entry), holders
    kinds_old, kinds_new = [entry.kind for entry in rest_old], [entry.kind for entry in rest_new]
    if kinds_old != kinds_new and sorted(kinds_old) == sorted(kinds_new):
        yield Message(N_("Batch norm, activation and dropout in another order")), common


def _at(entries: tuple[Layer, ...], place: int) -> list[Layer]:
    return [entry for entry in entries if entry.place == place]


def _replaced(was: Layer, entry: Layer) -> Message:
    values = {"new": Message(entry.label), "old": Message(was.label)}
    if isinstance(was, Activation) and isinstance(entry, Activation):
        return Exchange(N_("Activation: {new} instead of {old}"), values)
    return Message(N_("{new} instead of {old}"), values)


def _sentences(change: _LayerChange, names: dict[int, Message]) -> Iterator[Message]:
    """Yield a change as one sentence where it was made in all layers alike, else as one for each layer."""
    if change.made >= change.possible:
        yield change.message
        return
    inside = InSentence(change.message.text, change.message.values)
    if change.made >= change.possible - {OUTPUT}:
        yield Message(N_("Hidden layers, {change}"), {"change": inside})
        return
    for key, name in names.items():
        if key in change.made:
            yield Message(N_("{layer}, {change}"), {"layer": name, "change": inside})


def alike(one: Experiment, other: Experiment) -> bool:
    """Tell whether two experiments differ in their names at most."""
    return msgspec.structs.replace(one, name="") == msgspec.structs.replace(other, name="")
