"""The cache of compiled kernels: ours, because numba's own keeps stale code.

numba looks at a kernel's own file only. Here an entry is fresh if the kernel's file, every shared file of the machine
and the compiler options are what they were. Each module has a folder of its own (two files of one name cannot be
mixed up), and each dtype an index of its own (two processes cannot read each other's half-written index).
Uses private parts of numba: the version is pinned.
"""

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator

HERE = Path(__file__).parent
SHARED = ("cache.py", "columns.py", "kernel.py")  # what every kernel is built with
FOLDER_VARIABLE = "OBUKA_CACHE"

_log = logging.getLogger(__name__)


@cache
def folder() -> Path:
    """Return the folder of the compiled kernels of this checkout: OBUKA_CACHE, the user's cache, or a temporary one."""
    asked = os.environ.get(FOLDER_VARIABLE)
    base = Path(asked) if asked else _user_cache()
    checkout = hashlib.sha256(os.fsencode(HERE)).hexdigest()[:12]
    for candidate in (base, Path(tempfile.gettempdir()) / "obuka"):
        chosen = candidate / "kernels" / checkout
        try:
            chosen.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=chosen).close()
        except OSError:
            continue
        return chosen
    return Path(tempfile.mkdtemp(prefix="obuka"))


def _user_cache() -> Path:
    # platformdirs answers the same; kernels import nothing but NumPy and numba.
    home = Path.home() if os.environ.get("HOME") or os.name == "nt" else Path(tempfile.gettempdir())
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", home)) / "obuka" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "obuka"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "obuka"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class _Locator(_CacheLocator):  # type: ignore[misc]
    def __init__(self, function: Callable[..., Any], options: str, further: tuple[Path, ...]) -> None:
        source = Path(function.__code__.co_filename)
        self._stamp = (*(_digest(path) for path in (source, *(HERE / name for name in SHARED), *further)), options)
        self._folder = folder() / function.__module__

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> tuple[str, ...]:
        return self._stamp

    def get_disambiguator(self) -> str:
        return "0"

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> "_Locator":
        return cls(py_func, "", ())


class KernelCache(FunctionCache):  # type: ignore[misc]
    """numba's cache of one function with our locator. What cannot be read counts as absent, never as an error."""

    def __init__(self, function: Callable[..., Any], options: str = "", further: tuple[Path, ...] = ()) -> None:
        locator = _Locator(function, options, further)

        class _Impl(CompileResultCacheImpl):  # type: ignore[misc]
            def __init__(self, py_func: Callable[..., Any]) -> None:
                self._lineno = py_func.__code__.co_firstlineno
                self._locator = locator
                self._filename_base = self.get_filename_base(py_func.__qualname__, getattr(sys, "abiflags", ""))

        self._impl_class = _Impl
        super().__init__(function)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # noqa: BLE001 (unpickling a damaged file can raise anything; compiling anew mends it)
            _log.warning("a damaged entry of the kernel cache was dropped: %s", self._name)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            super().save_overload(sig, data)
        except OSError as error:
            _log.warning("the kernel cache cannot be written: %s", error)
