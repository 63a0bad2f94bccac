"""Optional parts of frames, one file each: its name is the part's, its `make(trainer)` returns the part or None.

A part is found by scanning this folder, like a kind. It is made in the training thread after the core of the frame was
measured, only while something shows it, and what it returns is never written to again. A part with settings is asked
for by a value that names it (`part`), and `make(trainer, value)` is given that.
"""

import importlib
import pkgutil
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Final

from simulator.training.frames.frame import Part

FIRST: Final = "network"
"""The part that is cheap as long as the probe holds what the core of the frame was measured on."""


@cache
def makers() -> Mapping[str, Callable[..., Any]]:
    """Return the maker of every part by name."""
    found = {}
    for info in pkgutil.iter_modules(__path__):
        found[info.name] = importlib.import_module(f"{__name__}.{info.name}").make
    return found


def name_of(part: Part) -> str:
    """Return the name of a part that is asked for by its name or by a value."""
    return part if isinstance(part, str) else part.part


def make(trainer: Any, part: Part) -> Any:
    """Return the part as it is asked for."""
    maker = makers()[name_of(part)]
    return maker(trainer) if isinstance(part, str) else maker(trainer, part)


def in_order(parts: Collection[Part]) -> list[Part]:
    """Return the parts in the order in which they are made."""
    return sorted(parts, key=lambda part: (name_of(part) != FIRST, name_of(part)))
