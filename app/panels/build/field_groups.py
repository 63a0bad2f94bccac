"""In which order the fields of a layer stand in its form: what weighs most first."""

from dataclasses import dataclass

from app.forms.kind_editor import kinds_of
from simulator.declaration import declared_fields
from simulator.initializers import Initializer


@dataclass(frozen=True)
class FieldGroups:
    """Names of fields: schemes that draw weights, sizes, and the rest."""

    weights: tuple[str, ...]
    sizes: tuple[str, ...]
    rest: tuple[str, ...]


def groups_of(struct: type) -> FieldGroups:
    """Return the fields of a kind of layer, or of the output, in three groups."""
    fields = declared_fields(struct)
    weights = [field.name for field in fields if any(issubclass(kind, Initializer) for kind in kinds_of(field))]
    sizes = [field.name for field in fields if field.type is int]
    rest = [field.name for field in fields if field.name not in (*weights, *sizes)]
    return FieldGroups(tuple(weights), tuple(sizes), tuple(rest))
