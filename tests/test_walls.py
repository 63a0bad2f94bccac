"""The contracts of `pyproject.toml` stand, and each of them holds: an import planted into the graph breaks it.

Nothing is written: the graph of imports is built once, and every plant goes into a copy.
"""

import re
import tomllib
from copy import deepcopy
from functools import cache
from itertools import chain, pairwise, permutations
from pathlib import Path

import grimp
import pytest
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
TYPES = {"forbidden": ForbiddenContract, "independence": IndependenceContract, "layers": LayersContract}
CONTRACTS = {options["name"]: options for options in SETTINGS["contracts"]}
NEW_ROOM = "room_of_no_contract"

configure()


@cache
def graph():
    return grimp.build_graph(*SETTINGS["root_packages"], include_external_packages=True, cache_dir=None)


def spelt(options, without):
    """Return options as import-linter's own reader hands them on: switches are words."""
    return {
        name: str(value) if isinstance(value, bool) else value for name, value in options.items() if name not in without
    }


def contract_of(name):
    options, session = spelt(CONTRACTS[name], ("name", "type")), spelt(SETTINGS, ("contracts",))
    return TYPES[CONTRACTS[name]["type"]](name=name, session_options=session, contract_options=options)


def is_kept(name, plant=None):
    copied = deepcopy(graph())
    if plant is not None:
        for module in plant:
            if module not in copied.modules:
                copied.add_module(module)
        assert not copied.direct_import_exists(importer=plant[0], imported=plant[1]), "this import is there already"
        copied.add_import(importer=plant[0], imported=plant[1], line_number=1, line_contents="planted")
    return contract_of(name).check(copied, verbose=False).kept


def rooms_of(layer, container):
    """Return the rooms of a floor that are there, and whether they may not see each other."""
    names = [f"{container}.{name}" for name in re.findall(r"\w+", layer)]
    return [name for name in names if name in graph().modules], ":" not in layer


def plants_of_layers(options):
    for container in options["containers"]:
        floors = [rooms_of(layer, container) for layer in options["layers"]]
        for (upper, _), (lower, _) in pairwise(floor for floor in floors if floor[0]):
            yield lower[0], upper[0]
        for neighbours, apart in floors:
            if apart:
                yield from permutations(neighbours[:2], 2)


def plants_of_forbidden(options):
    """An import of everything forbidden, by the last module of the source that is not excused."""
    excused = [each.split(" -> ")[0].removesuffix(".**") for each in options.get("ignore_imports", [])]
    for source in options["source_modules"]:
        inside = sorted(name for name in graph().modules if name.startswith(f"{source}."))
        free = [name for name in inside if not any(f"{name}.".startswith(f"{each}.") for each in excused)]
        for target in options["forbidden_modules"]:
            yield free[-1], target


def plants_of_independence(options):
    excused = {each.split(" -> ")[side] for each in options.get("ignore_imports", []) for side in (0, 1)}
    for pattern in options["modules"]:
        rooms = sorted(graph().find_matching_modules(pattern))
        free = [name for name in rooms if name not in excused]
        yield from permutations((free[0], free[-1]), 2)


PLANTS = {"layers": plants_of_layers, "forbidden": plants_of_forbidden, "independence": plants_of_independence}


@pytest.mark.parametrize("name", CONTRACTS)
def test_that_a_contract_is_kept(name):
    assert is_kept(name)


@pytest.mark.parametrize("name", CONTRACTS)
def test_that_an_import_planted_anywhere_against_a_contract_breaks_it(name):
    plants = list(PLANTS[CONTRACTS[name]["type"]](CONTRACTS[name]))
    assert plants
    assert [plant for plant in plants if is_kept(name, plant)] == []


@pytest.mark.parametrize("name", [name for name, options in CONTRACTS.items() if options.get("exhaustive")])
def test_that_a_room_on_no_floor_breaks_an_exhaustive_contract(name):
    for container in CONTRACTS[name]["containers"]:
        copied = deepcopy(graph())
        copied.add_module(f"{container}.{NEW_ROOM}")
        assert not contract_of(name).check(copied, verbose=False).kept


def test_that_both_wings_and_the_rooms_of_rooms_have_exhaustive_floors():
    containers = set(chain.from_iterable(each["containers"] for each in CONTRACTS.values() if each.get("exhaustive")))
    assert {"app", "simulator", "simulator.analysis", "simulator.training", "app.panels", "app.plots"} <= containers


def test_that_headless_stands_on_the_top_floor_of_the_simulator():
    floors = next(each["layers"] for each in CONTRACTS.values() if each.get("containers") == ["simulator"])
    assert floors[:2] == ["__main__", "headless"]
