"""NumPy's archive of arrays (.npz), read with no pickled objects and no belief in what headers promise."""

import errno
import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.faults import fault, name_of, shown, unreadable, wrong_format
from simulator.data.formats.regular import opened
from simulator.message import N_

LARGEST_READ = 4_000_000
LARGEST_HEADER = 10_000
MOST_ARRAYS = 1000
PIECE = 1 << 20
NPZ = N_("an archive of NumPy arrays")
MAGIC = b"\x93NUMPY"
HEADER = re.compile(
    r"\s*\{\s*'descr':\s*(?P<type>.*?),\s*'fortran_order':\s*(?P<fortran>True|False),"
    r"\s*'shape':\s*\((?P<shape>[\dL, ]*)\),?\s*\}\s*",
    re.DOTALL,
)
PLAIN_TYPE = re.compile(r"'([<>=|]?[biufSU][1-9]\d{0,8})'")
WHOLE = re.compile(r"\d{1,15}")
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    IndexError,
)
"""What zipfile raises for an archive that is damaged, locked, or packed in a way of its own."""


@dataclass(frozen=True)
class Entry:
    """What the header of an array says: nothing of it is certain."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    fortran: bool

    @property
    def count(self) -> int:
        """How many numbers."""
        return math.prod(self.shape)


class Archive:
    """An archive to be used in `with`; `entries` are its arrays by name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = name_of(path)
        self.entries: dict[str, Entry] = {}

    def __enter__(self) -> "Archive":
        try:
            self._file = _Careful(opened(self.path))
        except OSError as error:
            raise unreadable(self.name, error) from error
        try:
            self._list()
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _list(self) -> None:
        head = self._file.read(512)
        if head[:2] != b"PK":
            raise wrong_format(self.name, NPZ, head)
        try:
            self._zip = zipfile.ZipFile(self._file)
            infos = self._zip.infolist()
        except DAMAGE as error:
            text = N_("{name} is damaged or cut short: it has no list of its arrays at its end; download it again")
            raise fault(text, name=self.name) from error
        if len(infos) > MOST_ARRAYS:
            text = N_("{name} holds too many files ({count:,}); at most {most:,} arrays can be read")
            raise fault(text, name=self.name, count=len(infos), most=MOST_ARRAYS)
        self._infos = {info.filename.removesuffix(".npy"): info for info in infos if info.filename.endswith(".npy")}
        for key in self._infos:
            with self._opened(key) as (_, entry):
                self.entries[key] = entry

    def read(self, key: str, kept: np.dtype[Any], largest: int) -> NDArray[Any]:
        """Return an array converted to the type `kept`, in C order; over `largest` bytes raise `FileError`."""
        with self._opened(key) as (file, entry):
            count, size = entry.count, entry.dtype.itemsize
            if count * max(kept.itemsize, size / 8) > largest:
                text = N_("{name}: the array '{key}' takes {size:,.1f} MB; at most {most:,.0f} MB can be read")
                raise fault(text, name=self.name, key=shown(key), size=count * kept.itemsize / 1e6, most=largest / 1e6)
            flat = np.empty(count, kept)
            there = 0
            while there < count:
                piece = _up_to(file, min(count - there, max(PIECE // size, 1)) * size)
                if len(piece) < size:
                    break
                whole = len(piece) // size
                if entry.dtype.kind == "U" and not _is_text(piece[: whole * size], entry.dtype):
                    text = N_("{name}: the array '{key}' holds texts that are none; make it again")
                    raise fault(text, name=self.name, key=shown(key))
                with np.errstate(over="ignore"):
                    flat[there : there + whole] = np.frombuffer(piece, entry.dtype, whole)
                there += whole
            if there < count or file.read(1):
                text = N_(
                    "{name}: the array '{key}' has not as many numbers as its header says ({count:,}); make it again"
                )
                raise fault(text, name=self.name, key=shown(key), count=count)
        if entry.fortran:
            return np.ascontiguousarray(flat.reshape(entry.shape[::-1]).T)
        return flat.reshape(entry.shape)

    @contextmanager
    def _opened(self, key: str) -> Iterator[tuple[IO[bytes], Entry]]:
        """Give an array's bytes, after its header, and what the header says."""
        try:
            info = self._infos[key]
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise NotImplementedError
            with self._zip.open(info) as file:
                yield file, self._described(key, file)
        except DAMAGE as error:
            text = N_("{name} is damaged: the array '{key}' cannot be unpacked; make or download it again")
            raise fault(text, name=self.name, key=shown(key)) from error
        except OSError as error:
            if error.errno == errno.EINVAL:  # the list of the arrays points before the file's first byte
                text = N_("{name} is damaged: the array '{key}' is not where its list says; make or download it again")
                raise fault(text, name=self.name, key=shown(key)) from error
            raise unreadable(self.name, error) from error

    def _described(self, key: str, file: IO[bytes]) -> Entry:
        start = _up_to(file, 8)
        width = 2 if start[6:7] == b"\x01" else 4
        length = int.from_bytes(_up_to(file, width), "little")
        found = None
        if start[:6] == MAGIC and length <= LARGEST_HEADER:
            found = HEADER.fullmatch(_up_to(file, length).decode("latin-1"))
        if found is None:
            text = N_("{name}: the array '{key}' has a header that cannot be read; make it again")
            raise fault(text, name=self.name, key=shown(key))
        plain = PLAIN_TYPE.fullmatch(found["type"])
        try:
            dtype = np.dtype(plain[1]) if plain else None
        except TypeError:
            dtype = None
        if dtype is None:
            text = N_("{name}: the array '{key}' holds {type}, not plain numbers or texts; save it as numbers")
            raise fault(text, name=self.name, key=shown(key), type=shown(found["type"]))
        shape = tuple(int(number) for number in WHOLE.findall(found["shape"]))
        return Entry(shape, dtype, found["fortran"] == "True")


class _Careful(io.BufferedReader):
    """A file that gives no more at once than a sound archive asks for: zipfile believes the sizes it finds."""

    def read(self, size: int | None = -1, /) -> bytes:
        bounded = size is not None and 0 <= size <= LARGEST_READ
        data = super().read(size if bounded else LARGEST_READ + 1)
        if len(data) > LARGEST_READ:
            raise zipfile.BadZipFile
        return data


def _up_to(file: IO[bytes], count: int) -> bytes:
    """Return `count` bytes, or what is left."""
    parts = []
    while count > 0 and (part := file.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _is_text(data: bytes, dtype: np.dtype[Any]) -> bool:
    """Say whether all characters exist: NumPy takes any number for one, and Python then stops."""
    codes = np.frombuffer(data, np.dtype(np.uint32).newbyteorder(dtype.byteorder))
    surrogates = (codes >= 0xD800) & (codes < 0xE000)
    return not surrogates.any() and bool((codes <= 0x10FFFF).all())
