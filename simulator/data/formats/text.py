"""The text of a table file: which encoding it has, and its rows, none of them endless."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.data.formats.encoding import EncodingGuess
from simulator.data.formats.faults import TEXT, UNKNOWN, fault, looks_like, wrong_format
from simulator.data.formats.stream import PIECE, Stream
from simulator.message import N_

LARGEST_FILE = 200_000_000
LONGEST_ROW = 1_000_000  # characters
SAMPLE = 20  # rows that the separator is found from
SEPARATORS = (",", ";", "\t")
TABLE = N_("a table in plain text")


def encoding_of(path: Path, said: str | None = None) -> str:
    """Return the codec of a file's letters, `said` if it fits; raise `FileError` if none does or it is no text."""
    with Stream(path, LARGEST_FILE) as stream:
        guess = EncodingGuess(said, stream.name)
        for piece in stream.pieces():
            if stream.position == len(piece):
                _check_start(piece[:512], stream.name)
            if b"\0" in piece:
                byte = stream.position - len(piece) + piece.index(b"\0")
                text = N_("{name} is not a table in plain text: byte {byte:,} is 0; save it as CSV with UTF-8")
                raise fault(text, name=stream.name, byte=byte)
            guess.take(piece)
        if stream.position == 0:
            raise wrong_format(stream.name, TABLE, b"")
    return guess.answer()


def _check_start(head: bytes, name: str) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise fault(N_("{name} is written in UTF-16; save it as CSV with UTF-8"), name=name)
    other = head[:1] > b"\x7f" or head[:1] == b"<" or head[:4] in (b"PK\x03\x04", b"%PDF")
    if other and looks_like(head).text not in (UNKNOWN, TEXT):
        raise wrong_format(name, TABLE, head)


class Rows:
    """The rows of an open table, blank ones left out, as lists of cells.

    Attributes
    ----------
    number
        The number of the row given last, as a spreadsheet counts: blank rows and the header count too.
    """

    def __init__(self, stream: Stream, encoding: str, separator: str) -> None:
        self.name = stream.name
        self.number = 0
        self._lines = _lines(stream, encoding)
        self._since_row = 0
        self._reader = csv.reader(self._counted(), delimiter=separator, strict=True)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        while True:
            try:
                row = next(self._reader)
            except csv.Error as error:
                text = N_("{name}, row {row:,}: the quotes do not match, or a cell is too long; mend that row")
                raise fault(text, name=self.name, row=self._reader.line_num) from error
            self._since_row = 0
            self.number = self._reader.line_num
            if row and not (len(row) == 1 and not row[0].strip()):
                return row

    def _counted(self) -> Iterator[str]:
        # csv gathers a row whose quotes go over line ends for as long as it takes: no further than this.
        for number, line in enumerate(self._lines, 1):
            self._since_row += len(line)
            if self._since_row > LONGEST_ROW:
                text = N_("{name}, row {row:,}: the row is longer than {most:,} characters; is this a table?")
                raise fault(text, name=self.name, row=number, most=LONGEST_ROW)
            yield line


def separator_of(path: Path, encoding: str) -> str:
    """Return the separator that cuts the first rows into equally many cells, the most of them."""
    with Stream(path, LARGEST_FILE) as stream:
        lines = []
        for line in _lines(stream, encoding):
            if line.strip():
                lines.append(line)
            if len(lines) == SAMPLE or len(line) > LONGEST_ROW:
                break
    found = {}
    for separator in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        except csv.Error:
            widths = [0]
        width = min(widths, default=0)
        # A comma comes last: between decimals it cuts as often as the semicolon that separates them.
        found[separator] = (len(set(widths)) == 1 and width > 1, width, separator != ",")
    return max(SEPARATORS, key=lambda separator: found[separator])


def _lines(stream: Stream, encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(io.BufferedReader(_Raw(stream), PIECE), encoding=encoding, newline="")
    while line := text.readline(LONGEST_ROW + 1):
        yield line


class _Raw(io.RawIOBase):
    """A stream as Python's own readers of text want it."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        part = self._stream.some(len(room))
        room[: len(part)] = part
        return len(part)
