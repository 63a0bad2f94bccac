"""The map of every unit over the plane of two-dimensional data, and the border where its activation bends."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.kernels.columns import EVALUATE
from simulator.training.frames.unit_maps import MOST_UNITS, LayerMaps, UnitMaps
from simulator.training.frames.units import LEVELS

if TYPE_CHECKING:
    from simulator.training.run.trainer import Trainer

SIDE = 32
TINY = 1e-36  # a size that is nothing: what it divides is no number of 32 bits
EDGE = 0.08  # of the data's range, on every side


def make(trainer: "Trainer") -> UnitMaps | None:
    """Ask the network at the middles of `SIDE` x `SIDE` squares; None where the data do not lie in a plane."""
    return maps_of(trainer, [slice(0), *(slice(MOST_UNITS) for _group in trainer.program.groups)])


def maps_of(trainer: "Trainer", chosen: Sequence[slice | NDArray[np.int64]], borders: bool = True) -> UnitMaps | None:
    """Return the maps of the units `chosen` of each layer, as `Frame.layers` counts them; the input may have some.

    Without `borders`, what activations are given is left out.
    """
    setting, probe = trainer.setting, trainer.probe
    if not setting.dataset.plane:
        return None
    extent = square_of(setting.dataset.features)
    inputs = setting.inputs.at(middles(extent))
    groups = probe.program.groups
    outputs: list[list[NDArray[Any]]] = [[] for _layer in chosen]
    given: list[list[NDArray[Any]]] = [[] for _layer in chosen]
    for begin in range(0, SIDE * SIDE, probe.program.capacity):
        probe.forward(inputs, np.arange(begin, min(begin + probe.program.capacity, SIDE * SIDE)), EVALUATE)
        outputs[0].append(probe.output(-1)[:, chosen[0]].copy())
        for number, group in enumerate(groups, start=1):
            outputs[number].append(probe.output(group.last)[:, chosen[number]].copy())
            if borders and group.activation is not None:
                given[number].append(probe.output(group.activation - 1)[:, chosen[number]].copy())
    layers = [_layer(*both) if both[0][0].shape[1] else None for both in zip(outputs, given, strict=True)]
    return UnitMaps(tuple(layers), extent)


def square_of(features: NDArray[Any]) -> tuple[float, float, float]:
    """Return (left, bottom, side) of the square round the points (n, 2)."""
    low, high = features.min(axis=0).astype(float), features.max(axis=0).astype(float)
    side = float(max(*(high - low), 1e-6)) * (1 + 2 * EDGE)
    left, bottom = (low + high - side) / 2
    return float(left), float(bottom), side


def middles(extent: tuple[float, float, float]) -> NDArray[np.float64]:
    """Return the middles (`SIDE`², 2) of the squares of the map, row by row from below."""
    left, bottom, side = extent
    steps = (np.arange(SIDE) + 0.5) / SIDE * side
    x, y = np.meshgrid(left + steps, bottom + steps)
    return np.stack([x.ravel(), y.ravel()], axis=1)


def _layer(outputs: list[NDArray[Any]], given: list[NDArray[Any]]) -> LayerMaps:
    levels, size = _levels(np.concatenate(outputs))
    return LayerMaps(levels, size, _levels(np.concatenate(given))[0] if given else None)


def _levels(values: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return maps (units, SIDE, SIDE) in parts of each one's largest, and the largest sizes, of (places, units)."""
    values = np.ascontiguousarray(values.T)
    size = np.abs(values).max(axis=1)
    if not np.isfinite(size).all():  # what is not finite has no place on a scale
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
        size = np.abs(values).max(axis=1)
    parts = values * np.divide(LEVELS, size, out=np.zeros_like(size), where=size > TINY)[:, None]
    levels = np.rint(parts).astype(np.int8).reshape(-1, SIDE, SIDE)
    kept = size.astype(np.float32)
    levels.flags.writeable = kept.flags.writeable = False
    return levels, kept
