"""Layer kinds, declared. What they compute is in `simulator.kernels`, under the same names."""

from typing import TYPE_CHECKING, Union

from simulator.declaration import find_kinds
from simulator.layers.base import Activation, Block, Layer, Shape, Weighted
from simulator.layers.dense import Dense

LAYERS = find_kinds(__name__, Layer)

if TYPE_CHECKING:
    AnyLayer = Layer
else:
    AnyLayer = Union[tuple(LAYERS.values())]  # noqa: UP007 (built at run time from what was found)

__all__ = ["LAYERS", "Activation", "AnyLayer", "Block", "Dense", "Layer", "Shape", "Weighted"]
