"""Preprocessing of the features; statistics come from the training split only."""

from typing import TYPE_CHECKING

from simulator.data.preprocessing.base import Preprocessing, Transform
from simulator.declaration import find_kinds, one_of

PREPROCESSINGS = find_kinds(__name__, Preprocessing)

if TYPE_CHECKING:
    AnyPreprocessing = Preprocessing
else:
    AnyPreprocessing = one_of(PREPROCESSINGS)

__all__ = ["PREPROCESSINGS", "AnyPreprocessing", "Preprocessing", "Transform"]
