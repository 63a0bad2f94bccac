"""Which constructors of `app` call a method that a subclass overrides: the subclass is asked before it is made.

Read from the source. What a constructor calls on itself is followed through the class and its bases; a slot that is
only connected is not called. Qt's own bases are no part of it.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

APP = Path(__file__).resolve().parents[1] / "app"


@dataclass(frozen=True)
class Kind:
    """A class: its bases by their names in this program, and its methods."""

    name: str
    bases: tuple[str, ...]
    methods: dict[str, ast.FunctionDef] = field(hash=False)


@cache
def classes() -> dict[str, Kind]:
    """Return all classes of `app` by "module:name"."""
    found = {}
    for path in sorted(APP.rglob("*.py")):
        module = ".".join(path.relative_to(APP.parent).with_suffix("").parts)
        found |= classes_in(module, path.read_text(encoding="utf-8"))
    return found


def classes_in(module: str, text: str) -> dict[str, Kind]:
    """Return the classes of one module by "module:name"."""
    tree = ast.parse(text)
    origin = {
        alias.asname or alias.name: f"{node.module}:{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names = [ast.unparse(base).split("[")[0] for base in node.bases]
            bases = tuple(origin.get(name, f"{module}:{name}") for name in names)
            methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
            found[f"{module}:{node.name}"] = Kind(node.name, bases, methods)
    return found


def lineage(name: str) -> list[str]:
    """Return a class and its bases, nearest first."""
    if name not in classes():
        return []
    return list(dict.fromkeys([name, *(each for base in classes()[name].bases for each in lineage(base))]))


def asked_too_early() -> list[tuple[str, str, str]]:
    """Return (class whose constructor asks, method, subclass that overrides it)."""
    below = defaultdict(list)
    for name in classes():
        for base in lineage(name)[1:]:
            below[base].append(name)
    return sorted(
        {
            (asking, method, other)
            for asking in classes()
            if "__init__" in classes()[asking].methods
            for other in below[asking]
            for method in _called(asking, other)
            if _owner(other, method) not in lineage(asking)
        }
    )


def _called(asking: str, made: str) -> set[str]:
    """Return the methods that the constructor of `asking` calls on itself while a `made` is made."""
    seen: set[str] = set()
    left = _uses(classes()[asking].methods["__init__"])
    while left:
        method, called = left.pop()
        owner = _owner(made, method)
        if owner is None or method in seen or not (called or _is_property(classes()[owner].methods[method])):
            continue
        seen.add(method)
        # what an override calls in its turn is another matter: it is found by its own name
        if owner in lineage(asking):
            left |= _uses(classes()[owner].methods[method])
    return seen


def _owner(name: str, method: str) -> str | None:
    return next((each for each in lineage(name) if method in classes()[each].methods), None)


def _is_property(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(each) == "property" for each in function.decorator_list)


def _uses(function: ast.FunctionDef) -> set[tuple[str, bool]]:
    """Return which attributes of `self` a function uses, and whether it calls them; what a lambda does is for later."""
    later = {id(part) for node in ast.walk(function) if isinstance(node, ast.Lambda) for part in ast.walk(node)}
    called = {id(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return {
        (node.attr, id(node) in called)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self" and id(node) not in later
    }
