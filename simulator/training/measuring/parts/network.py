"""The network as a picture: connections between the units that are drawn, and the signal of one example.

It is made before all other parts: the probe then holds the pass still that the core of the frame was measured on.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.kernels.columns import EVALUATE
from simulator.machine.program import Group, PlacedBlock, Program, Real
from simulator.training.frames.network import (
    MOST_DRAWN,
    Connections,
    Flow,
    LayerWiring,
    NetworkFocus,
    NetworkWiring,
)
from simulator.training.measuring.parts.unit_maps import maps_of

if TYPE_CHECKING:
    from simulator.training.run.trainer import Trainer

Places = NDArray[np.int64]


def make(trainer: "Trainer", focus: NetworkFocus | None = None) -> NetworkWiring:
    """Measure what `focus` asks for."""
    focus = focus or NetworkFocus()
    probe, setting = trainer.probe, trainer.setting
    groups = (None, *probe.program.groups)
    widths = [_width(probe.program, group) for group in groups]
    active = trainer.meters.activity()
    with np.errstate(all="ignore"):  # a run that explodes is drawn too
        outgoing = [_outgoing(trainer, group) for group in (*groups[1:], None)]
        drawn = [_drawn(focus, *layer) for layer in zip(range(len(groups)), widths, outgoing, strict=True)]
        connections = [_connections(trainer, *layer, drawn) for layer in enumerate(groups)]
    maps = maps_of(trainer, drawn, borders=False)
    example = int(setting.probe[0]) if focus.example is None else focus.example
    example = min(max(example, 0), setting.inputs.labels.size - 1)
    probe.forward(setting.inputs, np.array([example]), EVALUATE)
    layers = [
        LayerWiring(
            units=widths[number],
            drawn=drawn[number],
            outgoing=outgoing[number],
            active=_active(active, group),
            outputs=_kept(probe.output(-1 if group is None else group.last)[0]),
            sums=_sums(trainer, group),
            given=None if group is None or group.activation is None else _kept(probe.output(group.activation - 1)[0]),
            maps=None if maps is None else maps.layers[number],
            connections=connections[number],
        )
        for number, group in enumerate(groups)
    ]
    return NetworkWiring(
        tuple(layers), example, int(setting.inputs.labels[example]), None if maps is None else maps.extent
    )


def _width(program: Program, group: Group | None) -> int:
    """Return how many units a layer has; None is the input."""
    return int(np.prod(program.shapes[0 if group is None else group.last + 1]))


def _active(shares: dict[int, NDArray[np.float32]], group: Group | None) -> NDArray[np.float32] | None:
    return None if group is None or group.activation is None else _kept(shares[group.activation])


def _outgoing(trainer: "Trainer", after: Group | None) -> NDArray[np.float32] | None:
    """Return the root mean square (units,) of the weights that lead from each unit into the layer `after`."""
    if after is None or after.weights is None:
        return None
    weights = trainer.state.parameters[after.weights.span].reshape(after.weights.block.shape)
    return _kept(np.sqrt(np.einsum("ij,ij->i", weights, weights) / weights.shape[1]))


def _drawn(focus: NetworkFocus, number: int, units: int, outgoing: NDArray[np.float32] | None) -> Places:
    asked = focus.units[number] if number < len(focus.units) else None
    if asked is not None:
        chosen = np.array([unit for unit in asked if 0 <= unit < units], np.int64)
    elif units <= MOST_DRAWN:
        chosen = np.arange(units)
    elif number == 0:
        chosen = np.zeros(0, np.int64)
    else:
        strength = np.zeros(units, np.float32) if outgoing is None else np.nan_to_num(outgoing)
        chosen = np.sort(np.argsort(-strength, kind="stable")[:MOST_DRAWN])
    chosen.flags.writeable = False
    return chosen


def _connections(trainer: "Trainer", number: int, group: Group | None, drawn: list[Places]) -> Connections | None:
    if group is None or group.weights is None:
        return None
    program, state = trainer.program, trainer.state
    weights = group.weights
    bias = next((b for b in program.placed if b.operation == weights.operation and b.block.role == "bias"), None)
    pieces = int(getattr(program.entries[weights.operation], "pieces", 1))
    before = trainer.network.before_update
    units, sources = drawn[number], drawn[number - 1]

    def flow(parameters: Real) -> Flow:
        return _flow(parameters, weights, bias, pieces, units, sources)

    return Connections(
        weights_block=program.path_of(weights),
        bias_block=None if bias is None else program.path_of(bias),
        inputs=weights.block.shape[0],
        weights=flow(state.parameters),
        gradients=flow(trainer.probe.gradients),
        updates=None if before is None else flow(state.parameters - before),
    )


def _flow(
    parameters: Real, weights: PlacedBlock, bias: PlacedBlock | None, pieces: int, units: Places, sources: Places
) -> Flow:
    inputs, width = weights.block.shape
    block = parameters[weights.span].reshape(inputs, width // pieces, pieces)
    into = block[:, units] if units.size < block.shape[1] else block
    low, high = (float(block.min()), float(block.max())) if block.size else (0.0, 0.0)
    return Flow(
        between=_kept(np.moveaxis(into[sources], 0, 2)),
        bias=None if bias is None else _kept(parameters[bias.span].reshape(-1, pieces)[units]),
        rms=_kept(np.sqrt(np.einsum("iup,iup->u", into, into) / (inputs * pieces))),
        largest=max(-low, high),
    )


def _sums(trainer: "Trainer", group: Group | None) -> NDArray[np.float32] | None:
    """Return (units, pieces): what the weights and the bias of a layer make of the example."""
    if group is None or group.weights is None:
        return None
    probe, placed = trainer.probe, group.weights
    pieces = int(getattr(probe.program.entries[placed.operation], "pieces", 1))
    if pieces == 1:
        return _kept(probe.output(group.first)[0][:, None])
    weights = trainer.state.parameters[placed.span].reshape(placed.block.shape)
    sums = probe.output(group.first - 1)[0] @ weights
    for other in probe.program.placed:
        if other.operation == placed.operation and other.block.role == "bias":
            sums = sums + trainer.state.parameters[other.span]
    return _kept(sums.reshape(-1, pieces))


def _kept(values: Any) -> NDArray[np.float32]:
    kept = np.array(values, np.float32)  # a copy
    kept.flags.writeable = False
    return kept
