"""Initialisers: how weights are drawn at the start."""

from typing import TYPE_CHECKING, Union

from simulator.declaration import find_kinds
from simulator.initializers.base import Initializer

INITIALIZERS = find_kinds(__name__, Initializer)

if TYPE_CHECKING:
    AnyInitializer = Initializer
else:
    AnyInitializer = Union[tuple(INITIALIZERS.values())]  # noqa: UP007 (built at run time from what was found)

__all__ = ["INITIALIZERS", "AnyInitializer", "Initializer"]
