"""A table of numbers, and how it is written: a header, a decimal point in every language, every figure of a number."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Cell = float | int | str | None
Cells = Sequence[Cell] | NDArray[np.floating] | NDArray[np.integer]

COMMENT: Final = "# "
BEGINS_A_FORMULA: Final = ("=", "+", "-", "@")
"""A text that begins so would be computed by a spreadsheet."""


@dataclass(frozen=True, eq=False)
class Column:
    """Values one below the other: numbers, words, or None where there is none.

    Attributes
    ----------
    unit
        Written after the name, in brackets; empty for plain numbers.
    """

    name: str
    values: Cells
    unit: str = ""

    @property
    def head(self) -> str:
        """Name and unit."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name


@dataclass(frozen=True, eq=False)
class Table:
    """Columns, which may be of different length, and lines about where they come from."""

    columns: tuple[Column, ...]
    about: tuple[str, ...] = ()

    def told(self, about: Iterable[str]) -> "Table":
        """Return the table with further lines about it, before those it has."""
        return replace(self, about=(*about, *self.about))


def csv_text(table: Table) -> str:
    """Return the table with commas between the columns, after a line of comment for each thing that is known of it."""
    about = "".join(f"{COMMENT}{' '.join(line.split())}\n" for line in table.about)
    return about + _rows(table, ",")


def tab_text(table: Table) -> str:
    """Return the table as spreadsheets paste it: tabs between the columns, and no comment."""
    return _rows(table, "\t")


def joined(key: str, blocks: Sequence[tuple[NDArray[np.int64], Mapping[str, Cells]]]) -> tuple[Column, ...]:
    """Return the columns of several blocks side by side, each row being one value of a key that they share.

    Parameters
    ----------
    key
        The name of the first column.
    blocks
        Keys (n,), each at most once, and the columns of n values by their names. Where a block lacks a key, its cells
        are empty. A column that is called as one before it is left out: it would say the same.
    """
    keys = np.unique(np.concatenate([np.zeros(0, np.int64), *(block for block, _columns in blocks)]))
    columns: dict[str, list[Cell]] = {}
    for block, named in blocks:
        rows = np.searchsorted(keys, block)
        for name, values in named.items():
            cells = columns.setdefault(name, [None] * keys.size)
            for row, value in zip(rows, _plain(values), strict=True):
                cells[row] = value
    return (Column(key, keys), *(Column(name, cells) for name, cells in columns.items()))


def _rows(table: Table, mark: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark, lineterminator="\n")
    writer.writerow([_written(column.head) for column in table.columns])
    columns = [_plain(column.values) for column in table.columns]
    for row in range(max(map(len, columns), default=0)):
        writer.writerow([_written(cells[row]) if row < len(cells) else "" for cells in columns])
    return text.getvalue()


def _plain(values: Cells) -> Sequence[Cell]:
    return values.tolist() if isinstance(values, np.ndarray) else values


def _written(cell: Cell) -> str:
    """Return a cell as text: of a number all figures that tell it from its neighbours."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
    return repr(cell)
