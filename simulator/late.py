"""Doors that open late: names of a room whose modules bring numba are loaded when somebody first asks for them."""

import importlib
from collections.abc import Callable
from typing import Any


def late(room: str, **modules: tuple[str, ...]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a room, given the names that each of its modules hands on.

    A type checker must not see it, or it would take any name for one of the room's: it stands in the `else` of an
    `if TYPE_CHECKING` that imports the same names.
    """
    places = {name: module for module, names in modules.items() for name in names}

    def look_up(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{room}.{places[name]}"), name)

    return look_up
