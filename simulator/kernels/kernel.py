"""What makes a plain function a kernel: compiled on first request, one native address a dtype.

The fixed signature, for real type T (float32 or float64)::

    kernel(layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step)

`layout` points at the operation's row (int64, see `columns`), the seven following at flat arrays of T, the rest are
int64. `state` holds running statistics of layers; an update rule is given its slots there. Kernels check nothing and
return nothing; shapes are checked when a program is built.
"""

import os
from collections.abc import Callable
from threading import Lock
from types import FunctionType
from typing import Any

import numpy as np
from numba import types
from numba.core.ccallback import CFunc
from numba.core.typing import signature

from simulator.kernels.cache import KernelCache

# Set for one run of the test suite: a wrong index raises instead of writing into memory.
BOUNDS_CHECK = os.environ.get("OBUKA_BOUNDS_CHECK") == "1"
OPTIONS: dict[str, Any] = {"error_model": "numpy", "boundscheck": BOUNDS_CHECK}
POINTERS = 7


def kernel_signature(dtype: np.dtype[Any]) -> Any:
    """Return numba's signature of a kernel for real numbers of `dtype`."""
    real = types.CPointer(types.float32 if dtype == np.float32 else types.float64)
    return signature(types.void, types.CPointer(types.int64), *[real] * POINTERS, *[types.int64] * 4)


class Kernel:
    """A kernel's plain function and its compiled forms."""

    def __init__(self, function: FunctionType) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__name__}"
        self.compiled: dict[str, CFunc] = {}
        self._lock = Lock()

    def address(self, dtype: np.dtype[Any]) -> int:
        """Return the native address, compiled or loaded from the cache at first; it lives as long as the process."""
        with self._lock:
            if dtype.name not in self.compiled:
                self.compiled[dtype.name] = self._compile(dtype)
        compiled = self.compiled[dtype.name]
        # The function behind the public C wrapper: an exception reaches the loop through numba's own convention,
        # where the wrapper would print it as "ignored" and train on.
        native = compiled.native_name.removeprefix("cfunc.")
        return int(compiled._library.get_pointer_to_function(native))

    def is_ready(self, dtype: np.dtype[Any]) -> bool:
        """Tell whether it is compiled, or loaded, for real numbers of `dtype`."""
        return dtype.name in self.compiled

    def _compile(self, dtype: np.dtype[Any]) -> CFunc:
        sig = kernel_signature(dtype)
        compiled = CFunc(self.function, (sig.args, sig.return_type), locals={}, options=dict(OPTIONS))
        compiled._cache = KernelCache(self.function, repr(sorted(OPTIONS.items())))
        compiled.compile()
        return compiled


def kernel(function: Callable[..., None]) -> Kernel:
    """Decorate a function of the fixed signature. It calls no jitted code of other files and closes over nothing."""
    assert isinstance(function, FunctionType)
    return Kernel(function)
