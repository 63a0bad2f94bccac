"""Everything that an experiment is declared of, found by walking its types."""

import types
import typing
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from simulator.declaration import DeclaredField, declared_fields
from simulator.experiment.experiment import Experiment


def all_structs(hint: Any = Experiment, found: list[Any] | None = None) -> list[Any]:
    """Return every struct that may be part of an experiment, the experiment first."""
    found = [] if found is None else found
    if get_origin(hint) is Annotated or get_origin(hint) in (Union, types.UnionType, tuple):
        inner = get_args(hint)[:1] if get_origin(hint) is Annotated else get_args(hint)
        for option in inner:
            all_structs(option, found)
    elif isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint not in found:
        found.append(hint)
        for field in typing.get_type_hints(hint, include_extras=True).values():
            if get_origin(field) is not typing.ClassVar:
                all_structs(field, found)
    return found


def all_fields() -> list[tuple[Any, DeclaredField]]:
    """Return every declared field of every struct, with its struct."""
    return [(struct, field) for struct in all_structs() for field in declared_fields(struct)]


def called(value: Any) -> str:
    """Name a struct and field in the list of tests."""
    return value.__name__ if isinstance(value, type) else str(getattr(value, "name", value))
