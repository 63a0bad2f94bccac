"""Optional parts of frames, one file each: its name is the part's, its `make(trainer)` returns the part or None.

A part is found by scanning this folder, like a kind. It is made in the training thread after the core of the frame was
measured, only while something shows it, and what it returns is never written to again.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any


@cache
def makers() -> Mapping[str, Callable[[Any], Any]]:
    """Return the maker of every part by name."""
    found = {}
    for info in pkgutil.iter_modules(__path__):
        found[info.name] = importlib.import_module(f"{__name__}.{info.name}").make
    return found
