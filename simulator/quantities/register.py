"""The vocabulary: every quantity there is, found in the files beside each other, and looked up by a name."""

import difflib
import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from simulator.errors import ExperimentError
from simulator.message import N_, Message
from simulator.quantities import vocabulary
from simulator.quantities.name import Name
from simulator.quantities.quantity import Quantity

NEAREST: Final = 3
ALIKE: Final = 0.4
"""How alike a form must be to be proposed, from 0 to 1."""


@cache
def quantities() -> Mapping[str, Quantity]:
    """Return all quantities by their form, family by family."""
    found = {}
    for info in pkgutil.iter_modules(vocabulary.__path__):
        module = importlib.import_module(f"{vocabulary.__name__}.{info.name}")
        for quantity in module.QUANTITIES:
            found[quantity.form] = quantity
    return MappingProxyType(found)


@cache
def _by_pattern() -> Mapping[str, Quantity]:
    return MappingProxyType({quantity.pattern: quantity for quantity in quantities().values()})


def declared(name: Name) -> Quantity:
    """Return the declaration of a name; raise `ExperimentError` with the nearest forms where there is none."""
    found = _by_pattern().get(name.pattern)
    if found is not None:
        return found
    nearest = difflib.get_close_matches(name.pattern, _by_pattern(), NEAREST, ALIKE)
    values = {"name": name.pattern, "nearest": ", ".join(_by_pattern()[each].form for each in nearest)}
    text = N_("there is no quantity '{name}'; near it are {nearest}")
    if not nearest:
        text = N_("there is no quantity '{name}'; `list` prints all")
    raise ExperimentError(Message(text, values))
