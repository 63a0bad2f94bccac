"""Data sets built in."""

from typing import TYPE_CHECKING, Union

from simulator.data.sources.base import Source
from simulator.declaration import find_kinds

SOURCES = find_kinds(__name__, Source)

if TYPE_CHECKING:
    AnySource = Source
else:
    AnySource = Union[tuple(SOURCES.values())]  # noqa: UP007 (built at run time from what was found)

__all__ = ["SOURCES", "AnySource", "Source"]
