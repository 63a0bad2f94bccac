"""What a declaration carries, and how kinds are found.

A *kind* (a layer, an initialiser, a data set ...) is one frozen struct in a file of its own name. Forms, file format,
command line, help and tests read it from here, so a new kind is a new file and nothing else.
"""

import importlib
import pkgutil
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeVar, Union

import msgspec


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of one field besides its type and default.

    Attributes
    ----------
    label
        Marked source text, as a noun: "Learning rate".
    low, high
        Bounds, both allowed; None where there is none.
    unit
        Marked source text; "" for a pure number.
    scale
        How a slider moves through the range.
    live
        True where an edit takes effect between two steps, False where it restarts the run.
    help
        One marked sentence for the tooltip and the help page.
    source
        Paper or slide id.
    words
        For a field of fixed choices: choice -> marked source text.
    """

    label: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    scale: Literal["linear", "logarithmic"] = "linear"
    live: bool = False
    help: str = ""
    source: str = ""
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Passes:
    """The forward/backward pair of a kind as its reader sees it (slide A2): marked formulas.

    x is what comes in, y what goes out; dx stands for dL/dx. Sums run over the examples of the mini-batch.

    Attributes
    ----------
    forward, backward
        One formula each.
    keeps
        Marked phrase: what is kept from forward to backward.
    """

    forward: tuple[str, ...]
    backward: tuple[str, ...]
    keeps: str


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """Base of every kind. The tag (its id in files) equals the name of its module.

    Class attributes: `label` (marked, for menus), `help` (one marked sentence), `source` (paper or slide id),
    `rank` (place in menus, small first).
    """

    label: ClassVar[str] = ""
    help: ClassVar[str] = ""
    source: ClassVar[str] = ""
    rank: ClassVar[int] = 50  # place in menus

    @property
    def kind(self) -> str:
        """The id of this kind in files and on the command line."""
        return kind_of(type(self))


K = TypeVar("K", bound=Kind)


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """One field of a struct as declared: its name, bare type, default and `Field`."""

    name: str
    type: Any
    default: Any
    about: Field


def kind_of(kind: type[msgspec.Struct]) -> str:
    """Return the id of a kind's class."""
    return str(kind.__struct_config__.tag)


def declared_fields(struct: type[msgspec.Struct]) -> tuple[DeclaredField, ...]:
    """Return the declared fields of `struct`, in order; fields without a `Field` are left out."""
    hints = typing.get_type_hints(struct, include_extras=True)
    found = []
    for info in msgspec.structs.fields(struct):
        hint = hints[info.name]
        about = next((extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Field)), None)
        if about is not None:
            default = info.default
            if default is msgspec.NODEFAULT and info.default_factory is not msgspec.NODEFAULT:
                default = info.default_factory()
            found.append(DeclaredField(info.name, typing.get_args(hint)[0], default, about))
    return tuple(found)


def find_kinds(package: str, base: type[K]) -> dict[str, type[K]]:
    """Import every module of `package` and return its kinds derived from `base`, by id, in the order of `rank`."""
    found: dict[str, type[K]] = {}
    for module_info in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{module_info.name}")
        for value in vars(module).values():
            declared_here = isinstance(value, type) and value.__module__ == module.__name__
            if declared_here and issubclass(value, base) and value.__struct_config__.tag == module_info.name:
                found[module_info.name] = value
    return dict(sorted(found.items(), key=lambda item: (item[1].rank, item[0])))


def one_of(kinds: Mapping[str, type[Kind]]) -> Any:
    """Return the union of kinds that were found: what msgspec reads by its tag. A type checker is given their base."""
    return Union[tuple(kinds.values())]  # noqa: UP007 (built at run time from what was found)
