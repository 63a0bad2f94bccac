"""The blocks of parameters of an experiment by name, and what a single parameter is called."""

import math

from simulator.data.formats.faults import shown
from simulator.errors import ExperimentError
from simulator.experiment.cards import cards
from simulator.experiment.experiment import Experiment
from simulator.layers import Block, Shape
from simulator.layers.dense import Dense
from simulator.message import N_, Message

ANY = 2**31 - 1
"""Features or classes of data that are not known: every index fits."""
LARGEST = 3.4e38  # what 32 bits hold
MOST_NAMED = 8
OF_ONE = {"bias": N_("Bias of {layer}, {unit}"), "gain": N_("Gain of {layer}, {unit}")} | {
    "shift": N_("Shift of {layer}, {unit}"),
    "slope": N_("Slope of {layer}, {unit}"),
}


def block_path(operation: int, operations: int, name: str) -> str:
    """Return what an edit calls a block of parameters: "network.0.W", "output.b"; the numbers are those of patches."""
    return f"network.{operation}.{name}" if operation < operations - 1 else f"output.{name}"


def blocks_of(experiment: Experiment, width: int = ANY, classes: int = ANY) -> dict[str, Block]:
    """Return the blocks of parameters by their paths, in order, for data of `width` features and so many classes."""
    output = Dense(units=classes, weights=experiment.output.weights, bias=experiment.output.bias)
    entries = (*experiment.network, output)
    shape: Shape = (width,)
    found: dict[str, Block] = {}
    for number, entry in enumerate(entries):
        found |= {block_path(number, len(entries), block.name): block for block in entry.blocks(shape)}
        shape = entry.output_shape(shape)
    return found


def block_at(experiment: Experiment, path: str, index: tuple[int, ...], width: int = ANY, classes: int = ANY) -> Block:
    """Return the block of that path; raise `ExperimentError` where there is none, or `index` leads out of it."""
    known = blocks_of(experiment, width, classes)
    if path not in known:
        text = N_("there is no block '{block}' of weights; there is {known}")
        names = ", ".join(list(known)[:MOST_NAMED])
        raise ExperimentError(Message(text, {"block": shown(path), "known": names}))
    shape = known[path].shape
    inside = len(index) == len(shape) and all(0 <= at < side for at, side in zip(index, shape, strict=True))
    if not inside:
        text = N_("there is no weight {index} in '{block}'; its shape is {shape}")
        sides = " × ".join("?" if side == ANY else str(side) for side in shape)
        place = shown(", ".join(map(str, index[:MOST_NAMED])))
        raise ExperimentError(Message(text, {"index": f"[{place}]", "block": path, "shape": sides}))
    return known[path]


def check_value(value: float) -> None:
    """Raise `ExperimentError` unless a weight can have this value."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ExperimentError(Message(N_("a weight must be a number that 32 bits hold, not {value}"), {"value": value}))


def check_weight(
    experiment: Experiment, path: str, index: tuple[int, ...], value: float, width: int = ANY, classes: int = ANY
) -> None:
    """Raise `ExperimentError` unless there is this parameter, and it can have this value."""
    block_at(experiment, path, index, width, classes)
    check_value(value)


def weight_name(experiment: Experiment, path: str, index: tuple[int, ...]) -> Message:
    """Return what a parameter is called: "Weight Dense 1, 3 → Dense 2, 4", "Bias of Output, 1"; units count from 1."""
    block = block_at(experiment, path, index)
    known = cards(experiment.network)
    names = [Message(N_("Input")), *(card.name for card in known), Message(N_("Output"))]
    operation = int(path.split(".")[1]) if path.startswith("network.") else len(experiment.network)
    layer = next((card.number for card in known if card.first <= operation <= card.last), len(known) + 1)
    if block.role != "weight":
        if block.role == "slope" and block.shape == (1,):
            return Message(N_("Slope of {layer}"), {"layer": names[layer]})
        return Message(OF_ONE[block.role], _of(names[layer], index[-1] + 1))
    pieces = int(getattr(experiment.network[operation], "pieces", 1)) if layer <= len(known) else 1
    unit, piece = divmod(index[1], pieces)
    text = N_("Weight {source}, {from_unit} → {layer}, {unit}")
    if pieces > 1:
        text = N_("Weight {source}, {from_unit} → {layer}, {unit}, piece {piece}")
    source = {"source": names[layer - 1], "from_unit": index[0] + 1, "piece": piece + 1}
    return Message(text, _of(names[layer], unit + 1) | source)


def _of(layer: Message, unit: int) -> dict[str, object]:
    return {"layer": layer, "unit": unit}
