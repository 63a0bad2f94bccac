"""Finds the labs: every module of `app.labs` that has a `SPEC`."""

import importlib
import pkgutil
from functools import cache

from app.labs.lab import LabSpec


@cache
def labs() -> tuple[LabSpec, ...]:
    """Return what is declared of every lab, in order."""
    found = []
    for info in pkgutil.iter_modules(importlib.import_module("app.labs").__path__):
        spec = getattr(importlib.import_module(f"app.labs.{info.name}"), "SPEC", None)
        if isinstance(spec, LabSpec):
            found.append(spec)
    return tuple(sorted(found, key=lambda spec: spec.rank))
