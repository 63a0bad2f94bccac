"""Layer kinds, declared. What they compute is in `simulator.kernels`, under the same names."""

from typing import TYPE_CHECKING

from simulator.declaration import find_kinds, one_of
from simulator.layers.base import Activation, Block, Layer, Shape, Weighted
from simulator.layers.dense import Dense

LAYERS = find_kinds(__name__, Layer)

if TYPE_CHECKING:
    AnyLayer = Layer
else:
    AnyLayer = one_of(LAYERS)

__all__ = ["LAYERS", "Activation", "AnyLayer", "Block", "Dense", "Layer", "Shape", "Weighted"]
