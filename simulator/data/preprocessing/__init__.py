"""Preprocessing of the features; statistics come from the training split only."""

from typing import TYPE_CHECKING, Union

from simulator.data.preprocessing.base import Preprocessing, Transform
from simulator.declaration import find_kinds

PREPROCESSINGS = find_kinds(__name__, Preprocessing)

if TYPE_CHECKING:
    AnyPreprocessing = Preprocessing
else:
    AnyPreprocessing = Union[tuple(PREPROCESSINGS.values())]  # noqa: UP007 (built at run time from what was found)

__all__ = ["PREPROCESSINGS", "AnyPreprocessing", "Preprocessing", "Transform"]
