"""Tables of numbers in plain text (CSV, TSV): one example a row, the class in one column."""

from array import array
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.columns import MISSING, Columns
from simulator.data.formats.faults import fault, shown
from simulator.data.formats.stream import Stream
from simulator.data.formats.text import LARGEST_FILE, Rows, encoding_of, separator_of
from simulator.message import N_

MOST_COLUMNS = 4096
MOST_CLASSES = 1000
MOST_NUMBERS = 50_000_000
MOST_ROWS = 1_000_000
LONGEST_CLASS = 100
BLOCK = 1 << 18  # numbers that are kept in double precision before they are checked and halved
MISSING_CLASS = frozenset({"", "nan"})
MOST_REMEMBERED = 4096
LONGEST_REMEMBERED = 20  # characters


class _Numbers(dict[str, float]):
    """Numbers by their text: looking up a pixel takes a fifth of the time of reading it."""

    def __missing__(self, cell: str) -> float:
        value = float(cell)
        if len(cell) <= LONGEST_REMEMBERED:
            self[cell] = value
        return value


@dataclass(frozen=True, eq=False)
class Table:
    """Features (n, d) in float32, labels (n,) in int64, names of classes and columns."""

    features: NDArray[np.float32]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...]
    label_name: str


def read_table(path: Path, separator: str | None, header: bool | None, label: str, comma: bool | None) -> Table:
    """Read a table.

    Parameters
    ----------
    separator
        What stands between cells; found out if it is None.
    header
        Whether the first row names the columns; found out if it is None.
    label
        Name or number (from 1) of the column of classes; the last if it is "".
    comma
        Whether decimals stand after a comma; if it is None, whichever of comma and point the file uses first.
    """
    encoding = encoding_of(path)
    separator = separator or separator_of(path, encoding)
    if separator == "," and comma is None:
        comma = False
    with Stream(path, LARGEST_FILE) as stream:
        rows = Rows(stream, encoding, separator)
        first = next(rows, None)
        if first is None:
            raise fault(N_("{name} has no rows; choose another file"), name=rows.name)
        if not 2 <= len(first) <= MOST_COLUMNS:
            text = N_("{name}, row {row:,}: the count of columns is {count:,}, not 2 to {most:,}; check the separator")
            raise fault(text, name=rows.name, row=rows.number, count=len(first), most=MOST_COLUMNS)
        columns = Columns.of(first, header, label, rows.name)
        reading = _Reading(rows, columns, comma)
        if not columns.named:
            reading.take(first)
        for row in rows:
            reading.take(row)
        return reading.table()


