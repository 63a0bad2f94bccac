"""Where gates and leaves stand: columns from left to right in the order of computing, rows as in a tidy tree."""

from dataclasses import dataclass

from simulator.analysis.gates import Graph


@dataclass(frozen=True)
class Place:
    """A column, and a row that may lie between two whole ones."""

    column: int
    row: float


@dataclass(frozen=True)
class Layout:
    """Places by the names of leaves and nodes; leaves take whole rows."""

    places: dict[str, Place]
    columns: int
    rows: int


def lay_out(graph: Graph) -> Layout:
    """Return a layout in which every edge leads to the right, and a gate stands in the middle of its inputs."""
    columns: dict[str, int] = {}
    for node in graph.nodes:
        columns[node.name] = 1 + max((columns[name] for name in node.inputs if name in columns), default=0)
    order = _leaves_in_order(graph)
    rows: dict[str, float] = {name: float(row) for row, name in enumerate(order)}
    for node in graph.nodes:
        rows[node.name] = sum(rows[name] for name in node.inputs) / len(node.inputs)
    for name in order:
        columns[name] = min(columns[node.name] for node in graph.nodes if name in node.inputs) - 1
    places = {name: Place(columns[name], rows[name]) for name in columns}
    return Layout(places, max(columns.values()) + 1, len(order))


def _leaves_in_order(graph: Graph) -> list[str]:
    """Return the leaves as they are met from the output backwards, so that few edges cross."""
    leaves = {leaf.name for leaf in graph.leaves}
    found: list[str] = []

    def visit(name: str) -> None:
        if name not in leaves:
            for used in graph.node(name).inputs:
                visit(used)
        elif name not in found:
            found.append(name)

    visit(graph.nodes[-1].name)
    return found
