"""Frames in little memory: the numbers of all layers in a few arrays. It knows no field of `LayerFrame` by name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from simulator.training.frames.frame import BINS, Frame, Gradient, Histogram, LayerFrame

SAME = ("name", "units")  # of a layer, in all frames of a run
OF_HISTOGRAM = ("limit", "below", "above", "not_finite", "zeros", "total")
OBJECTS = 600  # bytes of the Python objects round a packed frame, about


@dataclass(frozen=True, eq=False)
class Packed:
    """A frame of n layers.

    Attributes
    ----------
    frame
        The frame without its layers, and with its parts.
    numbers
        float64 (n, numbers of a layer), read-only; see `_fields`.
    given
        bool of the same shape: False where a layer has None.
    counts
        int32 (n, histograms of a layer, BINS), read-only.
    """

    frame: Frame
    numbers: NDArray[np.float64]
    given: NDArray[np.bool_]
    counts: NDArray[np.int32]

    @property
    def step(self) -> int:
        """Updates made before the frame."""
        return self.frame.step

    @property
    def nbytes(self) -> int:
        """Bytes of everything, parts left out."""
        return self.numbers.nbytes + self.given.nbytes + self.counts.nbytes + OBJECTS

    def without_parts(self) -> "Packed":
        """Return the core alone."""
        return replace(self, frame=replace(self.frame, parts=MappingProxyType({})))


@cache
def _fields() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the names of the numbers, the histograms and the gradients of a layer frame."""
    hints = get_type_hints(LayerFrame)
    found: dict[Any, list[str]] = {float: [], Histogram: [], Gradient: []}
    for field in fields(LayerFrame):
        if field.name not in SAME:
            [kind] = {kind for kind in found if hints[field.name] in (kind, kind | None)}
            found[kind].append(field.name)
    return tuple(found[float]), tuple(found[Histogram]), tuple(found[Gradient])


def pack(frame: Frame) -> Packed:
    """Return the frame in little memory."""
    rows, masks, counts = zip(*map(_pack_layer, frame.layers), strict=True)
    packed = Packed(replace(frame, layers=()), np.array(rows), np.array(masks), np.array(counts, np.int32))
    for array in (packed.numbers, packed.given, packed.counts):
        array.flags.writeable = False
    return packed


def _pack_layer(layer: LayerFrame) -> tuple[list[float], list[bool], list[NDArray[np.int64]]]:
    numbers, histograms, gradients = _fields()
    row: list[float] = []
    counts = []
    for name in numbers:
        value = getattr(layer, name)
        row.append(np.nan if value is None else value)
    given = [getattr(layer, name) is not None for name in numbers]
    for name in (*histograms, *gradients):
        held = getattr(layer, name)
        gradient = isinstance(held, Gradient)
        histogram = held.histogram if gradient else held
        row.append(held.norm if gradient else np.nan)
        row.extend(np.nan if histogram is None else getattr(histogram, key) for key in OF_HISTOGRAM)
        given.extend([held is not None] * (1 + len(OF_HISTOGRAM)))
        counts.append(np.zeros(BINS, np.int64) if histogram is None else histogram.counts)
    return row, given, counts


def unpack(packed: Packed, like: tuple[LayerFrame, ...]) -> Frame:
    """Return the frame; names and units are those of `like`, layers of another frame of the same run."""
    layers = tuple(_unpack_layer(packed, at, layer) for at, layer in enumerate(like))
    return replace(packed.frame, layers=layers)


def _unpack_layer(packed: Packed, at: int, like: LayerFrame) -> LayerFrame:
    numbers, histograms, gradients = _fields()
    row, given = packed.numbers[at].tolist(), packed.given[at].tolist()
    values: dict[str, Any] = {name: row[place] if given[place] else None for place, name in enumerate(numbers)}
    place = len(numbers)
    for number, name in enumerate((*histograms, *gradients)):
        if not given[place]:
            values[name] = None
        else:
            limit, *whole = row[place + 1 : place + 1 + len(OF_HISTOGRAM)]
            counts = packed.counts[at, number].astype(np.int64)
            counts.flags.writeable = False
            histogram = Histogram(counts, limit, *(int(value) for value in whole))
            values[name] = Gradient(histogram, row[place]) if name in gradients else histogram
        place += 1 + len(OF_HISTOGRAM)
    return replace(like, **values)


def bytes_of(thing: object) -> int:
    """Return the bytes of the arrays in a part: an array, a dataclass, a tuple or a mapping of such."""
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if is_dataclass(thing) and not isinstance(thing, type):
        return sum(bytes_of(getattr(thing, field.name)) for field in fields(thing))
    if isinstance(thing, Mapping):
        return sum(map(bytes_of, thing.values()))
    if isinstance(thing, tuple | list):
        return sum(map(bytes_of, thing))
    return 0
