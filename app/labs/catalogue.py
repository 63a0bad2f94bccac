"""Finds the labs: every room of `app.labs` whose `lab` has a `SPEC`."""

import importlib
import pkgutil
from functools import cache

from app.labs.lab import LabSpec


@cache
def labs() -> tuple[LabSpec, ...]:
    """Return what is declared of every lab, in order."""
    found: list[LabSpec] = []
    for info in pkgutil.iter_modules(importlib.import_module("app.labs").__path__):
        if info.ispkg:
            spec = importlib.import_module(f"app.labs.{info.name}.lab").SPEC
            found.append(spec)
    return tuple(sorted(found, key=lambda spec: spec.rank))
