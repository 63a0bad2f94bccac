"""Losses: what training makes small, declared; their kernels are in `simulator.kernels`."""

from typing import TYPE_CHECKING

from simulator.declaration import find_kinds, one_of
from simulator.losses.base import Loss

LOSSES = find_kinds(__name__, Loss)

if TYPE_CHECKING:
    AnyLoss = Loss
else:
    AnyLoss = one_of(LOSSES)

__all__ = ["LOSSES", "AnyLoss", "Loss"]
