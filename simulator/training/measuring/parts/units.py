"""The units of every layer: on how many examples each is active, and what it weighs its inputs with."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.machine.probe import Probe
from simulator.machine.program import Group, PlacedBlock, Real
from simulator.training.frames.units import LEVELS, MOST_COLUMNS, LayerUnits, NetworkUnits
from simulator.training.run.setting import Setting

if TYPE_CHECKING:
    from simulator.training.run.trainer import Trainer


def make(trainer: "Trainer") -> NetworkUnits:
    """Measure all units on the probe batch."""
    probe, setting = trainer.probe, trainer.setting
    planes = _half_planes(probe, setting) if setting.dataset.plane else None
    probe.forward(setting.inputs, setting.probe)
    straight = setting.inputs.transform.matrix is None
    layers = [
        _layer(probe, group, planes if number == 0 else None, straight=straight and number == 0)
        for number, group in enumerate(probe.program.groups)
    ]
    return NetworkUnits((None, *layers), int(setting.probe.size))


def active_shares(probe: Probe, operation: int) -> NDArray[np.float32]:
    """Return the share (units,) of examples on which a unit's output or local derivative is not 0."""
    # the derivative overwrites deltas alone, never outputs
    derivative = probe.local_derivative(operation)
    active = (probe.output(operation) != 0) | (derivative != 0)
    return _kept(active.mean(axis=0))


def _layer(probe: Probe, group: Group, planes: NDArray[np.float64] | None, *, straight: bool) -> LayerUnits:
    active = None if group.activation is None else active_shares(probe, group.activation)
    if group.weights is None:
        return LayerUnits(active, None, None, None, None, None, 0, straight=False, half_planes=None)
    weights = _by_unit(probe, group.weights)
    units, _, inputs = weights.shape
    bias = _bias(probe, group.weights)
    largest = np.max(np.abs(weights), axis=(1, 2), initial=0.0)
    low, high = _levels(weights, largest, inputs if group.first == 0 else MOST_COLUMNS)
    return LayerUnits(
        active=active,
        bias=None if bias is None else _kept(bias[:, 0]),
        size=_kept(largest),
        norm=_kept(np.linalg.norm(weights.reshape(units, -1).astype(np.float64), axis=1)),
        low=low,
        high=high,
        inputs=inputs,
        straight=straight,
        half_planes=None if planes is None else _kept(planes),
    )


def _by_unit(probe: Probe, placed: PlacedBlock) -> Real:
    """Return the incoming weights (units, pieces, inputs) of a layer; a dense unit has one piece."""
    pieces = int(getattr(probe.program.entries[placed.operation], "pieces", 1))
    inputs, width = placed.block.shape
    weights = probe.arrays[1][placed.span].reshape(inputs, width // pieces, pieces)
    return np.moveaxis(weights, 0, 2)


def _bias(probe: Probe, weights: PlacedBlock) -> Real | None:
    """Return the biases (units, pieces) that belong to a block of weights."""
    pieces = int(getattr(probe.program.entries[weights.operation], "pieces", 1))
    for placed in probe.program.placed:
        if placed.operation == weights.operation and placed.block.role == "bias":
            return probe.arrays[1][placed.span].reshape(-1, pieces)
    return None


def _levels(weights: Real, largest: Real, most: int) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return least and greatest weights of at most `most` columns, in parts of each unit's largest."""
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(largest > 0, LEVELS / largest, 0.0)[:, None, None] * weights
    # a weight that is not finite has no part of anything
    parts = np.rint(np.nan_to_num(parts, nan=0.0, posinf=0.0, neginf=0.0)).clip(-LEVELS, LEVELS).astype(np.int8)
    inputs = parts.shape[2]
    if inputs <= most:
        return _frozen(parts), _frozen(parts)
    starts = (np.arange(most) * inputs) // most
    low, high = np.minimum.reduceat(parts, starts, axis=2), np.maximum.reduceat(parts, starts, axis=2)
    return _frozen(low), _frozen(high)


def _half_planes(probe: Probe, setting: Setting) -> NDArray[np.float64] | None:
    """Return (units, pieces, 3) of the affine functions that the first card's activation is given; None without one.

    They are measured at three points, so that preprocessing and batch norm are in them.
    """
    group = probe.program.groups[0]
    if group.weights is None:
        return None
    features = setting.dataset.features
    centre = features.mean(axis=0, dtype=np.float64)
    reach = np.abs(features - centre).max(axis=0).astype(np.float64)
    reach = np.where(reach > 0, reach, np.maximum(np.abs(centre), 1.0))
    points = centre + np.array([[0.0, 0.0], [reach[0], 0.0], [0.0, reach[1]]])
    given = points.astype(np.result_type(features.dtype, np.float32))
    probe.forward(setting.inputs.at(given), np.arange(3))
    values = _before_activation(probe, group)
    slope = (values[1:] - values[0]) / np.diag(given[1:] - given[0])[:, None, None]
    constant = values[0] - slope[0] * given[0, 0] - slope[1] * given[0, 1]
    return np.stack([slope[0], slope[1], constant], axis=2)


def _before_activation(probe: Probe, group: Group) -> NDArray[np.float64]:
    """Return (examples, units, pieces): what the card's activation is given, or what a maxout unit chooses from."""
    assert group.weights is not None
    weights = _by_unit(probe, group.weights).astype(np.float64)
    if weights.shape[1] > 1:
        bias = _bias(probe, group.weights)
        values: NDArray[np.float64] = np.einsum("ei,upi->eup", probe.output(-1).astype(np.float64), weights)
        return values if bias is None else values + bias
    last = group.last if group.activation is None else group.activation - 1
    return probe.output(last).astype(np.float64)[:, :, None]


def _kept(values: Any) -> NDArray[np.float32]:
    return _frozen(np.asarray(values, np.float32).copy())


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
