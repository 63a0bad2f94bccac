"""The shape of the house in figures: `python -m tests.structure` prints them, `test_structure.py` holds them.

Everything is read from the source: lines and classes from the syntax trees, arrows from the imports (those that only a
type checker sees count too), floors from the contracts in `pyproject.toml`.
"""

import ast
import re
import statistics
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
WINGS = ("app", "simulator")
LONG_FUNCTION = 60
COMPUTING = ("simulator/kernels/", "simulator/machine/loop.py")
"""Where a function may be long: a kernel and the loop are one function each, by design."""


@dataclass
class Shape:
    """What was measured.

    Attributes
    ----------
    lines
        Of every file.
    functions
        Lines of every function outside kernels and the loop, by "file:name".
    methods
        Public methods and properties of every class, overrides of Qt left out, by "file:name".
    bases
        Names of the base classes of every class of `app/plots`.
    """

    lines: dict[str, int] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)
    methods: dict[str, int] = field(default_factory=dict)
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def shape() -> Shape:
    """Return the figures of all files of both wings."""
    found = Shape()
    for wing in WINGS:
        for path in sorted((ROOT / wing).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            text = path.read_text(encoding="utf-8")
            found.lines[name] = len(text.splitlines())
            _measure(found, name, ast.parse(text))
    return found


def _measure(found: Shape, name: str, tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not name.startswith(COMPUTING):
            # a docstring is read, not run through
            told = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
            found.functions[f"{name}:{node.name}"] = node.end_lineno - node.lineno + 1 - told
        elif isinstance(node, ast.ClassDef):
            public = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            found.methods[f"{name}:{node.name}"] = sum(bool(re.fullmatch(r"[a-z][a-z0-9_]*", each)) for each in public)
            if name.startswith("app/plots/"):
                found.bases[node.name] = tuple(ast.unparse(base).split("[")[0] for base in node.bases)


def plot_depth(name: str) -> int:
    """Return how many classes of `app/plots` a class is deep, itself included."""
    return 1 + max((plot_depth(base) for base in shape().bases[name] if base in shape().bases), default=0)


@cache
def arrows() -> dict[str, set[str]]:
    """Return which module imports which, within the two wings."""
    graph = grimp.build_graph(*WINGS, cache_dir=None)
    own = {name for name in graph.modules if name.partition(".")[0] in WINGS}
    return {name: graph.find_modules_directly_imported_by(name) & own for name in own}


def room(module: str) -> str:
    """Return the package of a module."""
    return module if (ROOT / module.replace(".", "/")).is_dir() else module.rpartition(".")[0]


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Return the sets of more than one that can all reach each other (Tarjan, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []
    for root in sorted(edges):
        if root in order:
            continue
        work = [(root, iter(sorted(edges[root])))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            node, following = work[-1]
            for other in following:
                if other not in order:
                    order[other] = low[other] = len(order)
                    stack.append(other)
                    work.append((other, iter(sorted(edges[other]))))
                    break
                if other in stack:
                    low[node] = min(low[node], order[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    group = stack[stack.index(node) :]
                    del stack[stack.index(node) :]
                    if len(group) > 1:
                        found.append(sorted(group))
    return found


@cache
def floors() -> dict[str, int]:
    """Return the floor of every room that a layers contract names, counted from the top within its container."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    found = {}
    for contract in settings["contracts"]:
        if contract["type"] == "layers":
            for container in contract["containers"]:
                for floor, layer in enumerate(contract["layers"]):
                    for name in re.findall(r"[\w.]+", layer):
                        found[f"{container}.{name}"] = floor
    return found


def arrows_up() -> list[tuple[str, str]]:
    """Return the imports that run from a floor to a higher one of the same container."""
    known = floors()
    found = []
    for source, targets in sorted(arrows().items()):
        for target in sorted(targets):
            for name, floor in known.items():
                container = name.rpartition(".")[0]
                if f"{source}.".startswith(f"{name}."):
                    rivals = [
                        other
                        for other in known
                        if other.rpartition(".")[0] == container and f"{target}.".startswith(f"{other}.")
                    ]
                    found += [(source, target) for other in rivals if known[other] < floor]
    return found


def report() -> str:
    """Return the figures as text."""
    found = shape()
    between = defaultdict(set)
    for source, targets in arrows().items():
        between[room(source)] |= {room(target) for target in targets} - {room(source)}
    counts = sorted(found.lines.values())
    long_functions = {name: lines for name, lines in found.functions.items() if lines > LONG_FUNCTION}
    plots = {name: plot_depth(name) for name in found.bases}
    deep = max(plots.values())
    deepest = sorted(name for name, depth in plots.items() if depth == deep)
    widest = max(found.methods, key=lambda name: found.methods[name])
    return "\n".join(
        [
            f"files                      {len(counts)}",
            f"lines                      {sum(counts)}",
            f"median lines of a file     {statistics.median(counts):.0f}",
            f"longest file               {max(found.lines.items(), key=lambda item: item[1])}",
            f"rooms                      {len({room(name) for name in arrows()})}",
            f"arrows between rooms       {sum(map(len, between.values()))}",
            f"arrows up                  {arrows_up()}",
            f"circles of modules         {circles(arrows())}",
            f"most public methods        {widest} {found.methods[widest]}",
            f"deepest plots              {deep} {deepest}",
            f"functions over {LONG_FUNCTION} lines    {long_functions}",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
