"""Finding one's way in the experiment."""

from typing import Any

import msgspec

from simulator.declaration import declared_fields
from simulator.experiment import Experiment


def value_at(experiment: Experiment, path: str) -> Any:
    """Return what stands at `path` ("network.1.units"; "" is the experiment), or None where the path leads nowhere."""
    # Any: the fields of the tree have every type there is
    value: Any = experiment
    for step in path.split(".") if path else ():
        if isinstance(value, tuple):
            value = value[int(step)] if int(step) < len(value) else None
        else:
            value = getattr(value, step, None)
    return value


def plain_structs(struct: object) -> tuple[str, ...]:
    """Return the names of the fields that hold a group of fields and carry no declaration of their own."""
    declared = {field.name for field in declared_fields(type(struct))} if isinstance(struct, msgspec.Struct) else set()
    names = getattr(struct, "__struct_fields__", ())
    return tuple(name for name in names if name not in declared and isinstance(getattr(struct, name), msgspec.Struct))


def join(path: str, name: str) -> str:
    """Return the path of the field `name` of what stands at `path`."""
    return f"{path}.{name}" if path else name
