"""`list`: the experiments and kinds there are."""

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from simulator.data.preprocessing import PREPROCESSINGS
from simulator.data.sources import SOURCES
from simulator.declaration import Kind, declared_fields
from simulator.errors import ObukaError
from simulator.experiment import library
from simulator.headless.words import _, as_json, said
from simulator.initializers import INITIALIZERS
from simulator.layers import LAYERS
from simulator.losses import LOSSES
from simulator.optimizers import OPTIMIZERS
from simulator.quantities import COSTS, Quantity, quantities
from simulator.schedules import SCHEDULES

KINDS: dict[str, Mapping[str, type[Kind]]] = {
    "layers": LAYERS,
    "initializers": INITIALIZERS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "preprocessing": PREPROCESSINGS,
    "data": SOURCES,
}


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser("list", help=_("the built-in experiments, and the kinds to build others from"))
    command.add_argument("--json", action="store_true", help=_("as one JSON object"))
    command.set_defaults(carry_out=carry_out)


def carry_out(asked: argparse.Namespace) -> int:
    """Print the lists."""
    names = {}
    for name in library.names():
        try:
            names[name] = library.title(name)
        except ObukaError as error:  # the others are there all the same
            print(said(error.message), file=sys.stderr)
    if asked.json:
        kinds = {title: list(registry) for title, registry in KINDS.items()}
        experiments = [{"id": i, "name": name} for i, name in names.items()]
        measured = {form: _declared(quantity) for form, quantity in quantities().items()}
        print(as_json({"experiments": experiments, **kinds, "quantities": measured}))
        return 0
    _table("experiments", names)
    for title, registry in KINDS.items():
        described = {kind: _described(declared) for kind, declared in registry.items()}
        print()
        _table(title, described)
    print()
    _table("quantities", {form: _(quantity.meaning) for form, quantity in quantities().items()})
    return 0


def _declared(quantity: Quantity) -> dict[str, str]:
    return {
        "meaning": _(quantity.meaning),
        "sample": _(quantity.sample),
        "unit": _(quantity.unit) if quantity.unit else "",
        "cost": _(COSTS[quantity.cost]),
        "slide": quantity.source,
    }


def _described(kind: type[Kind]) -> str:
    fields = ", ".join(f"{field.name}={_short(field.default)}" for field in declared_fields(kind))
    return f"{_(kind.help)} ({fields})" if fields else _(kind.help)


def _short(default: object) -> object:
    return getattr(default, "kind", default)


def _table(title: str, rows: dict[str, str]) -> None:
    print(_(title))
    width = max(map(len, rows), default=0)
    for name, text in rows.items():
        print(f"  {name:<{width}}  {text}")
