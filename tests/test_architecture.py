"""The walls of the house, each as a sentence."""

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.declaration import Kind
from tests.declared import all_structs

ROOT = Path(__file__).resolve().parents[1]
QT = {"PySide6", "shiboken6", "PyQt5", "PyQt6", "qtpy"}


def registries():
    """Return every registry of kinds by the place of its package, such as "layers" or "data.sources"."""
    found = {}
    for base in sorted((ROOT / "simulator").rglob("base.py")):
        place = ".".join(base.parent.relative_to(ROOT / "simulator").parts)
        package = importlib.import_module(f"simulator.{place}")
        held = [value for name, value in vars(package).items() if name.isupper() and isinstance(value, dict)]
        assert len(held) == 1, f"{place} has no registry, or two"
        found[place] = held[0]
    return found


REGISTRIES = registries()
COMPUTED = {place: REGISTRIES[place] for place in ("layers", "losses", "optimizers")}


def kinds(registries=REGISTRIES):
    return [
        pytest.param(place, kind, id=f"{place}.{name}")
        for place, registry in registries.items()
        for name, kind in registry.items()
    ]


def files(folder):
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path):
    """Return the full names of the modules a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            found.add(node.module)
    return found


def top(path):
    return {name.partition(".")[0] for name in imports(path)}


def breaches(paths, rule):
    return {str(path.relative_to(ROOT)): wrong for path in paths if (wrong := rule(path))}


# --- rooms ---


@pytest.mark.parametrize("wing", ["app", "simulator"])
def test_that_every_room_says_in_its_first_line_what_is_found_there(wing):
    doors = [path for path in files(wing) if path.name == "__init__.py"]
    said = {path: (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") for path in doors}
    assert [
        str(path.relative_to(ROOT)) for path, words in said.items() if not words.partition("\n")[0].endswith(".")
    ] == []
    first = [words.partition("\n")[0] for words in said.values()]
    assert len(set(first)) == len(first)


# --- who may import whom ---


def test_that_the_simulator_knows_neither_the_window_nor_qt():
    assert not breaches(files("simulator"), lambda path: top(path) & (QT | {"app", "pyqtgraph"}))


def test_that_kernels_import_numpy_and_numba_and_nothing_else():
    allowed = {"numpy", "numba", "llvmlite", *sys.stdlib_module_names}

    def strangers(path):
        return {
            name
            for name in imports(path)
            if name.partition(".")[0] not in allowed and not name.startswith("simulator.kernels")
        }

    assert not breaches(files("simulator/kernels"), strangers)


def test_that_only_kernels_and_the_machine_know_numba():
    rooms = [
        path
        for path in files("simulator")
        if path.relative_to(ROOT / "simulator").parts[0] not in ("kernels", "machine")
    ]
    assert not breaches(rooms, lambda path: top(path) & {"numba", "llvmlite"})


def test_that_declarations_know_no_kernels():
    rooms = ("layers", "initializers", "losses", "optimizers", "schedules", "penalties", "data", "experiment")
    paths = [path for room in rooms for path in files(f"simulator/{room}")]
    computing = ("simulator.kernels", "simulator.machine", "simulator.training")
    assert not breaches(paths, lambda path: {name for name in imports(path) if name.startswith(computing)})


def test_that_pyqtgraph_is_known_under_app_plots_only():
    outside = [path for path in files("app") if ROOT / "app" / "plots" not in path.parents]
    assert not breaches(outside, lambda path: top(path) & {"pyqtgraph"})


def test_that_the_window_comes_to_the_simulator_by_its_doors():
    """A door is `simulator.<room>` or `simulator.analysis.<room>`; how things are computed has none for the window."""
    door = re.compile(r"simulator(\.analysis(\.\w+)?|\.(?!kernels|machine|headless|late)\w+)?")

    def detours(path):
        return {name for name in imports(path) if name.partition(".")[0] == "simulator" and not door.fullmatch(name)}

    assert not breaches(files("app"), detours)


def test_that_nothing_but_tests_imports_tests():
    paths = [*files("simulator"), *files("app"), *files("packaging")]
    assert not breaches(paths, lambda path: top(path) & {"tests", "pytest", "hypothesis"})


# --- what importing the simulator does ---

FRESH = """
import json, os, sys
at_import = {}
def watch(event, arguments):
    if event == "import" and arguments[0] in ("numpy", "scipy"):
        at_import.setdefault(arguments[0], os.environ.get("OPENBLAS_NUM_THREADS"))
