"""Finds the views: every module of `app.views` and its rooms that has a `SPEC`."""

import importlib
import pkgutil
from functools import cache

from app.views.view import ViewSpec


@cache
def views() -> dict[str, ViewSpec]:
    """Return what is declared of every view, by id, in the order of the menu."""
    found = []
    for info in pkgutil.walk_packages(importlib.import_module("app.views").__path__, "app.views."):
        spec = getattr(importlib.import_module(info.name), "SPEC", None)
        if isinstance(spec, ViewSpec):
            found.append(spec)
    return {spec.id: spec for spec in sorted(found, key=lambda spec: spec.rank)}
