"""The cache of compiled kernels: ours, because numba's own keeps stale code and believes what it reads.

numba looks at a kernel's own file only. Here an entry is fresh if the kernel's file, every shared file of the machine,
the compiler options and the versions are what they were. An entry is one file, named by module, function and types, so
two files of one name cannot be mixed up and two processes cannot read each other's half. It begins with what it is for
and a checksum: nothing is unpickled before both are compared. Uses private parts of numba: the version is pinned.

Stale code: https://github.com/numba/numba/issues/1833; damaged files: https://github.com/numba/numba/issues/10434.
"""

import hashlib
import logging
import os
import pickle
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from simulator.kernels.private_folder import folder

HERE = Path(__file__).parent
SHARED = ("cache.py", "columns.py", "kernel.py")  # what every kernel is built with
VERSIONS = (sys.version, numba.__version__, llvmlite.__version__, np.__version__)
DIGEST = 32
LARGEST_ENTRY = 50_000_000

_log = logging.getLogger(__name__)


class Damaged(Exception):  # noqa: N818 (it is no fault of anyone's program)
    """A file of the cache is not what was written."""


class KernelCache(NullCache):  # type: ignore[misc]
    """The cache of one function. What cannot be read counts as absent, never as an error."""

    def __init__(self, function: Callable[..., Any], options: str = "", further: tuple[Path, ...] = ()) -> None:
        self._name = f"{function.__module__}.{function.__qualname__}".replace("<", "").replace(">", "")
        files = (Path(function.__code__.co_filename), *(HERE / name for name in SHARED), *further)
        self._stamp = (VERSIONS, self._name, *map(_digest, files), options)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the compiled function for the types `sig`, or None if it must be compiled."""
        target_context.refresh()  # so that the context is complete
        types = (str(sig), target_context.codegen().magic_tuple())
        path = self._path(types)
        if path is None:
            return None
        try:
            payload = _unsealed(_read(path), self._identity(types))
            return None if payload is None else CompileResult._rebuild(target_context, *pickle.loads(payload))
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 (whatever is wrong with a file, compiling anew mends it)
            _log.warning("a file of the kernel cache is thrown away and compiled again: %s: %s", path.name, error)
            _throw_away(path)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the compiled function `data`; a folder that cannot be written is no fault."""
        types = (str(sig), data.codegen.magic_tuple())
        path = self._path(types)
        if path is None or data.library.has_dynamic_globals:
            return
        try:
            _replace(path, _sealed(dumps(data._reduce()), self._identity(types)))
        except OSError as error:
            _say_once(f"the kernel cache cannot be written: {error.strerror or error}")

    def _path(self, types: tuple[object, ...]) -> Path | None:
        """Return the file for the types; a newer version of the same function takes the same."""
        place = folder()
        return None if place is None else place / f"{self._name}-{_hash(types).hex()[:16]}.nbc"

    def _identity(self, types: tuple[object, ...]) -> bytes:
        return _hash((self._stamp, types))


def _hash(parts: tuple[object, ...]) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _say_once(text: str) -> None:
    _log.warning(text)


def _sealed(payload: bytes, identity: bytes) -> bytes:
    return identity + hashlib.sha256(identity + payload).digest() + payload


def _unsealed(data: bytes, identity: bytes) -> bytes | None:
    """Return the payload; None if it is sound but of another version; raise `Damaged` if the checksum is wrong."""
    found, seal, payload = data[:DIGEST], data[DIGEST : 2 * DIGEST], data[2 * DIGEST :]
    if hashlib.sha256(found + payload).digest() != seal:
        raise Damaged("its checksum is wrong")
    return payload if found == identity else None


def _read(path: Path) -> bytes:
    with open(path, "rb", opener=_without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_ENTRY:
            raise Damaged("it is no regular file, or too large")
        return file.read(LARGEST_ENTRY)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # opening a pipe waits


def _throw_away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole: another process reads the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
