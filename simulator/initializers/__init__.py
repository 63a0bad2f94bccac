"""Initialisers: how weights are drawn at the start."""

from typing import TYPE_CHECKING

from simulator.declaration import find_kinds, one_of
from simulator.initializers.base import Initializer

INITIALIZERS = find_kinds(__name__, Initializer)

if TYPE_CHECKING:
    AnyInitializer = Initializer
else:
    AnyInitializer = one_of(INITIALIZERS)

__all__ = ["INITIALIZERS", "AnyInitializer", "Initializer"]
