"""Optimisers: update rules."""

from typing import TYPE_CHECKING, Union

from simulator.declaration import find_kinds
from simulator.optimizers.base import Optimizer

OPTIMIZERS = find_kinds(__name__, Optimizer)

if TYPE_CHECKING:
    AnyOptimizer = Optimizer
else:
    AnyOptimizer = Union[tuple(OPTIMIZERS.values())]  # noqa: UP007 (built at run time from what was found)

__all__ = ["OPTIMIZERS", "AnyOptimizer", "Optimizer"]