class _Reading:
    """What was read of a table so far."""

    def __init__(self, rows: Rows, columns: Columns, comma: bool | None) -> None:
        self._rows = rows
        self._columns = columns
        self._comma = comma
        self._known = _Numbers()
        self._block: list[float] = []
        self._block_rows = array("q")
        self._blocks: list[NDArray[np.float32]] = []
        self._numbers = 0
        self._classes: dict[str, int] = {}
        self._labels = array("q")

    def take(self, row: list[str]) -> None:
        """Read one row, or say where its fault is."""
        columns, number = self._columns, self._rows.number
        if len(row) != columns.count:
            text = N_("{name}, row {row:,}: the count of cells is {cells:,}, but {count:,} in the first row; mend it")
            raise fault(text, name=self._rows.name, row=number, cells=len(row), count=columns.count)
        self._take_class(row.pop(columns.label).strip())
        self._numbers += len(row)
        if self._numbers > MOST_NUMBERS or len(self._labels) > MOST_ROWS:
            text = N_("{name}, row {row:,}: over {rows:,} rows or {most:,} numbers are too many; leave some out")
            raise fault(text, name=self._rows.name, row=number, rows=MOST_ROWS, most=MOST_NUMBERS)
        joined = "\n".join(row)
        if self._comma is None and ("," in joined) != ("." in joined):
            self._comma = "," in joined
        cells = joined.replace(",", ".").split("\n") if self._comma and "." not in joined else row
        before = len(self._block)
        try:
            if "_" in joined or (self._comma and "." in joined):
                raise ValueError  # Python's float would take 1_000, and a point for a decimal mark
            few = len(self._known) <= MOST_REMEMBERED
            self._block.extend(map(self._known.__getitem__ if few else float, cells))
        except ValueError:
            del self._block[before:]
            self._block.extend(self._number(cell, place) for place, cell in enumerate(row))
        self._block_rows.append(number)
        if len(self._block) >= BLOCK:
            self._keep_block()

    def _take_class(self, name: str) -> None:
        code = self._classes.get(name)
        if code is None:
            self._check_class(name)
            code = self._classes[name] = len(self._classes)
        self._labels.append(code)

    def _check_class(self, name: str) -> None:
        where = {"name": self._rows.name, "row": self._rows.number, "column": self._columns.shown_label}
        if name.lower() in MISSING_CLASS:
            raise fault(N_("{name}, row {row:,}, column {column}: the class is missing; fill it in"), **where)
        if len(name) > LONGEST_CLASS:
            text = N_("{name}, row {row:,}, column {column}: a class name of over {most} characters; shorten it")
            raise fault(text, most=LONGEST_CLASS, **where)
        if len(self._classes) == MOST_CLASSES:
            text = N_("{name}, row {row:,}, column {column}: over {most:,} classes; choose the column of classes")
            raise fault(text, most=MOST_CLASSES, **where)

    def _number(self, cell: str, place: int) -> float:
        """Return the number in a cell of a row that Python did not read as it stands."""
        where = {"name": self._rows.name, "row": self._rows.number, "column": self._columns.shown(place)}
        if cell.strip().lower() in MISSING:
            text = N_("{name}, row {row:,}, column {column}: the number is missing; fill it in or delete the row")
            raise fault(text, **where)
        allowed = cell if not self._comma else "" if "." in cell else cell.replace(",", ".")
        try:
            return float("" if "_" in allowed else allowed)
        except ValueError:
            pass
        if self._comma and "." in cell:
            text = N_("{name}, row {row:,}, column {column}: '{cell}' has a decimal point, not a comma; mend it")
        elif not self._labels[1:] and not self._columns.named:
            text = N_(
                "{name}, row {row:,}, column {column}: '{cell}' is no number; "
                "say if this row holds names, or choose another column of classes"
            )
        else:
            text = N_(
                "{name}, row {row:,}, column {column}: '{cell}' is no number; "
                "mend it, or choose another column of classes"
            )
        raise fault(text, cell=shown(cell), **where)

    def _keep_block(self) -> None:
        if not self._block:
            return
        width = self._columns.count - 1
        exact = np.array(self._block, np.float64).reshape(-1, width)
        with np.errstate(over="ignore"):
            block = exact.astype(np.float32)
        wrong = np.argwhere(~np.isfinite(block))
        if wrong.size:
            row, place = (int(index) for index in wrong[0])
            text = (
                N_("{name}, row {row:,}, column {column}: the number is missing; fill it in or delete the row")
                if np.isnan(block[row, place])
                else N_("{name}, row {row:,}, column {column}: the number is too large; mend it or delete the row")
            )
            raise fault(text, name=self._rows.name, row=self._block_rows[row], column=self._columns.shown(place))
        self._blocks.append(block)
        self._block, self._block_rows = [], array("q")

    def table(self) -> Table:
        """Return everything that was read."""
        self._keep_block()
        count = len(self._labels)
        if len(self._classes) < 2:
            text = N_("{name}: column {column} holds fewer than two classes; choose the column of classes")
            raise fault(text, name=self._rows.name, column=self._columns.shown_label)
        features = np.empty((count, self._columns.count - 1), np.float32)
        row = count
        while self._blocks:
            block = self._blocks.pop()
            features[row - len(block) : row] = block
            row -= len(block)
        class_names, places = _in_order(list(self._classes))
        labels = places[np.frombuffer(self._labels, np.int64)]
        return Table(features, labels, class_names, self._columns.feature_names, self._columns.label_name)


def _in_order(names: list[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the class names sorted, numbers by size, and the place of each in that order."""
    try:
        values = {name: float(name) for name in names}
        by_size = len(set(values.values())) == len(names) and np.isfinite(list(values.values())).all()
    except ValueError:
        by_size = False
    order = sorted(names, key=values.__getitem__) if by_size else sorted(names)
    return tuple(order), np.array([order.index(name) for name in names], np.int64)
