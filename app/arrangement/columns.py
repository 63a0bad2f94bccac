"""How wide the columns beside the stage are, and where the form of a layer goes. Data and functions without Qt."""

from dataclasses import dataclass
from typing import Final, Literal

DrawerPlace = Literal["closed", "beside", "over"]

ROOMY: Final = 1440
"""From this width on (at text scale 1) everything has its words; below, space is saved."""
SMALL: Final = 1320
COVERS_BELOW: Final = 1100
"""Below this width the drawer covers the list of layers: the stage has nothing to give."""
PINNED_FROM: Final = 1760


@dataclass(frozen=True)
class Columns:
    """Widths at text scale 1, and what lies between."""

    left: int
    drawer: int
    right: int
    gap: int


_ROOMY: Final = Columns(240, 296, 280, 16)
_LAPTOP: Final = Columns(216, 296, 232, 8)
_SMALL: Final = Columns(200, 264, 216, 8)


def columns_of(width: float) -> Columns:
    """Return the columns of a window so wide at text scale 1: larger text is a narrower window."""
    if width >= ROOMY:
        return _ROOMY
    return _LAPTOP if width >= SMALL else _SMALL


def drawer_place(width: float, wanted: bool | None) -> DrawerPlace:
    """Return where the drawer stands in a window so wide at text scale 1.

    Parameters
    ----------
    wanted
        What a person said last; None while nobody has opened or closed it since the window has this width.
    """
    if not (width >= PINNED_FROM if wanted is None else wanted):
        return "closed"
    return "beside" if width >= COVERS_BELOW else "over"
