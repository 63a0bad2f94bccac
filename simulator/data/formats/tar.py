"""Tar archives, read from front to back: the wanted files' bytes and nothing else. Nothing is ever written out.

Python's `tarfile` believes what headers say about sizes, so an archive made for it can fill the memory. This reader
knows what data sets need: regular files under their plain names. Links, devices and long names are passed over.
"""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from simulator.data.formats.faults import fault, wrong_format
from simulator.data.formats.stream import Stream
from simulator.message import N_

BLOCK = 512
REGULAR = (b"0", b"\0", b"7")
NAME, SIZE, CHECKSUM, TYPE, PREFIX = slice(0, 100), slice(124, 136), slice(148, 156), slice(156, 157), slice(345, 500)
MAGIC, USTAR = slice(257, 262), b"ustar"
TAR = N_("a tar archive")


def wanted_files(stream: Stream, wanted: Collection[str], largest: int) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every regular file whose path is in `wanted`, in the archive's order.

    Parameters
    ----------
    wanted
        Paths inside the archive, with slashes.
    largest
        A wanted file of more bytes raises `FileError`.
    """
    first = True
    while True:
        start = stream.position
        header = stream.read(BLOCK)
        if not header.strip(b"\0") and (len(header) == BLOCK or not first):
            return  # an empty block, or nothing, ends the archive
        if len(header) < BLOCK or not _sound(header):
            if first and header[MAGIC] != USTAR:
                raise wrong_format(stream.name, TAR, header)
            text = N_("{name} is damaged: no file begins at byte {byte:,} of the archive; download it again")
            raise fault(text, name=stream.name, byte=start)
        first = False
        path, size = _path(header), _number(header[SIZE])
        padded = -(-size // BLOCK) * BLOCK
        if header[TYPE] in REGULAR and path in wanted:
            if size > largest:
                text = N_("{name} holds {member} of {size:,.1f} MB, which is too large; download it again")
                raise fault(text, name=stream.name, member=path, size=size / 1e6)
            data = stream.read(size)
            complete = len(data) == size and stream.skip(padded - size) == padded - size
            if complete:
                yield path, data
        else:
            complete = stream.skip(padded) == padded
        if not complete:
            text = N_("{name} is cut short: it ends at byte {byte:,} of the archive; download it again")
            raise fault(text, name=stream.name, byte=stream.position)


def _path(header: bytes) -> str:
    name = header[NAME].partition(b"\0")[0].decode("utf-8", "replace")
    prefix = header[PREFIX].partition(b"\0")[0].decode("utf-8", "replace") if header[MAGIC] == USTAR else ""
    # A path keeps its "..": it is then none that anybody wants.
    return str(PurePosixPath(prefix, name))


def _number(field: bytes) -> int:
    """Return a size: octal digits, or, from 8 GB on, binary with the top bit set."""
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.strip(b" \0")
    return int(digits, 8) if digits else 0


def _sound(header: bytes) -> bool:
    """Say whether the header's checksum is right and its size a number."""
    try:
        _number(header[SIZE])
        said = int(header[CHECKSUM].strip(b" \0"), 8)
    except ValueError:
        return False
    return said == sum(header) - sum(header[CHECKSUM]) + 8 * ord(" ")
