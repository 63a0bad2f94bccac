"""Tables as text: what a spreadsheet, and a program, reads of them."""

import csv
import io

import numpy as np

from app.export.table import Column, Table, csv_text, joined, tab_text

THIRD = 1 / 3


def read(text: str) -> list[list[str]]:
    return list(csv.reader(line for line in io.StringIO(text) if not line.startswith("#")))


def test_that_every_figure_of_a_number_is_written_with_a_point() -> None:
    table = Table((Column("x", np.array([THIRD, 1e-300, 12345.678])), Column("y", [1, None, float("nan")], "ms")))
    head, *rows = read(csv_text(table))
    assert head == ["x", "y [ms]"]
    assert [float(row[0]) for row in rows] == [THIRD, 1e-300, 12345.678]
    assert [row[1] for row in rows] == ["1", "", "nan"]


def test_that_comments_come_first_each_in_one_line() -> None:
    table = Table((Column("x", [1]),), ("theory",)).told(["Loss", "two\nlines"])
    assert csv_text(table).split("\n")[:4] == ["# Loss", "# two lines", "# theory", "x"]
    assert tab_text(table) == "x\n1\n"


def test_that_columns_of_different_length_end_with_empty_cells() -> None:
    assert read(csv_text(Table((Column("a", [1, 2]), Column("b", [3]))))) == [["a", "b"], ["1", "3"], ["2", ""]]


def test_that_a_name_with_a_comma_stays_one_cell_and_no_text_is_computed() -> None:
    text = csv_text(Table((Column("lane B, high", ["=1+1", "-A1", "plain"]),)))
    assert read(text) == [["lane B, high"], ["'=1+1"], ["'-A1"], ["plain"]]


def test_that_blocks_with_other_keys_stand_in_one_table() -> None:
    columns = joined(
        "step",
        [
            (np.array([1, 2, 3]), {"epoch": [0.1, 0.2, 0.3], "loss A": [9.0, 8.0, 7.0]}),
            (np.array([2, 4]), {"epoch": [0.2, 0.4], "loss B": [6.0, 5.0]}),
        ],
    )
    assert [column.name for column in columns] == ["step", "epoch", "loss A", "loss B"]
    rows = read(csv_text(Table(columns)))[1:]
    assert rows == [
        ["1", "0.1", "9.0", ""],
        ["2", "0.2", "8.0", "6.0"],
        ["3", "0.3", "7.0", ""],
        ["4", "0.4", "", "5.0"],
    ]
