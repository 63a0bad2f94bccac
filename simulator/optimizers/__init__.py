"""Optimisers: the rules by which a step changes the parameters, declared."""

from typing import TYPE_CHECKING

from simulator.declaration import find_kinds, one_of
from simulator.optimizers.base import Optimizer

OPTIMIZERS = find_kinds(__name__, Optimizer)

if TYPE_CHECKING:
    AnyOptimizer = Optimizer
else:
    AnyOptimizer = one_of(OPTIMIZERS)

__all__ = ["OPTIMIZERS", "AnyOptimizer", "Optimizer"]
