"""Losses."""

from typing import TYPE_CHECKING, Union

from simulator.declaration import find_kinds
from simulator.losses.base import Loss

LOSSES = find_kinds(__name__, Loss)

if TYPE_CHECKING:
    AnyLoss = Loss
else:
    AnyLoss = Union[tuple(LOSSES.values())]  # noqa: UP007 (built at run time from what was found)

__all__ = ["LOSSES", "AnyLoss", "Loss"]