sys.addaudithook(watch)
import simulator
public = [name for name in simulator.__all__ if not hasattr(simulator, name)]
print(json.dumps({"modules": sorted(sys.modules), "threads": at_import, "missing": public}))
"""


@pytest.fixture(scope="module")
def fresh():
    """What a new process looks like after `import simulator`."""
    environment = {name: value for name, value in os.environ.items() if "NUM_THREADS" not in name}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, "-c", FRESH], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("module", sorted({*QT, "pyqtgraph", "app", "numba", "llvmlite", "scipy"}))
def test_that_importing_the_simulator_does_not_load(fresh, module):
    assert module not in fresh["modules"]


def test_that_one_blas_thread_is_asked_for_before_numpy_loads(fresh):
    assert fresh["threads"]["numpy"] == "1"


def test_that_every_public_name_exists(fresh):
    assert fresh["missing"] == []


# --- kinds ---


@pytest.mark.parametrize(("place", "kind"), kinds())
def test_that_a_kind_is_called_as_its_module(place, kind):
    config = kind.__struct_config__
    assert config.tag_field == "kind"
    assert kind.__module__ == f"simulator.{place}.{config.tag}"
    assert kind().kind == config.tag


@pytest.mark.parametrize("place", REGISTRIES)
def test_that_every_kind_declared_in_a_package_is_found(place):
    """A class that is no kind itself is what kinds are derived from, or comes from another package."""
    found = set(REGISTRIES[place].values())
    for path in (ROOT / "simulator" / place.replace(".", "/")).glob("[!_]*.py"):
        module = importlib.import_module(f"simulator.{place}.{path.stem}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Kind) and value.__module__ == module.__name__:
                assert value in found or any(issubclass(kind, value) for kind in found), value


@pytest.mark.parametrize("place", REGISTRIES)
def test_that_every_kind_may_be_part_of_an_experiment(place):
    assert set(REGISTRIES[place].values()) <= set(all_structs())


@pytest.mark.parametrize(("place", "kind"), kinds())
def test_that_a_kind_says_what_it_is(place, kind):
    assert kind.label
    assert kind.help.endswith(".")


@pytest.mark.parametrize("place", REGISTRIES)
def test_that_kinds_of_one_menu_have_labels_of_their_own(place):
    labels = [kind.label for kind in REGISTRIES[place].values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("place", "kind"), kinds(COMPUTED))
def test_that_a_kind_that_computes_has_a_kernel_of_its_name(place, kind):
    path = ROOT / "simulator" / "kernels" / f"{kind.__struct_config__.tag}.py"
    assert path.is_file()
    held = {
        node.name: [ast.unparse(decorator) for decorator in node.decorator_list]
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    wanted = {"forward", "backward"} if place == "layers" else {"forward"}
    assert all(held.get(name) == ["kernel"] for name in wanted)


def test_that_no_two_kinds_share_a_kernel_file():
    names = [name for registry in COMPUTED.values() for name in registry]
    assert len(set(names)) == len(names)


SIGNATURE = "layout constants parameters gradients state activations deltas workspace batch mode seed step"


def test_that_every_kernel_has_the_one_signature():
    for path in files("simulator/kernels"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and [ast.unparse(d) for d in node.decorator_list] == ["kernel"]:
                assert " ".join(argument.arg for argument in node.args.args) == SIGNATURE, path


def test_that_no_signal_of_what_lives_longer_holds_a_lambda():
    # Qt ends the connection to a method with its widget; a lambda would be called after that, with a widget deleted
    longer = re.compile(r"(document|controller|theme)\.\w+\.connect\(\s*(lambda|partial)")
    found = [str(path) for path in files("app") if longer.search(path.read_text(encoding="utf-8"))]
    assert found == []
