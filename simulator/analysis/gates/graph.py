"""A tiny computational graph (slide A2): forward in topological order, backward by the chain rule, gate by gate.

Everything is float64. A *value* is a leaf or the output of a node, known by its name; an *edge* is one input of one
node, known by (name of the node, place among its inputs). A value that is used twice has two edges, and its gradient
is the sum of theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulator.analysis.gates.gates import Gate

STEP: Final = 6e-6
"""About the cube root of float64's rounding, where a central difference is most exact; times |x| where |x| > 1."""
OUTPUT_EDGE: Final = ("", 0)
"""The edge that leaves the graph; dL/df of it is 1."""

GraphEdge = tuple[str, int]

_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number that is put in.

    Attributes
    ----------
    name, label
        What the graph and the reader call it: "w0" and "w₀".
    role
        Marked: "weight", "input", "bias".
    start
        Its value at first.
    """

    name: str
    label: str
    role: str
    start: float


@dataclass(frozen=True, slots=True)
class Node:
    """A gate at its place: `inputs` are names of leaves or of nodes before it; `caption` is marked, mostly empty."""

    name: str
    gate: Gate
    inputs: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True)
class Graph:
    """Leaves, and nodes in topological order; the output of the last one is f.

    Attributes
    ----------
    title
        Marked: what is looked at.
    formula
        Marked: f as a formula.
    """

    id: str
    title: str
    formula: str
    leaves: tuple[Leaf, ...]
    nodes: tuple[Node, ...]

    def node(self, name: str) -> Node:
        """Return the node of that name."""
        return next(node for node in self.nodes if node.name == name)

    def symbol(self, name: str) -> str:
        """Return what a node is told apart by: the symbol of its gate, numbered where the graph has several."""
        gate = self.node(name).gate
        alike = [node.name for node in self.nodes if node.gate.symbol == gate.symbol]
        return gate.symbol if len(alike) == 1 else gate.symbol + str(alike.index(name) + 1).translate(_LOWERED)

    def edges_of(self, value: str) -> tuple[GraphEdge, ...]:
        """Return the edges that a value goes out by; that of f leaves the graph."""
        found = [(node.name, place) for node in self.nodes for place, used in enumerate(node.inputs) if used == value]
        return tuple(found) or ((OUTPUT_EDGE,) if value == self.nodes[-1].name else ())

    def starts(self) -> dict[str, float]:
        """Return the values that the leaves have at first."""
        return {leaf.name: leaf.start for leaf in self.leaves}


@dataclass(frozen=True)
class Propagated:
    """One pass forward and back.

    Attributes
    ----------
    values
        By the names of leaves and nodes.
    edges, numeric_edges
        df/d(value on the edge) as the backward pass has it, and as the quotient of a central difference in which this
        one edge alone is moved.
    totals, numeric_totals
        df/d(value): over all edges of the value.
    """

    values: Mapping[str, float]
    edges: Mapping[GraphEdge, float]
    numeric_edges: Mapping[GraphEdge, float]
    totals: Mapping[str, float]
    numeric_totals: Mapping[str, float]


def propagate(graph: Graph, inputs: Mapping[str, float]) -> Propagated:
    """Return everything that one pass forward and back finds for these values of the leaves."""
    values = forward(graph, inputs)
    edges, totals = backward(graph, values)
    numeric_edges = {edge: edge_difference(graph, inputs, values, edge) for edge in edges}
    numeric_totals = {name: value_difference(graph, inputs, values, name) for name in totals}
    return Propagated(values, edges, numeric_edges, totals, numeric_totals)


def forward(
    graph: Graph,
    inputs: Mapping[str, float],
    moved_values: Mapping[str, float] | None = None,
    moved_edges: Mapping[GraphEdge, float] | None = None,
) -> dict[str, float]:
    """Return all values; `moved_values` and `moved_edges` are added to what they would be."""
    add_value, add_edge = moved_values or {}, moved_edges or {}
    values = {leaf.name: inputs[leaf.name] + add_value.get(leaf.name, 0.0) for leaf in graph.leaves}
    for node in graph.nodes:
        arriving = [values[name] + add_edge.get((node.name, place), 0.0) for place, name in enumerate(node.inputs)]
        values[node.name] = node.gate.forward(*arriving) + add_value.get(node.name, 0.0)
    return values


def backward(graph: Graph, values: Mapping[str, float]) -> tuple[dict[GraphEdge, float], dict[str, float]]:
    """Return the gradients of all edges and of all values, f being the last value; the chain rule and nothing else."""
    totals = dict.fromkeys(values, 0.0)
    edges = {OUTPUT_EDGE: 1.0}
    totals[graph.nodes[-1].name] = 1.0
    for node in reversed(graph.nodes):
        local = node.gate.local(*(values[name] for name in node.inputs))
        for place, name in enumerate(node.inputs):
            edges[node.name, place] = totals[node.name] * local[place]
            totals[name] += edges[node.name, place]
    return edges, totals


def edge_difference(graph: Graph, inputs: Mapping[str, float], values: Mapping[str, float], edge: GraphEdge) -> float:
    """Return (f(x + h) - f(x - h)) / 2h for the value on one edge; the edge that leaves the graph is f itself."""
    if edge == OUTPUT_EDGE:
        return value_difference(graph, inputs, values, graph.nodes[-1].name)
    step = _step(values[graph.node(edge[0]).inputs[edge[1]]])
    high, low = (forward(graph, inputs, moved_edges={edge: move}) for move in (step, -step))
    return (high[graph.nodes[-1].name] - low[graph.nodes[-1].name]) / (2 * step)


def value_difference(graph: Graph, inputs: Mapping[str, float], values: Mapping[str, float], name: str) -> float:
    """Return (f(x + h) - f(x - h)) / 2h for a value, in all places where it is used."""
    step = _step(values[name])
    high, low = (forward(graph, inputs, moved_values={name: move}) for move in (step, -step))
    return (high[graph.nodes[-1].name] - low[graph.nodes[-1].name]) / (2 * step)


def at_bend(graph: Graph, values: Mapping[str, float], node: Node) -> bool:
    """Tell whether the slope of a node jumps within the step of a difference: no quotient can agree there."""
    if node.gate.bend is None:
        return False
    arriving = [values[name] for name in node.inputs]
    return node.gate.bend(*arriving) <= 2 * max(_step(value) for value in arriving)


def _step(value: float) -> float:
    return STEP * max(1.0, abs(value))
