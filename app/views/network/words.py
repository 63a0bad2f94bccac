"""The network picture in words: units, connections, layers."""

from dataclasses import dataclass
from typing import Final

from app.look.numbers import count, number, percent
from app.plots.run.network.scene import Scene, Unit, Wire
from app.plots.run.network.values import Quantity
from app.system.i18n import _, ngettext, translate_message
from simulator.experiment import Experiment, cards
from simulator.training import Frame, NetworkWiring, RunFacts


def details(experiment: Experiment, facts: RunFacts) -> list[str]:
    """Return what each layer is made of: "2 features", "batch norm · ReLU", "softmax"."""
    width = facts.dataset.width
    if facts.dataset.image_shape is None:
        first = ngettext("{count} feature", "{count} features", width)
    else:
        first = ngettext("{count} pixel", "{count} pixels", width)
    found = [first.format(count=count(width))]
    for card in cards(experiment.network):
        entries = card.entries[1:] if card.entries[0].weighted else card.entries
        words = [_(entry.label) for entry in entries]
        if card.activation is None:
            words.append(_("linear"))
        found.append(" · ".join(words))
    return [*found, _("softmax") if makes_shares(experiment) else _(experiment.loss.label)]


def makes_shares(experiment: Experiment) -> bool:
    """Tell whether the loss makes shares of the scores, as softmax does."""
    return experiment.loss.kind.startswith("softmax")


def unit_name(frame: Frame, unit: Unit) -> str:
    """Return what a unit is called; units count from 1."""
    layer = translate_message(frame.layers[unit[0]].name)
    return _("{layer}, unit {unit}").format(layer=layer, unit=count(unit[1] + 1))


def output(wiring: NetworkWiring, unit: Unit) -> str:
    """Return what a unit puts out for the example."""
    return number(float(wiring.layers[unit[0]].outputs[unit[1]]))


def unit_words(frame: Frame, wiring: NetworkWiring, unit: Unit, *, signal: bool) -> str:
    """Return a unit with how active it is, or with its number for the example."""
    layer = wiring.layers[unit[0]]
    name = unit_name(frame, unit)
    if signal:
        return _("{unit}: {value}").format(unit=name, value=output(wiring, unit))
    if layer.active is None:
        return name
    share = float(layer.active[unit[1]])
    if share == 0:
        return _("{unit}: dead, 0 on every example").format(unit=name)
    return _("{unit}: active on {share} of the examples").format(unit=name, share=percent(share))


def wire_name(frame: Frame, wire: Wire) -> str:
    """Return what a connection is called: "Dense 1, 3 → Dense 2, 4"."""
    layer, source, unit = wire
    names = [translate_message(frame.layers[at].name) for at in (layer - 1, layer)]
    return _("{before}, {source} → {after}, {unit}").format(
        before=names[0], source=count(source + 1), after=names[1], unit=count(unit + 1)
    )


def wire_words(frame: Frame, wiring: NetworkWiring, wire: Wire, quantity: Quantity) -> str:
    """Return a connection with its number."""
    value = wire_value(wiring, wire, quantity)
    sentences = {
        "weight": _("{wire}: weight {value}"),
        "update": _("{wire}: last update {value}"),
        "gradient": _("{wire}: gradient {value}"),
    }
    words = _("none") if value is None else number(value)
    return sentences[quantity].format(wire=wire_name(frame, wire), value=words)


def wire_value(wiring: NetworkWiring, wire: Wire, quantity: Quantity, piece: int = 0) -> float | None:
    """Return the number of a connection; None where the frame does not hold it."""
    layer, source, unit = wire
    connections = wiring.layers[layer].connections if layer < len(wiring.layers) else None
    if connections is None:
        return None
    flow = {"weight": connections.weights, "update": connections.updates, "gradient": connections.gradients}[quantity]
    rows, columns = wiring.layers[layer].drawn.tolist(), wiring.layers[layer - 1].drawn.tolist()
    if flow is None or unit not in rows or source not in columns:
        return None
    return float(flow.between[rows.index(unit), piece, columns.index(source)])


MOST_COUNTS: Final = 2
"""Sizes of layers that are named one by one."""


@dataclass(frozen=True)
class Place:
    """A weight: its block and index as an edit of it calls them, its value, and the largest size in its layer."""

    block: str
    index: tuple[int, ...]
    value: float
    largest: float


def place_of(wiring: NetworkWiring, wire: Wire) -> Place | None:
    """Return where the weight of a connection stands, of a maxout unit that of the largest piece."""
    layer, source, unit = wire
    held = wiring.layers[layer] if layer < len(wiring.layers) else None
    if held is None or held.connections is None or held.sums is None or unit >= held.units:
        return None
    piece = int(held.sums[unit].argmax())
    value = wire_value(wiring, wire, "weight", piece)
    if value is None:
        return None
    index = held.connections.index(unit, source, piece)
    return Place(held.connections.weights_block, index, value, held.connections.weights.largest)


def left_out(scene: Scene) -> str:
    """Return how many units are drawn, where not all are."""
    parts = [(len(column.units), column.whole) for column in scene.columns if column.units and not column.is_whole]
    distinct = list(dict.fromkeys(parts))
    if not distinct:
        return ""
    if len(distinct) > MOST_COUNTS:
        most = max(shown for shown, _whole in parts)
        return ngettext("at most {shown} unit a layer", "at most {shown} units a layer", most).format(shown=count(most))
    counts = [_("{shown} of {units}").format(shown=count(shown), units=count(whole)) for shown, whole in distinct]
    if len(parts) > len(distinct) == 1:
        return _("{counts} units each").format(counts=counts[0])
    return _("{counts} units").format(counts=", ".join(counts))
