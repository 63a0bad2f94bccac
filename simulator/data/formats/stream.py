"""A file read from its start, unpacked on the way if it is gzipped, and never further than a limit."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from simulator.data.formats.faults import fault, name_of, unreadable
from simulator.data.formats.regular import opened
from simulator.message import N_

PIECE = 1 << 20
GZIP_START = b"\x1f\x8b"
WITH_GZIP_HEADER = 31  # zlib's word for: a gzip header, and its checksum is compared
MOST_MEMBERS = 1000  # of one gzip file; a program writes one


class Stream:
    """An open file, to be used in `with`.

    What a header promises is not believed: bytes are counted as they come.

    Parameters
    ----------
    limit
        The largest number of (unpacked) bytes; asking for one more raises `FileError`.
    name
        What sentences call the file; the name of `path` if it is None.
    """

    def __init__(self, path: Path, limit: int, name: str | None = None) -> None:
        self.path = path
        self.limit = limit
        self.name = name if name is not None else name_of(path)
        self.position = 0
        self._came = 0
        self._held = b""
        self._used = 0  # bytes of what is held
        self._file: BinaryIO | None = None
        self._pieces: Iterator[bytes] = iter(())

    def __enter__(self) -> "Stream":
        try:
            self._file = opened(self.path)
            packed = self._file.read(len(GZIP_START)) == GZIP_START
            self._file.seek(0)
        except OSError as error:
            self.close()
            raise unreadable(self.name, error) from error
        self._pieces = self._unpacked(self._file) if packed else self._plain(self._file)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        if self._file is not None:
            self._file.close()

    def pieces(self) -> Iterator[bytes]:
        """Yield what is left, piece by piece."""
        while piece := self.some(PIECE):
            yield piece

    def read(self, count: int) -> bytes:
        """Return `count` bytes, or what is left where the file is shorter."""
        parts = []
        while count > 0 and (part := self.some(count)):
            parts.append(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def skip(self, count: int) -> int:
        """Pass over `count` bytes; return how many there were."""
        left = count
        while left > 0 and (part := self.some(left)):
            left -= len(part)
        return count - left

    def some(self, most: int) -> bytes:
        """Return between 1 and `most` bytes; none at the end."""
        if self._used == len(self._held):
            self._held, self._used = self._next_piece(), 0
        part = self._held[self._used : self._used + most]
        self._used += len(part)
        self.position += len(part)
        return part

    def _next_piece(self) -> bytes:
        try:
            piece = next(self._pieces, b"")
        except OSError as error:
            raise unreadable(self.name, error) from error
        self._came += len(piece)
        if self._came > self.limit:
            raise fault(
                N_("{name} is too large: it holds over {limit:,g} MB; choose a smaller file"),
                name=self.name,
                limit=self.limit / 1e6,
            )
        return piece

    def _plain(self, file: BinaryIO) -> Iterator[bytes]:
        while piece := file.read(PIECE):
            yield piece

    def _unpacked(self, file: BinaryIO) -> Iterator[bytes]:
        unpacker = None
        members = 0
        while packed := file.read(PIECE):
            while packed:
                if unpacker is None:
                    if not packed.strip(b"\0"):
                        break  # padding
                    members += 1
                    unpacker = zlib.decompressobj(WITH_GZIP_HEADER)
                try:
                    if members > MOST_MEMBERS:
                        raise zlib.error
                    piece = unpacker.decompress(packed, PIECE)
                except zlib.error as error:
                    text = N_("{name} is damaged: its packed data cannot be read near byte {byte:,}; download it again")
                    raise fault(text, name=self.name, byte=file.tell() - len(packed)) from error
                packed = unpacker.unconsumed_tail
                if unpacker.eof:
                    packed, unpacker = unpacker.unused_data, None
                if piece:
                    yield piece
        if unpacker is not None:
            text = N_("{name} is cut short: its packed data stop at byte {byte:,}; download it again")
            raise fault(text, name=self.name, byte=file.tell())
