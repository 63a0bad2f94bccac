"""Rows of views, and what moving, showing and hiding one makes of them. Values only, no Qt."""

from collections.abc import Sequence
from typing import Final

from app.arrangement.presets import Row

Rows = Sequence[Sequence[str]]

LEAST_HEIGHT: Final = 176
"""Pixels of a row that a person put together, at text scale 1."""
FEW: Final = 2
"""With so many rows a further view gets a row of its own."""


def with_view(rows: Rows, view: str) -> list[list[str]]:
    """Return the rows with a view below the others, or beside the last one that stands alone."""
    made = [list(row) for row in rows]
    if any(view in row for row in made):
        return made
    alone = [row for row in made if len(row) == 1]
    if len(made) > FEW and alone:
        alone[-1].append(view)
    else:
        made.append([view])
    return made


def without_view(rows: Rows, view: str) -> list[list[str]]:
    """Return the rows without a view."""
    return [[each for each in row if each != view] for row in rows]


def moved(rows: Rows, view: str, across: int, down: int) -> list[list[str]]:
    """Return the rows with a view so many places on in its row, or in a row above or below; a new one at the ends."""
    made = [list(row) for row in rows]
    at = next((index for index, row in enumerate(made) if view in row), None)
    if at is None:
        return made
    place = made[at].index(view)
    made[at].remove(view)
    to = at + down
    if to < 0:
        made.insert(0, [])
        to = 0
    elif to >= len(made):
        made.append([])
    place = place if down else max(0, place + across)
    made[to].insert(min(place, len(made[to])), view)
    return made


def in_one_column(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the same views under each other, for a narrow stage."""
    return tuple(Row((view,), row.share, row.least) for row in rows for view in row.views)


def sized(rows: Rows, preset: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows with shares of the height: the preset's while all of them are its own, else equal ones."""
    known = {row.views: row for row in preset}
    filled = [tuple(row) for row in rows if row]
    if all(row in known for row in filled):
        return tuple(known[row] for row in filled)
    return tuple(Row(row, 1, LEAST_HEIGHT) for row in filled)
