"""The one decorator of the machine's own functions: GIL-free, cached by our cache."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit

from simulator.kernels.cache import KernelCache
from simulator.kernels.kernel import BOUNDS_CHECK

HERE = Path(__file__).parent
SHARED = tuple(HERE / name for name in ("compiled.py", "intrinsics.py", "loop.py"))


def machine_function(function: Callable[..., Any]) -> Any:
    """Compile a function of the machine at its first call; numbers divide as NumPy's do."""
    return _compiled(function)


def machine_part(function: Callable[..., Any]) -> Any:
    """Mark a function that other functions of the machine take in whole: it is not compiled on its own."""
    return _compiled(function, inline="always")


def _compiled(function: Callable[..., Any], **more: Any) -> Any:
    options = {"nogil": True, "error_model": "numpy", "boundscheck": BOUNDS_CHECK, **more}
    dispatcher = njit(**options)(function)
    dispatcher._cache = KernelCache(function, repr(sorted(options.items())), SHARED)
    return dispatcher
