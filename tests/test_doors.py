"""The doors of the rooms: what they hand on is there, typed, asked for by somebody, and late where it is heavy."""

import ast
import importlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def module_of(path):
    place = path.relative_to(ROOT).with_suffix("")
    return ".".join(place.parent.parts if place.name == "__init__" else place.parts)


def handed_on(tree):
    """Return what a door lists in `__all__`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


DOORS = {
    module_of(path): tree_of(path)
    for wing in ("simulator", "app")
    for path in sorted((ROOT / wing).rglob("__init__.py"))
    if handed_on(tree_of(path))
}


def halves(door):
    """Return the late names by module as the type checker reads them, and as the program looks them up."""
    for node in DOORS[door].body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and "late(" in ast.unparse(node):
            typed = {each.module.removeprefix(f"{door}."): {name.name for name in each.names} for each in node.body}
            [call] = [each.value for each in node.orelse]
            looked_up = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
            looked_up |= looked_up.pop(None, {})  # a module further in has a dot in its name and stands in a dict
            return typed, {module: set(names) for module, names in looked_up.items()}
    return None


LATE = [door for door in DOORS if halves(door)]


def fresh(code):
    """Run code in a new process and return what it prints as JSON."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- both halves of a door ---


def test_that_every_lab_s_room_of_the_simulator_has_a_door_with_late_names():
    rooms = {f"simulator.analysis.{path.parent.name}" for path in (ROOT / "simulator/analysis").glob("*/__init__.py")}
    assert rooms <= set(LATE)


@pytest.mark.parametrize("door", LATE)
def test_that_a_type_checker_and_the_program_see_the_same_late_names(door):
    typed, looked_up = halves(door)
    assert typed == looked_up
    assert set.union(*typed.values()) <= handed_on(DOORS[door])


@pytest.mark.parametrize("door", LATE)
def test_that_a_late_name_stays_its_module_s_once_the_modules_are_loaded(door):
    """Python hangs a loaded module into its room by its name: a late name like it would be hidden from then on."""
    room = importlib.import_module(door)
    for path in (ROOT / door.replace(".", "/")).glob("[!_]*.py"):
        importlib.import_module(f"{door}.{path.stem}")
    for module, names in halves(door)[1].items():
        for name in names:
            assert getattr(room, name) is getattr(importlib.import_module(f"{door}.{module}"), name)


@pytest.mark.parametrize("door", DOORS)
def test_that_a_door_hands_on_what_it_lists_and_nothing_else(door):
    room = importlib.import_module(door)
    assert [name for name in handed_on(DOORS[door]) if not hasattr(room, name)] == []
    with pytest.raises(AttributeError, match="nonsense"):
        room.nonsense  # noqa: B018 (asking is the test)


ASK_EVERY_LATE_NAME = """
import importlib, json, sys
asked = {asked!r}
missing = [(door, name) for door, names in asked.items() for name in names
           if not hasattr(importlib.import_module(door), name)]
print(json.dumps(missing))
"""


def test_that_every_late_name_can_be_asked_for_in_a_fresh_process():
    """One process, in the order of the doors: no name may need another's module to be loaded first."""
    asked = {door: sorted(set.union(*halves(door)[1].values())) for door in LATE}
    assert fresh(ASK_EVERY_LATE_NAME.format(asked=asked)) == []


ENTER = """
import importlib, json, sys
loaded = {{}}
for door in {doors!r}:
    importlib.import_module(door)
    loaded[door] = [name for name in {heavy!r} if name in sys.modules]
print(json.dumps(loaded))
"""


@pytest.mark.parametrize("reverse", [False, True])
def test_that_entering_by_a_door_of_the_simulator_loads_no_numba_and_no_qt(reverse):
    """One process for all doors: whichever loads it first would be named, in either order."""
    doors = sorted((door for door in DOORS if door.startswith("simulator")), reverse=reverse)
    loaded = fresh(ENTER.format(doors=doors, heavy=("numba", "llvmlite", "PySide6", "pyqtgraph", "app")))
    assert {door: names for door, names in loaded.items() if names} == {}


# --- who asks ---


@cache
def asked_for():
    """Return every (door, name) that a file imports by the door, or takes from the door as a module."""
    found = set()
    for path in (path for folder in ("simulator", "app", "tests") for path in (ROOT / folder).rglob("*.py")):
        rooms, taken = {}, []
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                taken.append((node.value.id, node.attr))
            elif isinstance(node, ast.ImportFrom) and module_of(path) != node.module:
                found |= {(node.module, name.name) for name in node.names}
                rooms |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        found |= {(rooms[room], name) for room, name in taken if room in rooms}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("door", ["simulator.experiment", "simulator.training", *LATE])
def test_that_every_name_of_a_door_is_asked_for(door):
    asked = asked_for()
    assert sorted(name for name in handed_on(DOORS[door]) if (door, name) not in asked) == []


# --- types ---

WRONG = """
from simulator.analysis.doctor import nonsense, try_remedy
from simulator.training import Nonsense

try_remedy(1, "nonsense", foo=3)
"""


@pytest.mark.slow
def test_that_strict_mypy_refuses_wrong_calls_and_names_at_a_door(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text(WRONG, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "--show-error-codes", str(wrong)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout
    assert done.returncode == 1, done.stdout + done.stderr
    for refused in (
        'Module "simulator.analysis.doctor" has no attribute "nonsense"',
        'Module "simulator.training" has no attribute "Nonsense"',
        'Unexpected keyword argument "foo" for "try_remedy"',
        'Argument 1 to "try_remedy" has incompatible type "int"',
    ):
        assert refused in said, said
