"""The small curve of each slide, as `tests/thumbnails.py` made it from real runs."""

import logging
from functools import cache
from typing import Final, Literal

import msgspec

from app.system.paths import resource_path

FILE: Final = ("thumbnails", "curves.json")

_log = logging.getLogger(__name__)


class Thumbnail(msgspec.Struct, frozen=True):
    """What is drawn: rows of numbers from 0 to 1, at most four, as lines or as bars.

    A line of fewer points than the longest one ends where its run broke off.
    """

    drawn: Literal["lines", "bars"]
    rows: tuple[tuple[float, ...], ...]


@cache
def thumbnails() -> dict[str, Thumbnail]:
    """Return the pictures by slide; none where the file is missing: a list of experiments reads without them too."""
    try:
        return msgspec.json.decode(resource_path(*FILE).read_bytes(), type=dict[str, Thumbnail])
    except (OSError, msgspec.DecodeError) as error:
        _log.warning("the small curves cannot be read: %s", error)
        return {}
