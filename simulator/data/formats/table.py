"""Tables of numbers in plain text (CSV, TSV): one example a row, the class in one column."""

from array import array
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.classes import are_numbers, are_sorted, check_are_classes
from simulator.data.formats.columns import MISSING, Columns, Doubt
from simulator.data.formats.counting import Counting
from simulator.data.formats.encoding import name_of_encoding
from simulator.data.formats.faults import fault, shown
from simulator.data.formats.stream import Stream
from simulator.data.formats.text import LARGEST_FILE, Rows, encoding_of, separator_of
from simulator.data.precision import in_32_bits
from simulator.data.report import FileReport
from simulator.message import N_, Message

MOST_COLUMNS = 4096
MOST_CLASSES = 1000
MOST_NUMBERS = 50_000_000
MOST_ROWS = 1_000_000
LONGEST_CLASS = 100
ROWS_OF_OTHERS = 3  # on the average, where a class of a single row looks like a name
BLOCK = 1 << 18  # numbers that are kept as Python reads them before they are checked
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


@dataclass(frozen=True)
class Choices:
    """What the user says of a table; what is None is found out.

    Attributes
    ----------
    separator
        What stands between cells.
    header
        Whether the first row names the columns.
    label
        Name or number (from 1) of the column of classes; the last if it is "".
    comma
        Whether decimals stand after a comma; if it is None, whichever of comma and point the file uses first.
    encoding
        The codec of its letters.
    keep_counting
        Whether a column that only counts the rows is a feature.
    many_classes
        Whether dozens of classes with few rows each are meant.
    """

    separator: str | None = None
    header: bool | None = None
    label: str = ""
    comma: bool | None = None
    encoding: str | None = None
    keep_counting: bool = False
    many_classes: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Features (n, d) in float32, or float64 where that is needed; labels (n,) in int64; names; what was noticed."""

    features: NDArray[np.float32] | NDArray[np.float64]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...]
    label_name: str
    report: FileReport


def read_table(path: Path, choices: Choices) -> Table:
    """Read a table; raise `FileError` if it has a fault, or if it can be understood in more than one way."""
    encoding = encoding_of(path, choices.encoding)
    separator = choices.separator or separator_of(path, encoding)
    comma = False if separator == "," and choices.comma is None else choices.comma
    with Stream(path, LARGEST_FILE) as stream:
        rows = Rows(stream, encoding, separator)
        first = next(rows, None)
        if first is None:
            raise fault(N_("{name} has no rows; choose another file"), name=rows.name)
        if not 2 <= len(first) <= MOST_COLUMNS:
            text = N_("{name}, row {row:,}: the count of columns is {count:,}, not 2 to {most:,}; check the separator")
            raise fault(text, name=rows.name, row=rows.number, count=len(first), most=MOST_COLUMNS)
        columns = Columns.of(first, choices.header, choices.label, rows.name)
        reading = _Reading(rows, columns, comma)
        if not columns.named:
            reading.take(list(first))
        for row in rows:
            reading.take(row)
        if reading.first_row_names():
            reading.drop_first(Columns.of(first, True, choices.label, rows.name))
        return reading.table(choices, name_of_encoding(encoding))


class _Reading:
    """What was read of a table so far."""

    def __init__(self, rows: Rows, columns: Columns, comma: bool | None) -> None:
        self._rows = rows
        self._columns = columns
        self._comma = comma
        self._known = _Numbers()
        self._block: list[float] = []
        self._block_rows = array("q")
        self._blocks: list[NDArray[np.float32] | NDArray[np.float64]] = []
        self._numbers = 0
        self._classes: dict[str, int] = {}
        self._labels = array("q")
        self._counting = Counting()

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
                "{name}, row {row:,}, column {column}: '{cell}' is not a number; "
                "say if this row holds names, or choose another column of classes"
            )
        else:
            text = N_(
                "{name}, row {row:,}, column {column}: '{cell}' is not a number; "
                "mend it, or choose another column of classes"
            )
        raise fault(text, cell=shown(cell), **where)

    def _keep_block(self) -> None:
        if not self._block:
            return
        width = self._columns.count - 1
        exact = np.array(self._block, np.float64).reshape(-1, width)
        self._counting.take(exact)
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
        self._blocks.append(block if (block == exact).all() else exact)
        self._block, self._block_rows = [], array("q")

    def first_row_names(self) -> bool:
        """Tell whether a first row of numbers names the columns; raise `FileError` where nobody can tell."""
        doubt, rows, classes = self._columns.doubt, len(self._labels), len(self._classes)
        if doubt in (Doubt.NONE, Doubt.ALL_PLACES):
            return doubt is Doubt.ALL_PLACES
        stands_alone = classes > 2 and self._labels.count(self._labels[0]) == 1
        if not stands_alone or rows - 1 < ROWS_OF_OTHERS * (classes - 1):
            return False
        if doubt is Doubt.NUMBERS:
            text = N_(
                "{name}, row 1: its class '{label}' occurs in no other row, so it may name the columns; "
                "say in the field '{field}' if it does"
            )
            label = shown(next(iter(self._classes)))
            raise fault(text, name=self._rows.name, label=label, field=Message(N_("Names in the first row")))
        return True

    def drop_first(self, columns: Columns) -> None:
        """Take the first row for names after all."""
        self._keep_block()
        self._columns = columns
        self._blocks[0] = self._blocks[0][1:]
        names = list(self._classes)
        gone = self._labels.pop(0)
        if gone not in self._labels:
            names.pop(gone)
            self._labels = array("q", [code - (code > gone) for code in self._labels])
            self._classes = {name: code for code, name in enumerate(names)}

    def table(self, choices: Choices, encoding: str) -> Table:
        """Return everything that was read."""
        self._keep_block()
        columns, count = self._columns, len(self._labels)
        if len(self._classes) < 2:
            text = N_("{name}: column {column} holds fewer than two classes; choose the column of classes")
            raise fault(text, name=self._rows.name, column=columns.shown_label)
        if not choices.many_classes:
            label = Message(N_("column {column}"), {"column": columns.shown_label})
            check_are_classes(list(self._classes), count, self._rows.name, label)
        counting = self._counting.columns()
        kept = np.ones(columns.count - 1, bool)
        kept[counting] = choices.keep_counting or len(counting) == len(kept)
        features = self._features(kept)
        class_names, places = _in_order(list(self._classes))
        labels = places[np.frombuffer(self._labels, np.int64)]
        names = np.array(columns.feature_names, object)
        report = FileReport(
            self._rows.name,
            count,
            columns.named,
            encoding,
            counting=tuple(map(shown, names[counting])),
            left_out=tuple(map(shown, names[~kept])),
            sorted_by_class=are_sorted(labels),
            numeric_classes=are_numbers(class_names),
        )
        return Table(features, labels, class_names, tuple(names[kept].tolist()), columns.label_name, report)

    def _features(self, kept: NDArray[np.bool_]) -> NDArray[np.float32] | NDArray[np.float64]:
        """Return the columns kept of all blocks, which are given back one by one."""
        row = len(self._labels)
        wide = any(block.dtype == np.float64 for block in self._blocks)
        features = np.empty((row, np.count_nonzero(kept)), np.float64 if wide else np.float32)
        while self._blocks:
            block = self._blocks.pop()
            features[row - len(block) : row] = block[:, kept]
            row -= len(block)
        return in_32_bits(features)


def _in_order(names: list[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the class names sorted, numbers by size, and the place of each in that order."""
    try:
        values = {name: float(name) for name in names}
        by_size = len(set(values.values())) == len(names) and np.isfinite(list(values.values())).all()
    except ValueError:
        by_size = False
    order = sorted(names, key=values.__getitem__) if by_size else sorted(names)
    return tuple(order), np.array([order.index(name) for name in names], np.int64)
