"""Sources of data: the sets built in, and tables and pictures of one's own."""

from typing import TYPE_CHECKING

from simulator.data.sources.base import Source
from simulator.declaration import find_kinds, one_of

SOURCES = find_kinds(__name__, Source)

if TYPE_CHECKING:
    AnySource = Source
else:
    AnySource = one_of(SOURCES)

__all__ = ["SOURCES", "AnySource", "Source"]
